import type { Client } from '../client-authentication.js'
import type { IssuerProfile } from '../../profiles/issuer-profile.js'

/** A token request whose client is authenticated. */
export interface TokenRequest {
  readonly profile: IssuerProfile
  readonly client: Client
  readonly form: URLSearchParams
}
