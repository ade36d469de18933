// The shape of what a session keeps and a client gets: the one thing that both rooms know.

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
  readonly refreshToken?: string
  /** Kept only where sign-out needs it. */
  readonly idToken?: string
  readonly access: readonly AccessToken[]
}

/** The tokens of a session that has none. */
export const NO_TOKENS: SessionTokens = Object.freeze({ revision: 0, access: Object.freeze([]) })
