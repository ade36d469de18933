// Reads a token response: lifetime, scopes.
import type { AccessToken } from '../tokens.ts'
import type { OAuthClient } from './oauth-client.ts'
import { grantedNames, includesAll, type ResourceScopes } from './scopes.ts'

export interface TokenResponse {
  readonly accessToken: string
  readonly tokenType: string
  /** The access token's lifetime in seconds. */
  readonly expiresInSeconds: number
  /** After how many seconds the provider asks to refresh the token, which can be less than `expiresInSeconds`. */
  readonly refreshInSeconds?: number
  readonly scope?: string
  readonly refreshToken?: string
  /** The ID token, not verified yet. */
  readonly idToken?: string
}

/** An access token's lifetime in seconds if the response does not contain `expires_in`. */
const DEFAULT_LIFETIME = 3600

/** @param fields - A token endpoint's response (RFC 6749, section 5.1). */
export function toTokenResponse(
  fields: Readonly<Record<string, unknown>>,
  idToken: unknown,
): TokenResponse {
  const { access_token, token_type, expires_in, refresh_in, scope, refresh_token } = fields
  const refreshInSeconds = Number(refresh_in ?? Number.NaN)
  return {
    accessToken: access_token as string,
    tokenType: token_type === 'bearer' ? 'Bearer' : (token_type as string),
    expiresInSeconds: typeof expires_in === 'number' ? expires_in : DEFAULT_LIFETIME,
    ...(refreshInSeconds > 0 && { refreshInSeconds }),
    ...(typeof scope === 'string' && { scope }),
    ...(typeof refresh_token === 'string' && { refreshToken: refresh_token }),
    ...(typeof idToken === 'string' && { idToken }),
  }
}

/**
 * A token is refreshed this number of seconds before it expires. A token with a short lifetime is refreshed after four
 * fifths of the lifetime instead.
 */
const REFRESH_AHEAD = 300
/** After how many seconds a token request that failed may be repeated. */
export const RETRY_PAUSE_SECONDS = 30

/** @param requested - The scopes that were requested, which all belong to one API. */
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
 * Adds an access token to a session's tokens, and removes expired tokens and those that the new token replaces.
 *
 * The newest token is the last one. The session cookie keeps the newest tokens if not all of them fit into it.
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
