import type { HttpContext } from '../../http-context.ts'
import {
  missingApp,
  type LoginOptions,
  type RevokedSessions,
  type TokenResult,
  type WebAuth,
} from '../../web/index.ts'

/** The arguments by which a framework hands a request over, and what comes back. */
export interface Calls {
  /** Of what answers a request. */
  readonly route: readonly unknown[]
  /** Of what asks about a request. */
  readonly request: readonly unknown[]
  readonly reply: unknown
}

/** A framework's side of {@link AuthBase}. */
export interface Host<C extends Calls> {
  /** How many arguments come before a member's own. */
  readonly arity: { readonly route: number; readonly request: number }
  answer(args: C['route'], route: (request: Request) => Promise<Response>): Promise<C['reply']>
  http(args: C['request']): HttpContext | Promise<HttpContext>
}

/**
 * What the `Auth` of every framework has alike: all that needs no request. The rest is the framework's, one call of
 * {@link WebAuth} each.
 *
 * @typeParam User - What `onLogin` returns; the ID token's claims without it.
 */
export abstract class AuthBase<User, C extends Calls = Calls> {
  readonly #web: (request?: any) => WebAuth<User>
  readonly #host: Host<C>
  #hasApp = false

  /** @param web - A function where it is known only later, by a request's environment. */
  constructor(web: WebAuth<User> | ((request?: any) => WebAuth<User>), host: Host<C>) {
    this.#web = typeof web === 'function' ? web : () => web
    this.#host = host
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

  /**
   * Begins a sign-in: for a page of the application's own, or with other parameters than the options'.
   *
   * It answers the request. What fails becomes the error page. Without a `redirectUri` it shows the page with the code.
   *
   * @param options - What else to ask for. `returnTo` is a path of this origin; anything else leads to `/`.
   *
   * @example A link to sign up
   * ```ts
   * app.get('/sign-up', (req, res) => auth.login(req, res, { prompt: 'create', returnTo: '/welcome' }))
   * ```
   */
  login(...args: [...C['route'], options?: LoginOptions]): Promise<C['reply']> {
    const [given, options] = split<C['route'], LoginOptions>(args, this.#host.arity.route)
    return this.#host.answer(given, (request) => this.#web(given[0]).login(request, options))
  }

  /**
   * Takes the provider's answer at the redirect URI, where `routes: false` leaves that to the application: signs the
   * user in and leads back to the page that they wanted.
   *
   * Take POST as well as GET where `responseMode` is `'form_post'`. What fails becomes the error page.
   *
   * @throws What `onLogin` throws, unless it is an {@link IdentityError}.
   *
   * @example
   * ```ts
   * const auth = new Auth(app, { routes: false, redirectUri: 'http://localhost:5000/redirect' })
   *
   * app.all(auth.redirectUriPath, (req, res) => auth.completeLogin(req, res))
   * app.all(auth.loginPath, (req, res) => auth.login(req, res))
   * app.all(auth.logoutPath, (req, res) => auth.logout(req, res))
   * ```
   */
  completeLogin(...args: C['route']): Promise<C['reply']> {
    return this.#host.answer(args, (request) => this.#web(args[0]).completeLogin(request))
  }

  /**
   * Ends the session, here and at the provider, and leads on.
   *
   * A request from another site is answered with a question first; its button posts to {@link Auth.logoutPath}, so with
   * `routes: false` let that path lead here, for GET and POST.
   *
   * @param url - Where to land: an absolute URL that is registered at the provider. `postLogoutRedirectUri` without it.
   *
   * @example A landing of its own
   * ```ts
   * app.post('/leave', (req, res) => auth.logout(req, res, 'https://example.com/goodbye'))
   * ```
   */
  logout(...args: [...C['route'], url?: string]): Promise<C['reply']> {
    const [given, url] = split<C['route'], string>(args, this.#host.arity.route)
    return this.#host.answer(given, (request) => this.#web(given[0]).logout(request, url))
  }

  /**
   * Ends the session that the provider names (`sid`) when the user signed out elsewhere, where `routes: false` leaves
   * that to the application.
   *
   * The provider loads it in a hidden frame: the session's cookie comes along only with `session.cookie.sameSite:
   * 'none'`, and this answer must be without frame protection. A call that names another session changes nothing.
   *
   *
   * @example
   * ```ts
   * app.get(auth.frontChannelLogoutPath, (req, res) => auth.frontChannelLogout(req, res))
   * ```
   * @see {@link https://openid.net/specs/openid-connect-frontchannel-1_0.html | OpenID Connect Front-Channel Logout}
   */
  frontChannelLogout(...args: C['route']): Promise<C['reply']> {
    return this.#host.answer(args, (request) => this.#web(args[0]).frontChannelLogout(request))
  }

  /**
   * Ends the sessions that the provider's server names when a user signed out elsewhere, where `routes: false` leaves that
   * to the application. Take POST. It needs `session.store` or `session.denyList`.
   *
   *
   * @example
   * ```ts
   * app.post(auth.backChannelLogoutPath, (req, res) => auth.backChannelLogout(req, res))
   * ```
   * @see {@link https://openid.net/specs/openid-connect-backchannel-1_0.html | OpenID Connect Back-Channel Logout}
   */
  backChannelLogout(...args: C['route']): Promise<C['reply']> {
    return this.#host.answer(args, (request) => this.#web(args[0]).backChannelLogout(request))
  }

  /**
   * Tells who is signed in, for a page that everybody may see.
   *
   * @returns The user, `undefined` when nobody is signed in; never a redirect.
   *
   * @example
   * ```ts
   * app.get('/', async (req, res) => {
   *   const user = await auth.getUser(req)
   *   res.json(user === undefined ? { signIn: auth.loginPath } : { name: user.name })
   * })
   * ```
   */
  async getUser(...args: C['request']): Promise<User | undefined> {
    return this.#web(args[0]).getUser(await this.#host.http(args))
  }

  /**
   * Gets an access token for the signed-in user, from the session or refreshed.
   *
   * Let its errors through behind a guard that wraps the handler: it sends the user to the provider for what is missing.
   *
   * @param scopes - Of one API, as a list or separated by spaces.
   * @returns The token, and for how many seconds it is good.
   * @throws {@link IdentityError} `login_required` when nobody is signed in; `interaction_required` when the user has to
   *   consent or do another step; `provider_unavailable` when the provider can't answer now; `provider_error` when it
   *   refuses; `configuration` for scopes of several APIs.
   *
   * @example
   * ```ts
   * app.get(
   *   '/report',
   *   auth.loginRequired(async (req, res) => {
   *     const { accessToken } = await auth.getTokenForUser(req, ['Reports.Read.All'])
   *     res.send(await makeReport(accessToken))
   *   }),
   * )
   * ```
   */
  async getTokenForUser(
    ...args: [...C['request'], scopes: string | readonly string[]]
  ): Promise<TokenResult> {
    const [given, scopes] = split<C['request'], string | readonly string[]>(
      args,
      this.#host.arity.request,
    )
    return this.#web(given[0]).getTokenForUser(await this.#host.http(given), scopes ?? [])
  }

  /**
   * Azure AD B2C: gives the URL at which the user edits their profile, and from which they come back to the page that
   * links there.
   *
   * @returns The URL; `undefined` where `b2c.editProfileUserFlow` is not configured.
   *
   * @example
   * ```ts
   * app.get(
   *   '/account',
   *   auth.loginRequired(async (req, res, { user }) => {
   *     res.json({ name: user.name, editUrl: await auth.getEditProfileUrl(req) })
   *   }),
   * )
   * ```
   */
  async getEditProfileUrl(...args: C['request']): Promise<string | undefined> {
    return this.#web(args[0]).getEditProfileUrl(await this.#host.http(args))
  }

  /** Sign-in without a framework, for the members that an adapter adds. @internal */
  static web<User>(auth: AuthBase<User, any>): WebAuth<User> {
    return auth.#web()
  }

  /** Notes that an application has the routes, or needs none: guards may let in. @internal */
  static setMounted<User>(auth: AuthBase<User, any>): void {
    auth.#hasApp = true
  }

  /** @throws IdentityError `configuration` where no application has the routes. @internal */
  static assertMounted<User>(
    auth: AuthBase<User, any> | undefined,
  ): asserts auth is AuthBase<User, any> {
    if (auth === undefined || !auth.#hasApp) throw missingApp()
  }
}

function split<Args extends readonly unknown[], Own>(
  args: readonly unknown[],
  arity: number,
): [args: Args, own: Own | undefined] {
  return [args.slice(0, arity) as unknown as Args, args[arity] as Own | undefined]
}
