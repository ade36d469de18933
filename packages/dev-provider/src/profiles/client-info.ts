import type { UserConfig } from '../config/config.js'

/** `client_info`: the ids of the home account, from which MSAL makes its cache key. */
export function toClientInfo(user: UserConfig): string {
  const ids = { uid: user.oid, utid: user.tenant }
  return Buffer.from(JSON.stringify(ids)).toString('base64url')
}
