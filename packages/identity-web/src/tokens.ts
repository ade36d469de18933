// The shape of what a session keeps, a client gets and an application is given: what all rooms know.

/** What all users of an Azure AD B2C tenant have as `sub`, where it is set to name none: `oid` alone tells them apart. */
export const NO_SUBJECT = 'Not supported currently. Use oid claim.'

/** An access token for one API. */
export interface AccessToken {
  readonly token: string
  readonly type: string
  /** The API that it is for: the scopes' prefix, `''` for the provider's default API. */
  readonly resource: string
  /** The scopes that were granted, without the resource. */
  readonly scopes: readonly string[]
  /** Unix time in seconds. */
  readonly expiresAt: number
  /** From when to refresh ahead of expiry, Unix time in seconds. */
  readonly refreshAt: number
}

/** The tokens of a session; they live apart from it, so that a request that needs none pays for none. */
export interface SessionTokens {
  /** Counts the refreshes: of two copies the higher is the newer. */
  readonly revision: number
  /** When the last refresh wants another, Unix time in seconds; absent before the first. */
  readonly renewAt?: number
  readonly refreshToken?: string
  /** Kept only where sign-out needs it. */
  readonly idToken?: string
  readonly access: readonly AccessToken[]
}

/** The tokens of a session that has none. */
export const NO_TOKENS: SessionTokens = Object.freeze({ revision: 0, access: Object.freeze([]) })

/**
 * An access token as `getTokenForUser`, `getTokenForClient` and `getTokenOnBehalfOf` give it, with how to send it and
 * how long it lasts.
 *
 * @public
 */
export interface TokenResult {
  /** The token itself, for a client library. */
  readonly accessToken: string
  /** How to send the token, usually `Bearer`. */
  readonly tokenType: string
  /** Seconds for which the token is still valid, counted from now. */
  readonly expiresIn: number
  /** The granted scopes, without the API's prefix. */
  readonly scopes: readonly string[]
}

export function toTokenResult(token: AccessToken, now: number): TokenResult {
  return {
    accessToken: token.token,
    tokenType: token.type,
    expiresIn: Math.max(0, token.expiresAt - now),
    scopes: token.scopes,
  }
}
