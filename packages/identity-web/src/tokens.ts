// The shapes of tokens that all folders share: in a session, from the provider, and for the application.
import type { MaybePromise } from './maybe-promise.ts'

/**
 * The `sub` that all users have if an Azure AD B2C tenant does not issue real `sub` values, so that only `oid` tells
 * them apart.
 */
export const NO_SUBJECT = 'Not supported currently. Use oid claim.'

/** An access token for one API. */
export interface AccessToken {
  readonly token: string
  readonly type: string
  /** The API that accepts the token, as the prefix of its scopes; `''` for the provider's default API. */
  readonly resource: string
  /** The granted scopes, without the prefix. */
  readonly scopes: readonly string[]
  /** Unix time in seconds. */
  readonly expiresAt: number
  /** The time at which the token must be refreshed, some time before its expiry, as Unix time in seconds. */
  readonly refreshAt: number
}

/** A session's tokens, which are stored separately from the session, because most requests do not need them. */
export interface SessionTokens {
  /** The number of refreshes, so the copy with the higher number is newer. */
  readonly revision: number
  /** The time of the next refresh, as Unix time in seconds, which is not set before the first refresh. */
  readonly renewAt?: number
  readonly refreshToken?: string
  /** The sign-in's parameter `resource` (RFC 8707), which refreshes repeat. */
  readonly resourceIndicator?: string
  /** The ID token, which is stored only if sign-out needs it. */
  readonly idToken?: string
  readonly access: readonly AccessToken[]
}

export const NO_TOKENS: SessionTokens = Object.freeze({ revision: 0, access: Object.freeze([]) })

/**
 * An access token that `getTokenForUser`, `getTokenForClient` and `getTokenOnBehalfOf` return, with its type and its
 * remaining lifetime.
 *
 * @public
 */
export interface TokenResult {
  /** The token itself, for a client library. */
  readonly accessToken: string
  /** The token type, usually `Bearer`, which you write before the token in the `Authorization` header. */
  readonly tokenType: string
  /** The number of seconds until the token expires. */
  readonly expiresInSeconds: number
  /** The granted scopes, without the API's prefix. */
  readonly scopes: readonly string[]
}

/**
 * The tokens from a sign-in, for `onLogin`. Use them to load data from an API before the session starts.
 *
 * @public
 */
export interface LoginTokens {
  /** The access token for the API that the requested scopes belong to. */
  readonly accessToken: string
  /** The verified ID token. */
  readonly idToken: string
  /** The refresh token, which is valid for weeks, so store it securely or do not store it. */
  readonly refreshToken?: string
}

/**
 * The key under which `identity-web/azure` finds the function that gets the tokens of a context, an `Auth` or an
 * `ApiAuth`.
 *
 * It is a symbol, so that editors do not offer the function to applications. All copies of the package share the symbol.
 */
export const TOKEN_SOURCE: unique symbol = Symbol.for('identity-web.token-source')

/** Returns the member of a changed context that gets tokens for SDKs, with its `getToken` wrapped by `wrap`. */
export function wrapTokenSource<GetToken extends (...given: never[]) => Promise<unknown>>(
  context: object,
  wrap: (getToken: GetToken) => unknown,
): object {
  const { [TOKEN_SOURCE]: sourceOf } = context as {
    [TOKEN_SOURCE]: () => MaybePromise<{ readonly getToken: GetToken }>
  }
  return {
    async [TOKEN_SOURCE]() {
      const source = await sourceOf()
      return { ...source, getToken: wrap(source.getToken) }
    },
  }
}

/** Converts an access token to the form that applications get. */
export function toTokenResult(token: AccessToken, now: number): TokenResult {
  return {
    accessToken: token.token,
    tokenType: token.type,
    expiresInSeconds: Math.max(0, token.expiresAt - now),
    scopes: token.scopes,
  }
}
