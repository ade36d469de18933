import type { UserConfig } from '../config/config.js'
import type { IssuerProfile } from './issuer-profile.js'

/** `client_info`: the ids of the home account, from which MSAL makes its cache key. */
export function toClientInfo(profile: IssuerProfile, user: UserConfig): string {
  return Buffer.from(JSON.stringify(profile.homeAccount(user))).toString('base64url')
}
