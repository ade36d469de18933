import type { UserConfig } from '../config/config.js'
import type { IssuerProfile } from './issuer-profile.js'

/**
 * Returns `client_info`, which contains the IDs of the home account. MSAL uses them as a cache key.
 */
export function toClientInfo(profile: IssuerProfile, user: UserConfig): string {
  return Buffer.from(JSON.stringify(profile.homeAccount(user))).toString('base64url')
}
