import type { AccessToken } from '../tokens.ts'
import { grantedNames, includesAll, type ResourceScopes } from './scopes.ts'
import type { TokenResponse } from './token-request.ts'

/** Refresh this long before expiry, in seconds; a fifth of the lifetime where that is shorter. */
const REFRESH_AHEAD = 300

/** Keeps what a token endpoint answered to a request for one API's scopes. */
export function toAccessToken(
  response: TokenResponse,
  asked: ResourceScopes,
  prefixed: boolean,
  now: number,
): AccessToken {
  const { expiresIn, refreshIn = expiresIn - Math.min(REFRESH_AHEAD, expiresIn / 5) } = response
  return {
    token: response.accessToken,
    type: response.tokenType,
    resource: asked.resource,
    scopes: grantedNames(response.scope, asked, prefixed),
    expiresAt: now + Math.floor(expiresIn),
    refreshAt: now + Math.floor(Math.min(refreshIn, expiresIn)),
  }
}

/**
 * Adds a token to those that a session has; it replaces what it makes needless. The newest is last: it is the
 * one that a cookie keeps when not all of them fit.
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
