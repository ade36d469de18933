import {
  createIssuingAuthority,
  isMetaTenant,
  type Authority,
  type IssuingAuthority,
  type Transport,
} from '../authority/index.ts'
import {
  authenticateOnDemand,
  type ClientAuthentication,
  type ClientCredential,
  type OnCertificate,
  type SecretMethod,
} from './credential/index.ts'
import { traitsOf, type ProviderTraits } from './provider-traits.ts'

/** The application as an OAuth client of its provider. */
export interface OAuthClient {
  readonly issuing: IssuingAuthority
  /** How this kind of provider differs from others. */
  readonly traits: ProviderTraits
  readonly clientId: string
  /** Authenticates the application. `undefined` for a public client. */
  readonly authentication?: ClientAuthentication | undefined
  /** The client capabilities. For example, `cp1` means that the application supports claims challenges. */
  readonly capabilities: readonly string[]
  /** The settings that create the same client at another authority. */
  readonly settings: ClientIdentity
}

/** The settings of an application that do not depend on the authority. */
export interface ClientIdentity {
  readonly clientId: string
  readonly credential: ClientCredential | undefined
  /** How the application chose to send its secret. Without it, the metadata of the provider decides. */
  readonly secretMethod?: SecretMethod | undefined
  readonly capabilities: readonly string[]
  /** Receives the certificate of the credential each time it is used. */
  readonly onCertificate?: OnCertificate | undefined
}

/** The settings that {@link createOAuthClient} needs. */
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
    capabilities,
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
