import type { ClientAuth, JsonValue } from 'openid-client'
import { IdentityError } from '../../errors.ts'
import {
  sourceOfFunction,
  sourceOfTokenCredential,
  type AssertionSource,
} from './assertion-source.ts'
import {
  createCertificateKey,
  type CertificateAlgorithm,
  type LoadedKey,
} from './certificate-key.ts'
import type { LoadedCredential, Method } from './method.ts'
import { secretMethod, type SecretMethod } from './secret.ts'
import { isTokenCredential } from './token-credential.ts'
import type { CertificateCredential, SingleCredential } from './types.ts'

/** The facts about the application that a credential requires. */
export interface CredentialSettings {
  readonly clientId: string
  readonly certificateAlgorithm: CertificateAlgorithm
  readonly tenantId?: string
  /** How the application chose to send a secret. */
  readonly secretMethod?: SecretMethod | undefined
  /** How to send a secret if the provider supports both methods. */
  readonly preferredSecretMethod: SecretMethod
  /** Receives a certificate each time it is used. */
  readonly onCertificate?: OnCertificate | undefined
}

/** A certificate that authenticates the application. */
export interface UsedCertificate {
  /** The option that contains it, such as `clientCredential` or `clientCredential[1]`. */
  readonly option: string
  /** The end of its validity: Unix time in seconds. */
  readonly notAfter: number
  /** SHA-1 in hexadecimal, as the Entra admin center shows it. */
  readonly thumbprint: string
}

/** Receives a certificate that the application uses. It must be fast and must not throw. */
export type OnCertificate = (certificate: UsedCertificate) => void

/** Receives each error that comes from the credential itself, before a request is sent. */
export type OnError = (error: IdentityError) => void

type NamedSettings = CredentialSettings & { readonly name: string }
type JsonObject = Record<string, JsonValue | undefined>
type AsyncClientAuth = (...parameters: Parameters<ClientAuth>) => Promise<void>

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
/** The lifetime, in seconds, of an assertion that a certificate signs. */
const ASSERTION_LIFETIME = 600

export function createMethod(
  credential: SingleCredential,
  settings: NamedSettings,
  onError: OnError,
): Method {
  const { name } = settings
  if (typeof credential === 'string') {
    const { secretMethod: chosen, preferredSecretMethod: preferred } = settings
    return secretMethod(credential, { name, chosen, preferred })
  }
  if (typeof credential === 'function') {
    return assertionMethod(sourceOfFunction(credential, name), settings, onError)
  }
  if (isTokenCredential(credential)) {
    return assertionMethod(sourceOfTokenCredential(credential, name), settings, onError)
  }
  return certificateMethod(credential, settings)
}

const doNothing = async (): Promise<void> => undefined

function certificateMethod(
  credential: CertificateCredential,
  { name, certificateAlgorithm, onCertificate }: NamedSettings,
): Method {
  const key = createCertificateKey(credential, { name, algorithm: certificateAlgorithm })

  async function getKey(): Promise<LoadedKey> {
    const loaded = await key.get()
    const { notAfter, sha1: thumbprint } = loaded
    if (notAfter !== undefined && thumbprint !== undefined) {
      onCertificate?.({ option: name, notAfter, thumbprint })
    }
    return loaded
  }

  async function withKey(used: LoadedKey): Promise<LoadedCredential> {
    let reloadError = ''
    return {
      authenticate: await signWith(used),
      advice: () => `${adviceOn(used)}${reloadError}`,
      isExpired: isExpired(used),
      async reload() {
        try {
          const current = await key.reload()
          return current.identity === used.identity ? undefined : await withKey(current)
        } catch (error) {
          // The request used the previous key. The operator, who replaced the files, has to know why.
          reloadError = ` The current files cannot be used: ${(error as Error).message}`
          return undefined
        }
      },
    }
  }

  return {
    name,
    async prepare() {
      await getKey()
    },
    load: async () => withKey(await getKey()),
  }
}

function isExpired({ notAfter = Number.POSITIVE_INFINITY }: LoadedKey): boolean {
  return notAfter < Date.now() / 1000
}

function adviceOn(key: LoadedKey): string {
  const { notAfter = 0, sha1 } = key
  const certificate =
    sha1 === undefined ? 'The certificate' : `The certificate with the thumbprint ${sha1}`
  if (isExpired(key)) {
    const day = new Date(notAfter * 1000).toISOString().slice(0, 10)
    return `${certificate} expired on ${day}: make a new one.`
  }
  return `${certificate} must be in the app registration (Certificates & secrets).`
}

/** Microsoft identifies a key by the thumbprint of its certificate, and requires the token endpoint as audience. */
async function signWith({ privateKey, header }: LoadedKey): Promise<ClientAuth> {
  const { modifyAssertion, PrivateKeyJwt } = await import('openid-client')
  return (...request) =>
    PrivateKeyJwt(privateKey, {
      [modifyAssertion](assertionHeader: JsonObject, payload: JsonObject) {
        Object.assign(assertionHeader, { typ: 'JWT', ...header })
        payload['aud'] = request[0].token_endpoint
        payload['exp'] = Number(payload['iat']) + ASSERTION_LIFETIME
      },
    })(...request)
}

function assertionMethod(
  source: AssertionSource,
  { name, clientId, tenantId }: NamedSettings,
  onError: OnError,
): Method {
  const authenticate: AsyncClientAuth = async (as, client, body) => {
    try {
      const assertion = await source.get({
        clientId,
        tokenEndpoint: as.token_endpoint ?? '',
        ...(tenantId !== undefined && { tenantId }),
      })
      body.set('client_id', client.client_id)
      body.set('client_assertion_type', ASSERTION_TYPE)
      body.set('client_assertion', assertion)
    } catch (error) {
      if (IdentityError.is(error)) onError(error)
      throw error
    }
  }

  return {
    name,
    prepare: doNothing,
    // openid-client awaits the result, although its type does not mention promises.
    // oxlint-disable-next-line typescript/no-misused-promises
    load: async () => ({ authenticate }),
  }
}
