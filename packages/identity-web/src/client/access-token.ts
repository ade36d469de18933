import type { AccessToken } from '../tokens.ts'
import type { OAuthClient } from './oauth-client.ts'
import { grantedNames, includesAll, type ResourceScopes } from './scopes.ts'
import type { TokenResponse } from './token-response.ts'

/**
 * A token is refreshed this many seconds before it expires. If its lifetime is short, it is refreshed after four fifths
 * of the lifetime.
 */
const REFRESH_AHEAD = 300

/**
 * Returns the access token of a token response.
 *
 * @param client - The client that requested it.
 * @param requested - The scopes that were requested, all of one API.
 */
export function toAccessToken(
  { traits, issuing }: OAuthClient,
  response: TokenResponse,
  requested: ResourceScopes,
): AccessToken {
  const now = issuing.now()
  const {
    expiresInSeconds,
    refreshInSeconds = expiresInSeconds - Math.min(REFRESH_AHEAD, expiresInSeconds / 5),
  } = response
  return {
    token: response.accessToken,
    type: response.tokenType,
    resource: requested.resource,
    scopes: grantedNames(response.scope, requested, traits.prefixedScopes),
    expiresAt: now + Math.floor(expiresInSeconds),
    refreshAt: now + Math.floor(Math.min(refreshInSeconds, expiresInSeconds)),
  }
}

/**
 * Adds an access token to the tokens of a session and removes expired tokens and those that it replaces.
 *
 * The newest token is the last one. If not all tokens fit into the session cookie, the cookie keeps the newest.
 */
export function addAccessToken(
  tokens: readonly AccessToken[],
  added: AccessToken,
  now: number,
): readonly AccessToken[] {
  const kept = tokens.filter(
    (token) =>
      token.expiresAt > now &&
      !(token.resource === added.resource && includesAll(added.scopes, token.scopes)),
  )
  return [...kept, added]
}
