import type { ClientAuth, JsonValue } from 'openid-client'
import { IdentityError, isIdentityError } from '../../errors.ts'
import {
  createCertificateKey,
  type CertificateAlgorithm,
  type LoadedKey,
} from './certificate-key.ts'
import type { CertificateCredential, ClientAssertion, SingleCredential } from './types.ts'

/** What a credential needs to know of the application. */
export interface CredentialSettings {
  readonly clientId: string
  readonly certificateAlgorithm: CertificateAlgorithm
  readonly tenantId?: string
}

/** One credential at work. */
export interface Method {
  /** For lists in messages, such as `clientCredential[1]`. */
  readonly name: string
  prepare(): Promise<void>
  /** What one request is authenticated with. */
  prove(): Promise<Proof>
}

/** A credential as it is now, for one request. */
export interface Proof {
  readonly authenticate: ClientAuth
  /** What to try after a refusal: a certificate that was replaced meanwhile. `undefined` if there is none. */
  renew?(): Promise<Proof | undefined>
  /** What helps whoever reads that the provider refused it. */
  advice?(): string
}

/** @param onFault - Told of each error that comes from the credential itself, before any request. */
export type OnFault = (error: IdentityError) => void

type Named = CredentialSettings & { readonly name: string }
type JsonObject = Record<string, JsonValue | undefined>
type AsyncClientAuth = (...parameters: Parameters<ClientAuth>) => Promise<void>

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
/** Seconds that an assertion of a certificate is good for. */
const ASSERTION_LIFETIME = 600
const JWT = /^[\w-]+\.[\w-]+\.[\w-]+$/

export function createMethod(
  credential: SingleCredential,
  settings: Named,
  onFault: OnFault,
): Method {
  if (typeof credential === 'string') return secretMethod(credential, settings)
  if (typeof credential === 'function') return assertionMethod(credential, settings, onFault)
  return certificateMethod(credential, settings)
}

const nothing = async (): Promise<void> => undefined

function secretMethod(secret: string, { name }: Named): Method {
  return {
    name,
    prepare: nothing,
    async prove() {
      const { ClientSecretBasic, ClientSecretPost } = await import('openid-client')
      const [post, basic] = [ClientSecretPost(secret), ClientSecretBasic(secret)]
      return {
        authenticate(as, client, body, headers) {
          // Without a list, RFC 8414 means client_secret_basic.
          const methods = as.token_endpoint_auth_methods_supported ?? ['client_secret_basic']
          const authenticate = methods.includes('client_secret_post') ? post : basic
          return authenticate(as, client, body, headers)
        },
      }
    },
  }
}

function certificateMethod(
  credential: CertificateCredential,
  { name, certificateAlgorithm }: Named,
): Method {
  const key = createCertificateKey(credential, { name, algorithm: certificateAlgorithm })

  async function proofOf(used: LoadedKey): Promise<Proof> {
    let trouble = ''
    return {
      authenticate: await signedBy(used),
      advice: () => `${adviceOn(used)}${trouble}`,
      async renew() {
        try {
          const current = await key.reload()
          return current.identity === used.identity ? undefined : await proofOf(current)
        } catch (error) {
          // The key from before was used in its place: whoever replaced the file would look in vain.
          trouble = ` As it is now, it can't be used: ${(error as Error).message}`
          return undefined
        }
      },
    }
  }

  return {
    name,
    async prepare() {
      await key.get()
    },
    prove: async () => proofOf(await key.get()),
  }
}

function adviceOn({ notAfter, sha1 }: LoadedKey): string {
  const certificate =
    sha1 === undefined ? 'The certificate' : `The certificate with the thumbprint ${sha1}`
  if (notAfter !== undefined && notAfter < Date.now() / 1000) {
    const day = new Date(notAfter * 1000).toISOString().slice(0, 10)
    return `${certificate} expired on ${day}: make a new one.`
  }
  return `${certificate} must be in the app registration (Certificates & secrets).`
}

/** Microsoft knows a key by the thumbprint of its certificate, and wants the token endpoint as audience. */
async function signedBy({ privateKey, header }: LoadedKey): Promise<ClientAuth> {
  const { modifyAssertion, PrivateKeyJwt } = await import('openid-client')
  return (as, client, body, headers) =>
    PrivateKeyJwt(privateKey, {
      [modifyAssertion](assertionHeader: JsonObject, payload: JsonObject) {
        Object.assign(assertionHeader, { typ: 'JWT', ...header })
        payload['aud'] = as.token_endpoint
        payload['exp'] = Number(payload['iat']) + ASSERTION_LIFETIME
      },
    })(as, client, body, headers)
}

function assertionMethod(assertion: ClientAssertion, settings: Named, onFault: OnFault): Method {
  const { name, clientId, tenantId } = settings

  const authenticate: AsyncClientAuth = async (as, client, body) => {
    let value: unknown
    try {
      value = await assertion({
        clientId,
        tokenEndpoint: as.token_endpoint ?? '',
        ...(tenantId !== undefined && { tenantId }),
      })
      if (typeof value !== 'string' || !JWT.test(value)) throw noAssertion(name, value)
    } catch (error) {
      const fault = isOperational(error) ? error : failedAssertion(name, error)
      onFault(fault)
      throw fault
    }
    body.set('client_id', client.client_id)
    body.set('client_assertion_type', ASSERTION_TYPE)
    body.set('client_assertion', value)
  }

  return {
    name,
    prepare: nothing,
    // openid-client awaits it, though its type says nothing of promises.
    // oxlint-disable-next-line typescript/no-misused-promises
    prove: async () => ({ authenticate }),
  }
}

// A code such as interaction_required would send a user somewhere; they can do nothing here.
function isOperational(error: unknown): error is IdentityError {
  const codes = ['configuration', 'provider_error', 'provider_unavailable', 'invalid_response']
  return isIdentityError(error) && codes.includes(error.code)
}

function noAssertion(name: string, value: unknown): IdentityError {
  const what = typeof value === 'string' ? 'a text that is no JWT' : `no text (${typeof value})`
  return new IdentityError(
    'configuration',
    `The function given as ${name} returned ${what}. It must return a signed JWT, such as eyJ….eyJ….abc`,
  )
}

// Neither the message nor the cause: who knows whether the application's error repeats the token.
function failedAssertion(name: string, error: unknown): IdentityError {
  const kind =
    error instanceof Error ? error.name.replaceAll(/\W+/g, '').slice(0, 40) : typeof error
  return new IdentityError(
    'provider_unavailable',
    `The function given as ${name} failed with an error (${kind}).`,
    { hint: 'Catch and log the error inside that function to see more.' },
  )
}
