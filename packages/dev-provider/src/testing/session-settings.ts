/**
 * The settings for an application in another process. They must have the same values as in its `Auth`.
 *
 * @example
 * ```ts
 * const settings: SessionSettings = {
 *   secret: process.env.IDENTITY_SESSION_SECRET,
 *   redirectUri: 'http://localhost:3000/redirect',
 * }
 * ```
 */
export interface SessionSettings {
  /**
   * The session secret. In a list, the first secret encrypts the session.
   *
   * @defaultValue the environment variable `IDENTITY_SESSION_SECRET`
   */
  readonly secret?: string | readonly string[] | undefined
  /**
   * The redirect URI, whose scheme and host decide the names and attributes of the cookies.
   *
   * @defaultValue the environment variable `IDENTITY_REDIRECT_URI`
   */
  readonly redirectUri?: string | undefined
  /** The option `signIn`, for an application without a redirect URI. */
  readonly signIn?: object | undefined
  /**
   * The authority.
   *
   * @defaultValue the environment variable `IDENTITY_AUTHORITY`
   */
  readonly authority?: string | undefined
  /**
   * The authority of another OpenID Connect provider.
   *
   * @defaultValue the environment variable `IDENTITY_OIDC_AUTHORITY`
   */
  readonly oidcAuthority?: string | undefined
  /** The option `b2c`, for Azure AD B2C. */
  readonly b2c?: object | undefined
  /**
   * The client ID.
   *
   * @defaultValue the environment variable `IDENTITY_CLIENT_ID`
   */
  readonly clientId?: string | undefined
  /** The option `session.cookie`. */
  readonly cookie?: object | undefined
  /** The option `session.store`. Pass a store with the same data as in the application, such as its Redis database. */
  readonly store?: object | undefined
  /** The option `session.denyList`. */
  readonly denyList?: object | undefined
  /**
   * The user that the application's `onLogin` would return. The kit cannot call `onLogin` in another process.
   *
   * @defaultValue the ID token's claims
   */
  readonly user?: object | undefined
  readonly auth?: undefined
}
