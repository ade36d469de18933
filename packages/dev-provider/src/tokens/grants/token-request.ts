import type { Client } from '../client-authentication.js'
import type { IssuerProfile } from '../../profiles/issuer-profile.js'

/** A token request, its client known. */
export interface TokenRequest {
  readonly profile: IssuerProfile
  readonly client: Client
  readonly form: URLSearchParams
}
