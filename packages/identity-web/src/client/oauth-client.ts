import {
  createIssuingAuthority,
  isMetaTenant,
  type Authority,
  type IssuingAuthority,
  type Transport,
} from '../authority/index.ts'
import type { ClaimsRequest } from '../errors.ts'
import { loadLater } from '../load-later.ts'
import { capabilityClaims } from './claims-request.ts'
import type { ClientAuthentication } from './credential/client-authentication.ts'
import {
  isTokenCredential,
  type ClientCredential,
  type SecretMethod,
} from './credential/client-credential.ts'
import type { CredentialSettings, OnCertificate } from './credential/method.ts'
import { traitsOf, type ProviderTraits } from './provider-traits.ts'

const loadAuthentication = loadLater(
  'the client credential',
  () => import('./credential/client-authentication.ts'),
)

/** The application as an OAuth client of its provider. */
export interface OAuthClient {
  readonly issuing: IssuingAuthority
  readonly traits: ProviderTraits
  readonly clientId: string
  /** Authenticates the application. `undefined` for a public client. */
  readonly authentication?: ClientAuthentication | undefined
  /** The claims request with the client capabilities. Not set without capabilities, or if the provider does not know them. */
  readonly capabilityClaims: ClaimsRequest | undefined
  /** The settings that create the same client at another authority. */
  readonly settings: ClientIdentity
}

/** The settings of an application that do not depend on the authority. */
export interface ClientIdentity {
  readonly clientId: string
  readonly credential: ClientCredential | undefined
  /** How the application chose to send its secret. Without it, the metadata of the provider decides. */
  readonly secretMethod?: SecretMethod | undefined
  /** The client capabilities. For example, `cp1` means that the application supports claims challenges. */
  readonly capabilities: readonly string[]
  /** Receives the certificate of the credential each time it is used. */
  readonly onCertificate?: OnCertificate | undefined
}

export interface ClientSettings extends ClientIdentity {
  readonly transport: Transport
  /** Returns the current Unix time in seconds. */
  readonly now: () => number
}

export function createOAuthClient(
  authority: Authority,
  { transport, now, ...settings }: ClientSettings,
): OAuthClient {
  const { kind, tenant } = authority
  const { clientId, credential, capabilities, onCertificate, secretMethod } = settings
  const traits = traitsOf(kind)
  return {
    issuing: createIssuingAuthority(authority, transport, now),
    traits,
    clientId,
    capabilityClaims: traits.capabilities ? capabilityClaims(capabilities) : undefined,
    settings,
    authentication:
      credential === undefined
        ? undefined
        : authenticateOnDemand(credential, {
            clientId,
            certificateAlgorithm: traits.certificateAlgorithm,
            secretMethod,
            preferredSecretMethod: traits.secretMethod,
            onCertificate,
            ...(tenant !== undefined && !isMetaTenant(tenant) && { tenantId: tenant }),
          }),
  }
}

/**
 * Creates the authentication of an application. Its code is loaded with the first request to the token endpoint, or at the
 * start if the credential is a certificate, whose problems must be reported then.
 */
export function authenticateOnDemand(
  credential: ClientCredential,
  settings: CredentialSettings,
): ClientAuthentication {
  let created: ClientAuthentication | undefined

  async function authentication(): Promise<ClientAuthentication> {
    const { createClientAuthentication } = await loadAuthentication()
    // Another request may have created it in the meantime.
    return (created ??= createClientAuthentication(credential, settings))
  }

  return {
    async prepare() {
      if ([credential].flat().some(isCertificate)) await (await authentication()).prepare()
    },
    run: async (request) => (await authentication()).run(request),
  }
}

/** Whether the credential reads files or imports a key. Secrets and assertions need no preparation. */
function isCertificate(credential: unknown): boolean {
  return typeof credential === 'object' && credential !== null && !isTokenCredential(credential)
}
