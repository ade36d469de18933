import type { AccountName } from '../config/account-names.js'

/**
 * Describes a sign-in that the provider completes without a browser and without consent.
 *
 * @example Robin, with one app role and with consent to read mail
 * ```ts
 * const request: UserTokensRequest = { as: 'robin', roles: ['Admin'], scopes: ['Mail.Read'] }
 * const { claims, response } = await provider.userTokens(request)
 * ```
 */
export interface UserTokensRequest {
  /**
   * The user, as a user name or a first name.
   *
   * @defaultValue the first user who has an account at the issuer
   */
  readonly as?: AccountName
  /**
   * The client ID of the app that the user signs in to.
   *
   * @defaultValue the default app
   */
  readonly app?: string
  /**
   * The issuer, as an authority URL of the provider or as the path of this URL, for example a tenant, `adfs` or `oidc`.
   *
   * @defaultValue the first tenant that contains the user
   */
  readonly authority?: string
  /**
   * The scopes that the user consents to. The access token is for the API of the first scope.
   *
   * @defaultValue none
   */
  readonly scopes?: readonly string[]
  /**
   * The user's app roles in all tokens of this sign-in.
   *
   * @defaultValue the user's roles
   */
  readonly roles?: readonly string[]
  /**
   * The user's groups in all tokens of this sign-in.
   *
   * @defaultValue the user's groups
   */
  readonly groups?: readonly string[]
  /**
   * The claims to add or to replace in each ID token of this sign-in. To remove a claim, set it to `undefined`.
   */
  readonly claims?: Readonly<Record<string, unknown>>
}

/**
 * The tokens from a sign-in without a browser.
 *
 * @example Use the tokens in a client of another language
 * ```ts
 * const { response }: UserTokens = await provider.userTokens({ as: 'alex' })
 * const { id_token: idToken, refresh_token: refreshToken } = response
 * ```
 */
export interface UserTokens {
  /** The ID token's claims. */
  readonly claims: Readonly<Record<string, unknown>>
  /** The token response (RFC 6749, section 5.1). */
  readonly response: Readonly<Record<string, unknown>>
}
