/**
 * A key to sign with: the provider's own, that of personal accounts, one that is nobody's, or the test's own.
 *
 * `'stranger'` is an attacker's: the header still names the right key, so only the signature gives it away.
 */
export type KeyChoice = 'main' | 'consumers' | 'stranger' | CryptoKey | Uint8Array

/** How to sign something that the provider would not say. */
export interface SignOptions {
  /** Replaces parts of the header, `alg` included: `none` leaves the signature out. */
  readonly header?: Readonly<Record<string, unknown>>
  /** @defaultValue 'main'; for `HS256` the text of the public key, the classic mix-up of keys */
  readonly key?: KeyChoice
}

/** What differs from the token that the provider would make. */
export interface TokenChanges extends SignOptions {
  /** Claims to add or to replace; `undefined` leaves one out. */
  readonly claims?: Readonly<Record<string, unknown>>
  /**
   * Seconds; -60 or less makes a token that has expired, since APIs tolerate a minute.
   *
   * @defaultValue the switch `accessTokenSeconds`
   */
  readonly expiresIn?: number
}

/** An access token to make without a browser. Nobody is asked for consent. */
export interface AccessTokenRequest extends TokenChanges {
  /** The user, by user name or first name. Without one it is an app's own token (client credentials). */
  readonly as?: string
  /** Client id of the app that calls the API. @defaultValue the default app */
  readonly app?: string
  /**
   * The API: its client id or its App ID URI; at the plain provider any audience.
   *
   * @defaultValue the one whose scopes are named, else the first API of the tenant
   */
  readonly api?: string
  /** With the API's prefix or without. @defaultValue all that the API has */
  readonly scopes?: readonly string[]
  /** `roles` of the token. @defaultValue the user's roles, or the app's permissions, at the API */
  readonly roles?: readonly string[]
  /**
   * One of the provider's authorities, or what stands behind the origin in it: a tenant, `adfs`, `oidc`.
   *
   * @defaultValue the first tenant that knows the user and has the API
   */
  readonly authority?: string
  /** The `claims` parameter that the sign-in carried, JSON text: for `acrs` and `xms_cc`. */
  readonly claimsRequest?: string
}
