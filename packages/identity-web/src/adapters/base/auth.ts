import { rejectErrors, type Authentication } from '../../authentication/index.ts'
import type { GuardResponse, HttpContext } from '../../http-context.ts'
import type { MaybePromise } from '../../maybe-promise.ts'
import { addTestAccess } from '../../test-access.ts'
import {
  missingApp,
  missingAuth,
  type AuthenticateOptions,
  type ErrorResponseScopes,
  startError,
  type ConfigurationProblem,
  type LoginContext,
  type LoginOptions,
  type RevokedSessions,
  type Route,
  type ScopesRequired,
  type StartedLogin,
  type TokenContext,
  type TokenResult,
  type WebAuth,
} from '../../web/index.ts'
import type { AnyRequest } from './any-request.ts'
import {
  detachedContextOf,
  findDetachedContext,
  readContextOf,
  type CookieTarget,
} from './detached.ts'
import { IdentityError } from '../../errors.ts'
import { ContextPlace, type SessionContext } from './identity.ts'

/** The arguments with which a framework passes a request on, and what it expects back. */
export interface Calls<
  RouteArgs extends readonly unknown[] = readonly unknown[],
  RequestArgs extends readonly unknown[] = readonly unknown[],
  Reply = unknown,
  Guarded = RequestArgs[0],
> {
  /** The arguments of a member that sends a response. */
  readonly route: RouteArgs
  /** The arguments of a member that only reads a request. */
  readonly request: RequestArgs
  /** The result of a member that sends a response. */
  readonly reply: Reply
  /** The object that guards store the context of a request on. */
  readonly guarded: Guarded
}

/** Sends responses through a framework. */
export interface ResponseHost<C extends Calls> {
  /** The number of arguments that the framework passes before a member's own argument. */
  readonly arity: { readonly route: number; readonly request: number }
  /** Sends a response of the core. */
  send(args: C['route'], response: Response): C['reply'] | Promise<C['reply']>
  /** Whether the response of the framework was sent already. */
  isSent(args: C['route']): boolean
  /**
   * Passes an error to the error handling of a framework that does not handle rejected promises. Its replies are empty.
   * @returns `false` if the promise must reject.
   */
  fail?(args: C['route'], error: unknown): boolean
  /** Whether an error only says that the client has closed the connection. Then the adapter does not send a response. */
  isClientGone?(args: C['route'], error: unknown): boolean
  /** Restores a request that the framework changed. */
  restore?(request: AnyRequest): AnyRequest
  /** Returns the object that leads to the environment of a request. */
  environmentKey?(request: unknown): unknown
}

/** Translates the requests and responses of a framework for {@link AuthBase}. */
export interface Host<C extends Calls> extends ResponseHost<C> {
  /** Runs a route of the core and sends its response. */
  respond(args: C['route'], route: Route): Promise<C['reply']>
  /** Wraps a request for the core. */
  toHttpContext(args: C['request']): HttpContext | Promise<HttpContext>
}

/**
 * Runs a member that sends a response. Its errors reach the error handling of the framework, also if the framework does not
 * handle rejected promises.
 */
async function passErrorsOn<C extends Calls>(
  host: ResponseHost<C>,
  args: C['route'],
  send: () => Promise<C['reply']>,
): Promise<C['reply']> {
  try {
    return await send()
  } catch (error) {
    if (host.fail?.(args, error) !== true) throw error
    return undefined
  }
}

/** Calls the handler with the context if the request is authenticated. Otherwise, returns the response of the guard. */
export type RouteGuard<Context> = (
  http: HttpContext,
  handler: (context: Context) => MaybePromise<GuardResponse>,
) => MaybePromise<GuardResponse>

/** The options of `auth.authenticate`. @public */
export interface AuthenticateWith extends AuthenticateOptions, CookieTarget {}

// Friend functions of `AuthBase`: they reach its private state from other modules, and an editor does not offer them to
// applications as it would offer static methods.

/** Returns the sign-in of an `Auth` without its framework. */
export let webOf: <User>(auth: AuthBase<User>) => WebAuth<User>

/** Returns the place of the contexts that the guards of an `Auth` store. */
export let placeIn: (auth: AuthBase<any>) => ContextPlace<unknown>

