import {
  missingApp,
  type RevokedSessions,
  type TokenResult,
  type WebAuth,
} from '../../web/index.ts'

/**
 * What the `Auth` of every framework has alike: all that needs no request. The rest is the framework's, one call of
 * {@link WebAuth} each.
 *
 * @typeParam User - What `onLogin` returns; the ID token's claims without it.
 */
export abstract class AuthBase<User> {
  readonly #web: () => WebAuth<User>
  #hasApp = false

  /** @param web - A function where it is known only later, by a request's environment. */
  constructor(web: WebAuth<User> | (() => WebAuth<User>)) {
    this.#web = typeof web === 'function' ? web : () => web
  }

  /** The path of the redirect URI, where the provider's answer arrives; `/redirect` without a redirect URI. */
  get redirectUriPath(): string {
    return this.#web().paths.callback
  }

  /** The path at which a sign-in begins; `?return_to=/path` says where it ends. */
  get loginPath(): string {
    return this.#web().paths.login
  }

  /** The path to register as front-channel logout URL: the provider loads it when the user signs out elsewhere. */
  get frontChannelLogoutPath(): string {
    return this.#web().paths.frontChannelLogout
  }

  /** The path to register as back-channel logout URL: the provider's server calls it when the user signs out elsewhere. */
  get backChannelLogoutPath(): string {
    return this.#web().paths.backChannelLogout
  }

  /** The path that signs out, for links and forms of the application's own pages. */
  get logoutPath(): string {
    return this.#web().paths.logout
  }

  /**
   * Gets an access token of the application itself, with no user (client credentials), for jobs and services.
   *
   * It is kept and renewed ahead of time, so call this for each use. At Entra ID the authority must name one tenant.
   *
   * @param scopes - At Entra ID one API's `/.default`, such as `https://graph.microsoft.com/.default`.
   * @returns The token, and for how many seconds it is good.
   * @throws {@link IdentityError} `configuration` without a credential, for an authority of many tenants and for scopes
   *   of several APIs; `provider_error` when the provider refuses; `provider_unavailable` when it can't answer now.
   *
   * @example
   * ```ts
   * const { accessToken } = await auth.getTokenForClient('https://graph.microsoft.com/.default')
   * const answer = await fetch('https://graph.microsoft.com/v1.0/users', {
   *   headers: { authorization: `Bearer ${accessToken}` },
   * })
   * ```
   */
  getTokenForClient(scopes: string | readonly string[]): Promise<TokenResult> {
    return this.#web().getTokenForClient(scopes)
  }

  /**
   * Signs a user out everywhere: all sessions of before end with their next request, on all servers, and those that the
   * user begins from now on are not meant. It needs `session.store` or `session.denyList`.
   *
   * @param of - Whose sessions: by `sub`, `sid`, `oid`, or `user` as `context.user` has them.
   * @throws {@link IdentityError} `configuration` without a store, and for what names nobody; `store_unavailable` when the
   *   store does not answer: nobody is signed out then.
   *
   * @example A user says that a laptop is lost
   * ```ts
   * app.post('/sign-out-everywhere', auth.loginRequired(async (req, res, { user }) => {
   *   await auth.revokeSessions({ user })
   *   res.redirect('/')
   * }))
   * ```
   */
  revokeSessions(of: RevokedSessions<User>): Promise<void> {
    return this.#web().revokeSessions(of)
  }

  /** Sign-in without a framework, for the members that an adapter adds. @internal */
  static web<User>(auth: AuthBase<User>): WebAuth<User> {
    return auth.#web()
  }

  /** Notes that an application has the routes, or needs none: guards may let in. @internal */
  static setMounted<User>(auth: AuthBase<User>): void {
    auth.#hasApp = true
  }

  /** @throws IdentityError `configuration` where no application has the routes. @internal */
  static assertMounted<User>(auth: AuthBase<User> | undefined): asserts auth is AuthBase<User> {
    if (auth === undefined || !auth.#hasApp) throw missingApp()
  }
}
