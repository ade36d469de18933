// The settings of the client.
import type { IssuingAuthority, Transport } from '../authority/index.ts'
import type { ClaimsRequest } from '../errors.ts'
import type { ClientAuthentication } from './credential/client-authentication.ts'
import type {
  AssertionAudience,
  ClientCredential,
  ExpiryWarnings,
  SecretMethod,
} from './credential/client-credential.ts'

import type { ProviderTraits } from './provider-traits.ts'

/** The application as an OAuth client of its provider. */
export interface OAuthClient {
  readonly issuing: IssuingAuthority
  readonly traits: ProviderTraits
  readonly clientId: string
  /** Authenticates the application, or `undefined` for a public client. */
  readonly authentication?: ClientAuthentication | undefined
  /** The claims request with the client capabilities, if there are any and the provider supports them. */
  readonly capabilityClaims: ClaimsRequest | undefined
  /** The settings that create the same client at another authority. */
  readonly settings: ClientIdentity
}

/** An application's settings that do not depend on the authority. */
export interface ClientIdentity {
  readonly clientId: string
  readonly credential: ClientCredential | undefined
  /**
   * The method that the application has chosen to send its secret. If it is not set, the provider's metadata decides.
   */
  readonly secretMethod?: SecretMethod | undefined
  /** The audience of assertions that the application has chosen. If it is not set, the kind of the provider decides. */
  readonly assertionAudience?: AssertionAudience | undefined
  /** The client capabilities, such as `cp1`, which means that the application supports claims challenges. */
  readonly capabilities: readonly string[]
  readonly expiryWarnings?: ExpiryWarnings | undefined
}

export interface ClientSettings extends ClientIdentity {
  readonly transport: Transport
  /** Returns the current Unix time in seconds. */
  readonly now: () => number
}