/** Records that an application has the routes of sign-in, or does not need them. */
export let setMounted: (auth: AuthBase<unknown>) => void

let isMounted: (auth: AuthBase<any>) => boolean

/**
 * @param framework - The last part of the entry point whose stand-alone `loginRequired` looks for the `Auth`.
 * @throws IdentityError `configuration` if no application has the routes of sign-in.
 */
export let assertMounted: <A extends AuthBase<unknown>>(
  auth: A | undefined,
  framework?: string,
) => asserts auth is A

/**
 * The members that `Auth` has in every framework.
 * @typeParam User - The return type of `onLogin`, or the claims of the ID token.
 * @typeParam C - The arguments with which the framework passes a request on.
 */
export abstract class AuthBase<User, C extends Calls = Calls> {
  readonly #webOf: (request?: unknown) => WebAuth<User>
  readonly #host: Host<C>
  readonly #place = new ContextPlace<SessionContext<User>>()
  #isMounted = false

  /** @param web - The core, or a function that returns it if the settings depend on the environment of a request. */
  constructor(web: WebAuth<User> | ((request?: unknown) => WebAuth<User>), host: Host<C>) {
    this.#webOf = typeof web === 'function' ? web : () => web
    this.#host = host
  }

  static {
    webOf = (auth) => auth.#webOf()
    placeIn = (auth) => auth.#place
    setMounted = (auth) => {
      auth.#isMounted = true
    }
    isMounted = (auth) => auth.#isMounted
    assertMounted = (auth, framework) => {
      if (auth === undefined) throw framework === undefined ? missingApp() : missingAuth(framework)
      if (!auth.#isMounted) throw missingApp()
    }
    addTestAccess(AuthBase.prototype, (auth) => auth.#webOf().testAccess())
  }

  /**
   * The problems of the configuration. The list is empty if the options are valid. On Workers it is known from the first
   * request on.
   *
   * In production, servers do not start with problems, unless `strictStart` is `false`.
   * @example
   * ```ts
   * const auth = new Auth(app, { strictStart: false })
   * for (const { option, variable, message } of auth.problems) console.error(option, variable, message)
   * ```
   */
  get problems(): readonly ConfigurationProblem[] {
    return this.#webOf().problems
  }

  /**
   * Checks that requests can be served: it fetches the provider's metadata and keys unless they are cached, loads the
   * credential, and reads from the session store. Use it for the readiness probe of your platform.
   * @throws IdentityError with the cause: `configuration`, `provider_unavailable`, `invalid_response` or
   *   `store_unavailable`.
   * @example Every framework: Express, Fastify, Koa, Hono, NestJS, Next.js, fetch
   * ```ts
   * // Your readiness route returns 200 if it is ready, and otherwise 503.
   * const isReady = await auth.ready().then(() => true, () => false)
   * ```
   */
  ready(): Promise<void> {
    return this.#webOf().ready()
  }

  /**
   * Ends the timers of this object. It logs the repetitions of messages that were counted. It does not close your store.
   * It does not throw.
   * @example
   * ```ts
   * process.on('SIGTERM', () => server.close(() => auth.close()))
   * ```
   */
  close(): void {
    this.#webOf().close()
  }

  /**
   * The path of the redirect URI, which receives the authorization response. It is `/redirect` with
   * `flow: 'device-code'`.
   */
  get redirectUriPath(): string {
    return this.#webOf().paths.callback
  }

  /**
   * The path that starts a sign-in. The query can contain `return_to=/path`, the page to return to,
   * and `prompt`, `login_hint` and `domain_hint`.
   */
  get loginPath(): string {
    return this.#webOf().paths.login
  }

  /** The front-channel logout URL's path. The provider loads it when the user signs out of another application. */
  get frontChannelLogoutPath(): string {
    return this.#webOf().paths.frontChannelLogout
  }

  /** The back-channel logout URL's path. The provider's server calls it when the user signs out of another application. */
  get backChannelLogoutPath(): string {
    return this.#webOf().paths.backChannelLogout
  }

  /** The path that signs the user out. Use it in links and forms. */
  get logoutPath(): string {
    return this.#webOf().paths.logout
  }

  /**
   * Returns an access token for the application itself, without a user (client credentials). Use it in jobs and services.
   *
   * The token is cached and refreshed before it expires, so call this method for each use. Entra ID requires an
   * authority with a single tenant.
   * @param scopes - Scopes of one API. At Entra ID, pass the `/.default` scope of the API, such as
   *   `https://graph.microsoft.com/.default`.
   * @returns The token and its lifetime in seconds.
   * @throws IdentityError `configuration` for a missing credential, an authority with many tenants, or scopes of
   *   several APIs. `provider_error` if the provider rejects the request. `provider_unavailable` during an outage.
   * @example Every framework: Express, Fastify, Koa, Hono, NestJS, Next.js, fetch
   * ```ts
   * const { accessToken } = await auth.getTokenForClient('https://graph.microsoft.com/.default')
   * const headers = { authorization: `Bearer ${accessToken}` }
   * const users = await fetch('https://graph.microsoft.com/v1.0/users', { headers })
   * ```
   */
  getTokenForClient(scopes: string | readonly string[]): Promise<TokenResult> {
    return this.#webOf().getTokenForClient(scopes)
  }

  /**
   * Signs a user out on all devices, or all users of a tenant. Every existing session of theirs ends with its next
   * request, on all servers.
   *
   * Later sign-ins are not affected. This method requires `session.store` or `session.denyList`.
   * @param of - Identifies the sessions by `sub`, `sid`, `oid`, `tid`, or by the `user` of the context.
   * @throws IdentityError `configuration` without a store, or if `of` does not identify a user or a tenant.
   *   `store_unavailable` if the store does not respond. In that case the user stays signed in.
   * @example Every framework: Express, Fastify, Koa, Hono, NestJS, Next.js, fetch
   * ```ts
   * await auth.revokeSessions({ user: context.user })
   * await auth.revokeSessions({ tid: '11111111-2222-3333-4444-555555555555' }) // a customer that you suspended
   * ```
   */
  revokeSessions(of: RevokedSessions<User>): Promise<void> {
    return this.#webOf().revokeSessions(of)
  }

  /**
   * Starts a sign-in from one of your routes, for example with parameters that differ from the options.
   *
   * It sends the response. It does not throw, because it sends the error page if an error occurs. With
   * `flow: 'device-code'`, it sends the page with the code. A script or a prefetch does not start a sign-in. It gets
   * status 401 and JSON with the `loginUrl`.
   * @param args - The request, and the response if the framework has one, as your handler receives them.
   * @param options - The parameters of the sign-in. `returnTo` must be a path of this origin. The default is
   *   the option `homePath`.
   * @returns The response, or a promise that resolves after the framework has received the response.
   * @example A sign-up link
   * ```ts
   * app.get('/join', (req, res) => auth.login(req, res, { prompt: 'create' })) // Express, NestJS
   * app.get('/join', (request, reply) => auth.login(request, reply, { prompt: 'create' })) // Fastify
   * router.get('/join', (ctx) => auth.login(ctx, { prompt: 'create' })) // Koa
   * app.get('/join', (c) => auth.login(c, { prompt: 'create' })) // Hono
   * export const GET = (request: Request) => auth.login(request, { prompt: 'create' }) // Next.js, fetch
   * ```
   */
  login(...args: [...C['route'], options?: LoginOptions]): Promise<C['reply']> {
    const options = args[this.#host.arity.route] as LoginOptions | undefined
    return this.#respond(args, (web, request) => web.login(request, options))
  }

  /**
   * Starts a sign-in, and returns its data instead of a response. Use it if your application renders its own page or
   * returns JSON.
   *
   * Your response must reach the browser that signs in, because it gets the cookie of the sign-in. Call it before you send
   * the response. The provider then sends the browser to `auth.redirectUriPath`.
   * @param args - The request, as your handler receives it. Next.js needs no argument.
   * @param options - The parameters of the sign-in. `returnTo` must be a path of this origin. The default is
   *   the option `homePath`.
   * @returns `{ flow: 'code', url }`, or the user code and the URL of the provider with `flow: 'device-code'`.
   * @throws IdentityError `provider_unavailable` during an outage. `provider_error` if the provider rejects the request.
   *   `configuration` if the response cannot set a cookie, or if the provider does not support the flow.
   * @example
   * ```ts
   * app.post('/api/login', async (req, res) => res.json(await auth.startLogin(req))) // Express, NestJS
   * app.post('/api/login', async (request) => auth.startLogin(request)) // Fastify
   * router.post('/api/login', async (ctx) => void (ctx.body = await auth.startLogin(ctx))) // Koa
   * app.post('/api/login', async (c) => c.json(await auth.startLogin(c))) // Hono
   * export const POST = async () => Response.json(await auth.startLogin()) // Next.js
   * const login = async (request: Request) => Response.json(await auth.startLogin(request)) // fetch
   * ```
   */
  async startLogin(...args: [...C['request'], options?: LoginOptions]): Promise<StartedLogin> {
    const options = args[this.#host.arity.request] as LoginOptions | undefined
    return this.#webOf(args[0]).startLogin(await this.#host.toHttpContext(args), options)
  }

  /**
   * Completes a sign-in at the redirect URI, for applications with `routes: false`. It signs the user in and redirects
   * to the page that the user requested.
   *
   * With `responseMode: 'form_post'`, route POST requests here too. If an error occurs, it sends the error page.
   * @param args - The request, and the response if the framework has one, as your handler receives them.
   * @returns The response, or a promise that resolves after the framework has received the response.
   * @throws Errors of `onLogin` that are not an {@link IdentityError}. In Express, the error handler receives them instead.
   * @example
   * ```ts
   * app.all(auth.redirectUriPath, (req, res) => auth.completeLogin(req, res)) // Express, NestJS
   * app.all(auth.redirectUriPath, (request, reply) => auth.completeLogin(request, reply)) // Fastify
   * router.all(auth.redirectUriPath, (ctx) => auth.completeLogin(ctx)) // Koa
   * app.all(auth.redirectUriPath, (c) => auth.completeLogin(c)) // Hono
   * export const GET = (request: Request) => auth.completeLogin(request) // Next.js, fetch
   * ```
   */
  completeLogin(...args: C['route']): Promise<C['reply']> {
    return this.#respond(args, (web, request) => web.completeLogin(request))
  }

  /**
   * Signs the user out of your application and at the provider, and redirects. It does not throw, because it sends the
   * error page if an error occurs.
   *
   * A request from another site gets a confirmation page, whose button posts to `auth.logoutPath`. With
   * `routes: false`, route GET and POST requests of that path here.
   * @param args - The request, and the response if the framework has one, as your handler receives them.
   * @param url - The URL to which the provider sends the user: an absolute URL, or a path of this origin. Register it at the
   *   provider. The default is `postLogoutRedirectUri`. If no user is signed in, or the provider cannot sign users out, only a
   *   URL of this origin or `postLogoutRedirectUri` is used. Otherwise, the default applies.
   * @returns The response, or a promise that resolves after the framework has received the response.
   * @example
   * ```ts
   * app.all('/leave', (req, res) => auth.logout(req, res)) // Express, NestJS
   * app.all('/leave', (request, reply) => auth.logout(request, reply)) // Fastify
   * router.all('/leave', (ctx) => auth.logout(ctx)) // Koa
   * app.all('/leave', (c) => auth.logout(c)) // Hono
   * export const GET = (request: Request) => auth.logout(request) // Next.js, fetch
   * ```
   */
  logout(...args: [...C['route'], url?: string]): Promise<C['reply']> {
    const url = args[this.#host.arity.route] as string | undefined
    return this.#respond(args, (web, request) => web.logout(request, url))
  }

  /**
   * Ends the session with the `sid` that the provider sends after a sign-out from another application. Call it if you
   * set `routes: false`.
   *
   * The provider loads this URL in a hidden iframe. The browser sends the session cookie only with
   * `session.cookie.sameSite: 'none'`. Do not add frame protection, such as `X-Frame-Options`, to the response.
   * It does not throw.
   * @param args - The request, and the response if the framework has one, as your handler receives them.
   * @returns The response, or a promise that resolves after the framework has received the response.
   * @example
   * ```ts
   * app.get(auth.frontChannelLogoutPath, (req, res) => auth.frontChannelLogout(req, res)) // Express, NestJS
   * app.get(auth.frontChannelLogoutPath, (request, reply) => auth.frontChannelLogout(request, reply)) // Fastify
   * router.get(auth.frontChannelLogoutPath, (ctx) => auth.frontChannelLogout(ctx)) // Koa
   * app.get(auth.frontChannelLogoutPath, (c) => auth.frontChannelLogout(c)) // Hono
   * export const GET = (request: Request) => auth.frontChannelLogout(request) // Next.js, fetch
   * ```
   * @see {@link https://openid.net/specs/openid-connect-frontchannel-1_0.html | OpenID Connect Front-Channel Logout}
   */
  frontChannelLogout(...args: C['route']): Promise<C['reply']> {
    return this.#respond(args, (web, request) => web.frontChannelLogout(request))
  }

  /**
   * Ends the sessions in the logout token that the provider's server sends after a sign-out. Call it for POST requests
   * if you set `routes: false`. It requires `session.store` or `session.denyList`.
   *
   * It does not throw. If an error occurs, it sends an error response to the provider.
   * @param args - The request, and the response if the framework has one, as your handler receives them.
   * @returns The response, or a promise that resolves after the framework has received the response.
   * @example
   * ```ts
   * app.post(auth.backChannelLogoutPath, (req, res) => auth.backChannelLogout(req, res)) // Express, NestJS
   * app.post(auth.backChannelLogoutPath, (request, reply) => auth.backChannelLogout(request, reply)) // Fastify
   * router.post(auth.backChannelLogoutPath, (ctx) => auth.backChannelLogout(ctx)) // Koa
   * app.post(auth.backChannelLogoutPath, (c) => auth.backChannelLogout(c)) // Hono
   * export const POST = (request: Request) => auth.backChannelLogout(request) // Next.js, fetch
   * ```
   * @see {@link https://openid.net/specs/openid-connect-backchannel-1_0.html | OpenID Connect Back-Channel Logout}
   */
  backChannelLogout(...args: C['route']): Promise<C['reply']> {
    return this.#respond(args, (web, request) => web.backChannelLogout(request))
  }

  /**
   * Returns the signed-in user. Use it for pages that unauthenticated visitors may see too. It never redirects.
   * @param args - The request, as your handler receives it. Next.js needs no argument.
   * @returns The user, or `undefined` if the visitor is not signed in.
   * @throws IdentityError `store_unavailable` if the session store does not respond.
   * @example
   * ```ts
   * const user = await auth.getUser(req) // Express, NestJS
   * const user = await auth.getUser(request) // Fastify, fetch
   * const user = await auth.getUser(ctx) // Koa
   * const user = await auth.getUser(c) // Hono
   * const user = await auth.getUser() // Next.js
   * ```
   */
  async getUser(...args: C['request']): Promise<User | undefined> {
    return this.#webOf(args[0]).getUser(await this.#toHttpContext(args))
  }

  /**
   * Returns the whole context of the signed-in user: the user, the claims and the APIs of the option `apis`. Use it for
   * routes without a guard that unauthenticated visitors may see too. It never redirects, and refreshes the session if
   * necessary.
   * @param args - The request, as your handler receives it. Next.js needs no argument.
   * @returns The context, or `undefined` if the visitor is not signed in.
   * @throws IdentityError `store_unavailable` if the session store does not respond.
   * @example
   * ```ts
   * const context = await auth.getContext(req) // Express, NestJS
   * const context = await auth.getContext(request) // Fastify, fetch
   * const context = await auth.getContext(ctx) // Koa
   * const context = await auth.getContext(c) // Hono
   * const context = await auth.getContext() // Next.js
   * ```
   */
  async getContext(...args: C['request']): Promise<LoginContext<User> | undefined> {
    return this.#webOf(args[0]).getContext(await this.#toHttpContext(args))
  }

  /**
   * Returns the context that a guard of this `Auth` has stored on the request. Use it in functions that receive the request
   * but not the context. It does not wait, and its `user` has the type that `onLogin` returns.
   *
   * Pass the same object that the guard received. A copy of it, such as `new Request(request)`, does not have the context.
   * Pages and server actions of Next.js have no request, so use the first argument of their guard there.
   * @param request - The request, as the handler of the guarded route receives it.
   * @returns The context. It contains a token and `fetch` only if the guard requires scopes.
   * @throws IdentityError `configuration` if no guard of this `Auth` has accepted a session for this request.
   * @example
   * ```ts
   * const { user } = auth.contextOf(req) // Express, NestJS
   * const { user } = auth.contextOf(request) // Fastify, Next.js, fetch
   * const { user } = auth.contextOf(ctx) // Koa
   * const { user } = auth.contextOf(c) // Hono
   * ```
   */
  contextOf(request: C['guarded']): SessionContext<User> {
    const context = this.#place.read(request as object)
    if (context) return context
    throw new IdentityError(
      'configuration',
      'auth.contextOf() found no context, because no guard of this Auth has accepted a session for this request. Guard the route, for example with auth.loginRequired(handler), and pass the request that the handler receives. Where visitors may be signed out, use await auth.getContext() instead. In a route of auth.orBearer(api), check context.kind first.',
    )
  }

  /**
   * Changes the signed-in user, for example after they edited their settings. The session stores the new user, and later
   * requests find it in `context.user`. The context of the current request keeps the previous user.
   *
   * Sessions of the user in other browsers do not change. Use `onRefresh` for changes that all sessions must see. With
   * sessions in cookies, call this method in a guarded handler before you send the response. In Next.js, call it in a
   * route handler or in a server action.
   * @param args - The request, as your handler receives it. Next.js needs no argument.
   * @param user - The new user, which must be valid JSON. It replaces the previous one.
   * @throws IdentityError `login_required` if the visitor is not signed in. `configuration` if JSON cannot express a
   *   value, or if the response cannot set cookies any more. `store_unavailable` if the session store does not respond.
   * @example
   * ```ts
   * await auth.updateUser(req, { ...user, language: 'de' }) // Express, NestJS
   * await auth.updateUser(request, { ...user, language: 'de' }) // Fastify, fetch
   * await auth.updateUser(ctx, { ...user, language: 'de' }) // Koa
   * await auth.updateUser(c, { ...user, language: 'de' }) // Hono
   * await auth.updateUser({ ...user, language: 'de' }) // Next.js
   * ```
   */
  async updateUser(...args: [...C['request'], user: NonNullable<User>]): Promise<void> {
    const user = args[this.#host.arity.request] as NonNullable<User>
    return this.#webOf(args[0]).updateUser(await this.#toHttpContext(args), user)
  }

  /**
   * Returns an access token for the signed-in user. The token comes from the session, and is refreshed if necessary.
   *
   * Do not catch its errors in a guarded handler. The guard handles them, and redirects the user to the provider if
   * necessary.
   * @param args - The request, as your handler receives it. Next.js needs no argument.
   * @param scopes - Scopes of one API, as a list or a space-separated string.
   * @returns The token and its lifetime in seconds.
   * @throws IdentityError `login_required` if the visitor is not signed in. `interaction_required` if the user
   *   has to consent or to complete another step. `provider_error` if the provider rejects the request.
   *   `provider_unavailable` during an outage. `configuration` for scopes of several APIs.
   * @example
   * ```ts
   * const { accessToken } = await auth.getTokenForUser(req, ['Mail.Read']) // Express, NestJS
   * const { accessToken } = await auth.getTokenForUser(request, ['Mail.Read']) // Fastify, fetch
   * const { accessToken } = await auth.getTokenForUser(ctx, ['Mail.Read']) // Koa
   * const { accessToken } = await auth.getTokenForUser(c, ['Mail.Read']) // Hono
   * const { accessToken } = await auth.getTokenForUser(['Mail.Read']) // Next.js
   * ```
   */
  async getTokenForUser(
    ...args: [...C['request'], scopes: string | readonly string[]]
  ): Promise<TokenResult> {
    const scopes = args[this.#host.arity.request] as string | readonly string[] | undefined
    const http = await this.#toHttpContext(args)
    return this.#webOf(args[0]).getTokenForUser(http, scopes ?? [])
  }

  /**
   * Returns the URL where a user of Azure AD B2C edits their profile. The user then returns to the current page.
   * @param args - The request, as your handler receives it. Next.js needs no argument.
   * @returns The URL, or `undefined` if `b2c.editProfileUserFlow` is not configured.
   * @throws IdentityError `store_unavailable` if the session store does not respond.
   * @example
   * ```ts
   * const url = await auth.getEditProfileUrl(req) // Express, NestJS
   * const url = await auth.getEditProfileUrl(request) // Fastify, fetch
   * const url = await auth.getEditProfileUrl(ctx) // Koa
   * const url = await auth.getEditProfileUrl(c) // Hono
   * const url = await auth.getEditProfileUrl() // Next.js
   * ```
   */
  async getEditProfileUrl(...args: C['request']): Promise<string | undefined> {
    return this.#webOf(args[0]).getEditProfileUrl(await this.#toHttpContext(args))
  }

  /**
   * Returns the URL where a user of Azure AD B2C resets their password. The user then returns to the current page. Use it
   * for a link on your own sign-in page.
   * @param args - The request, as your handler receives it. Next.js needs no argument.
   * @returns The URL, or `undefined` if `b2c.resetPasswordUserFlow` is not configured.
   * @throws IdentityError `store_unavailable` if the session store does not respond.
   * @example
   * ```ts
   * const url = await auth.getResetPasswordUrl(req) // Express, NestJS
   * const url = await auth.getResetPasswordUrl(request) // Fastify, fetch
   * const url = await auth.getResetPasswordUrl(ctx) // Koa
   * const url = await auth.getResetPasswordUrl(c) // Hono
   * const url = await auth.getResetPasswordUrl() // Next.js
   * ```
   */
  async getResetPasswordUrl(...args: C['request']): Promise<string | undefined> {
    return this.#webOf(args[0]).getResetPasswordUrl(await this.#toHttpContext(args))
  }

  /**
   * Authenticates a request that no guard can handle: the upgrade to a WebSocket, a stream, or a request to a server that is
   * not a supported framework. It returns the result as data and sends no response. The guide `websockets.md` has examples.
   *
   * An upgrade from a page of another origin is rejected with 403, unless the origin is in `trustedOrigins`. With a store, the
   * session is refreshed as in a guard. A session in cookies is refreshed only with `res` or `responseHeaders`. Without them,
   * `getTokenForUser` returns a valid token or throws `refresh_required`.
   * @param request - An `IncomingMessage`, a `Request`, or the request as your handler receives it.
   * @param options - The requirement, as for `loginRequired`, where cookies go, and `revalidateSeconds`.
   * @returns `{ ok: true, context, expiresAt, signal }` or `{ ok: false, status, headers, error }`. Wrong options are also
   *   returned as an error.
   * @throws Only errors of your functions, such as `onRefresh`.
   * @example
   * ```ts
   * server.on('upgrade', async (req, socket, head) => {
   *   socket.on('error', () => socket.destroy())
   *   const session = await auth.authenticate(req)
   *   if (!session.ok) return socket.end(`HTTP/1.1 ${session.status} Rejected\r\nConnection: close\r\n\r\n`)
   *   sockets.handleUpgrade(req, socket, head, (ws) => {
   *     session.signal.addEventListener('abort', () => ws.close(4401))
   *     ws.send(`Hello, ${session.context.user.name}`)
   *   })
   * })
   * ```
   */
  authenticate<Options extends AuthenticateWith = object>(
    request: AnyRequest,
    options?: Options,
  ): Promise<
    Authentication<Options extends ScopesRequired ? TokenContext<User> : LoginContext<User>>
  >
  authenticate(
    request: AnyRequest,
    { res, responseHeaders, ...requirement }: AuthenticateWith = {},
  ): Promise<Authentication<LoginContext<User>>> {
    return rejectErrors(async () => {
      const http = detachedContextOf(this.#restore(request))
      const target = { res, responseHeaders }
      const close = http.open(target)
      try {
        return await this.#webFor(request).authenticate(http, {
          requirement,
          onClose: (listener) => http.onClose(listener, target),
        })
      } finally {
        close()
      }
    })
  }

  /**
   * Turns an error outside a guard into the response that a guard would send. A page navigation gets a redirect to the sign-in
   * or an error page. A script gets JSON with the login URL.
   *
   * `login_required`, `interaction_required` and `refresh_required` start a sign-in.
   * @param request - The request, in any form that `auth.authenticate` accepts.
   * @param error - The error that your code caught.
   * @param options - The scopes that the sign-in requests. The default is the scopes of the call that failed.
   * @returns The response. It may contain cookies, so send all of its headers.
   * @throws The error itself, if it is not an {@link IdentityError}.
   * @example
   * ```ts
   * try {
   *   return Response.json(await mailOf(await auth.getTokenForUser(request, ['Mail.Read'])))
   * } catch (error) {
   *   return auth.toResponse(request, error, { scopes: ['Mail.Read'] })
   * }
   * ```
   */
  async toResponse(
    request: AnyRequest,
    error: unknown,
    { scopes }: ErrorResponseScopes = {},
  ): Promise<Response> {
    const http = readContextOf(this.#restore(request))
    return this.#webFor(request).toResponse(http, { error, scopes })
  }

  /**
   * Sends the response of `auth.toResponse` through the framework. Use it in an error handler.
   * @param args - The request, and the response if the framework has one, as your handler receives them. Then the error, and
   *   the scopes that the sign-in requests.
   * @returns The response, or a promise that resolves after the framework has received the response.
   * @throws The error itself, if it is not an {@link IdentityError}, or if the response was sent already.
   * @example
   * ```ts
   * app.use((error, req, res, next) => auth.sendResponse(req, res, error).catch(next)) // Express
   * app.setErrorHandler((error, request, reply) => auth.sendResponse(request, reply, error)) // Fastify
   * app.use((ctx, next) => next().catch((error) => auth.sendResponse(ctx, error))) // Koa
   * app.onError((error, c) => auth.sendResponse(c, error)) // Hono
   * catch(error, host) { return auth.sendResponse(req, res, error) } // NestJS, in an exception filter
   * return auth.sendResponse(request, error) // Next.js, fetch
   * ```
   */
  async sendResponse(
    ...args: [...C['route'], error: unknown, options?: ErrorResponseScopes]
  ): Promise<C['reply']> {
    const { arity } = this.#host
    const error: unknown = args[arity.route]
    if (this.#host.isClientGone?.(args, error) === true) return undefined
    // The framework must handle it.
    // oxlint-disable-next-line typescript/only-throw-error -- It is what the application caught.
    if (this.#host.isSent(args)) throw error
    const options = args[arity.route + 1] as ErrorResponseScopes | undefined
    return this.#host.send(args, await this.toResponse(args[0] as AnyRequest, error, options))
  }

  // A request without a response, such as an upgrade, does not pass through the framework.
  #toHttpContext(args: readonly unknown[]): HttpContext | Promise<HttpContext> {
    return findDetachedContext(args[0]) ?? this.#host.toHttpContext(args)
  }

  #restore(request: AnyRequest): AnyRequest {
    return this.#host.restore?.(request) ?? request
  }

  #webFor(request: unknown): WebAuth<User> {
    return this.#webOf(this.#host.environmentKey?.(request))
  }

  #respond(
    args: readonly unknown[],
    run: (web: WebAuth<User>, request: Parameters<Route>[0]) => Promise<Response>,
  ): Promise<C['reply']> {
    return passErrorsOn(this.#host, args, () => {
      const web = this.#webOf(args[0])
      return this.#host.respond(args, (request) => run(web, request))
    })
  }
}

/** @throws IdentityError `configuration` with all problems, if the application must not start with them. */
export function assertCanStart(
  ...owners: readonly { readonly fatalProblems: readonly ConfigurationProblem[] }[]
): void {
  const problems = owners.flatMap(({ fatalProblems }) => fatalProblems)
  if (problems.length > 0) throw startError(problems)
}

/**
 * Makes a guard fail if its `Auth` is not mounted, because the provider could not redirect back. The guard of an `Auth` that is
 * mounted already needs no check for each request.
 */
export function whenMounted<User, Context>(
  auth: AuthBase<User>,
  guard: RouteGuard<Context>,
): RouteGuard<Context> {
  if (isMounted(auth)) return guard
  return (http, handler) => {
    assertMounted(auth)
    return guard(http, handler)
  }
}
