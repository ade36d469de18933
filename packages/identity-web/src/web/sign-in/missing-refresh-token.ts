// Warns once if refresh tokens are missing.
import { signInScopes, type OAuthClient, type SignIn } from '../../client/index.ts'
import type { EventEmitter } from '../../event-emitter.ts'

/**
 * Reports once that a provider does not return refresh tokens, although the scope `offline_access` was requested.
 *
 * Sessions work without one. Users must go to the provider again when a page needs an access token that expired.
 */
export type ReportMissingRefreshToken = (
  client: OAuthClient,
  signIn: SignIn,
  scopes: readonly string[],
) => Promise<void>

/** @see {@link https://openid.net/specs/openid-connect-core-1_0.html#OfflineAccess | OpenID Connect Core, section 11} */
export function createMissingRefreshTokenReport(events: EventEmitter): ReportMissingRefreshToken {
  let isReported = false
  return async (client, { response }, scopes) => {
    // Microsoft returns a refresh token whenever it is possible.
    const isExpected = response.refreshToken === undefined && !client.traits.prefixedScopes
    if (isReported || !isExpected) return
    if (!(await signInScopes(client, scopes)).includes('offline_access')) return
    isReported = true
    events.emit('configuration.warning', {
      level: 'warn',
      message:
        "The provider did not return a refresh token, although the scope offline_access was requested. Sessions continue, but pages that need an access token send users to the provider again when the token expires. Set Auth({ prompt: 'consent' }), because OpenID Connect Core, section 11, allows providers to ignore offline_access without this prompt. Also allow the grant refresh_token in the registration of the application. Later cases are not reported.",
    })
  }
}
