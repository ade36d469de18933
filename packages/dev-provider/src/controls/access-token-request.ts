import type { AccountName } from '../config/account-names.js'

/**
 * The key that signs a token.
 *
 * - `'main'` is the provider's key.
 * - `'consumers'` is the key for personal accounts.
 * - `'stranger'` simulates an attacker. The header contains the right key's ID, but the signature comes from a key that
 *   the provider never publishes.
 * - A `CryptoKey` or a `Uint8Array` is a key of your test.
 *
 * @example A token with an attacker's signature
 * ```ts
 * const token = await provider.accessToken({ as: 'alex', key: 'stranger' })
 * ```
 */
export type KeyChoice = 'main' | 'consumers' | 'stranger' | CryptoKey | Uint8Array

/**
 * Changes to a token's signature and header, for tests that send invalid tokens.
 *
 * @example A token with another type
 * ```ts
 * const token = await provider.sign({ sub: 'alex' }, { header: { typ: 'at+jwt' } })
 * ```
 */
export interface SignOptions {
  /**
   * The values to add to the header or to replace in it. With `alg: 'none'`, the token has no signature.
   */
  readonly header?: Readonly<Record<string, unknown>>
  /**
   * The key that signs the token.
   *
   * @defaultValue 'main', or the public key as PEM string when `alg` is `HS256`
   */
  readonly key?: KeyChoice
}

/** Changes to a token before the provider signs it. */
export interface TokenChanges extends SignOptions {
  /** The claims to add or to replace. Set a claim to `undefined` to remove it. */
  readonly claims?: Readonly<Record<string, unknown>>
  /**
   * The lifetime in seconds. Use -60 or less for an expired token, because APIs accept tokens for
   * one more minute.
   *
   * @defaultValue the switch `accessTokenSeconds`
   */
  readonly expiresIn?: number
}

/**
 * Describes an access token that the provider creates without a browser and without consent.
 *
 * @example An expired token of a user
 * ```ts
 * const request: AccessTokenRequest = { as: 'alex', scopes: ['Todos.Read'], expiresIn: -60 }
 * const token = await provider.accessToken(request)
 * ```
 */
export interface AccessTokenRequest extends TokenChanges {
  /**
   * The user, as a user name or a first name. Without it, the token is an app-only token (client credentials).
   */
  readonly as?: AccountName
  /**
   * The client ID of the app that calls the API.
   *
   * @defaultValue the default app
   */
  readonly app?: string
  /**
   * The API's client ID or App ID URI. At the plain OpenID provider, it can be any audience.
   *
   * @defaultValue the API that `scopes` names, otherwise the tenant's first API
   */
  readonly api?: string
  /**
   * The scopes, with or without the API's prefix.
   *
   * @defaultValue all of the API's scopes
   */
  readonly scopes?: readonly string[]
  /**
   * The `roles` claim.
   *
   * @defaultValue the user's roles at the API or, for an app-only token, the app permissions of the app
   */
  readonly roles?: readonly string[]
  /**
   * The issuer, as an authority URL of the provider or as the path of this URL, for example a tenant, `adfs` or `oidc`.
   *
   * @defaultValue the first tenant that contains the user and the API
   */
  readonly authority?: string
  /**
   * The `claims` parameter of the simulated sign-in, as a JSON string. It sets `acrs` and `xms_cc`.
   */
  readonly claimsRequest?: string
}
