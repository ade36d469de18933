// The members of Auth, with their documentation.
import { rejectErrors, type Authentication } from '../authentication/index.ts'
import type { RegisteredView } from '../browser/register.ts'
import { configurationError, IdentityError } from '../errors.ts'
import type { HttpContext } from '../http-context.ts'
import { hideMember, readMembers } from '../own.ts'
import { addTestAccess } from '../test-access.ts'
import { TOKEN_SOURCE, type TokenResult } from '../tokens.ts'
import {
  START_SIGN_IN,
  ForwardTable,
  LOGIN_OPTIONS,
  resolveForward,
  setAccepted,
  type AuthenticateOptions,
  type AuthPaths,
  type BrowserSession,
  type ConfigurationProblem,
  type ErrorResponseScopes,
  type ForwardOptions,
  type ListedSession,
  type ListedUser,
  type LoginContext,
  type LoginOptions,
  type RevokedSessions,
  type Route,
  type ScopesRequired,
  type StartedCodeLogin,
  type TokenContext,
  type WebAuth,
} from '../web/index.ts'
import type { AnyRequest } from './any-request.ts'
import { passErrorsOn, type Calls, type Host } from './calls.ts'
import {
  DetachedHttpContext,
  detachedContextOf,
  findDetachedContext,
  readContextOf,
  type CookieTarget,
} from './detached.ts'
import {
  authStates,
  ContextPlace,
  stateOf,
  type AuthState,
  type SessionContext,
} from './identity.ts'
import type { Operation } from './operation.ts'

const AUTHENTICATE_OPTIONS = [...LOGIN_OPTIONS, 'revalidateSeconds']

/** The options for `auth.authenticate`. @public */
export interface AuthenticateWith extends AuthenticateOptions, CookieTarget {}

/**
 * The members that `Auth` has in every framework.
 * @typeParam User - The type that `onLogin` returns, or the ID token's claims.
 * @typeParam C - The arguments with which the framework passes a request on.
 */
export abstract class Auth<User, C extends Calls = Calls> implements Operation {
  /** @param web - The core, or a function that returns it if the settings depend on a request's environment. */
  constructor(web: WebAuth<User> | ((request?: unknown) => WebAuth<User>), host: Host<C>) {
    const state: AuthState<User, C> = {
      host,
      place: new ContextPlace(),
      isMounted: host.needsApp !== true,
      webOf: typeof web === 'function' ? (request) => prepared(web(request)) : () => web,
      web: typeof web === 'function' ? undefined : web,
      forwards: undefined,
    }
    authStates.set(this, state)
    // A sign-in that is created later gets the forwarded paths with its first use.
    const withForwards = new WeakSet<WebAuth<User>>()
    function prepared(created: WebAuth<User>): WebAuth<User> {
      if (state.forwards === undefined || withForwards.has(created)) return created
      created.useForwards(state.forwards)
      withForwards.add(created)
      return created
    }
  }

  static {
    addTestAccess(Auth.prototype, (auth: Auth<unknown>) => webOf(auth).testAccess())
    hideMember(
      Auth.prototype,
      START_SIGN_IN,
      (auth: Auth<unknown>) =>
        (...args: readonly unknown[]) =>
          start(auth, args, (web, http, options) => web.startWay(http, options)),
    )
    hideMember(
      Auth.prototype,
      TOKEN_SOURCE,
      (auth: Auth<unknown>) => () => webOf(auth).tokenSource(),
    )
  }

  get problems(): readonly ConfigurationProblem[] {
    return webOf(this).problems
  }

  ready(): Promise<void> {
    return webOf(this).ready()
  }

  close(): void {
    webOf(this).close()
  }

  /**
   * The sign-in and sign-out paths, which are all in the folder of `redirectUri`.
   * @example
   * ```ts
   * const links = `<a href="${auth.paths.login}">Sign in</a> <a href="${auth.paths.logout}">Sign out</a>`
   * ```
   */
  get paths(): AuthPaths {
    return webOf(this).paths
  }

  getTokenForClient(scopes: string | readonly string[]): Promise<TokenResult> {
    return webOf(this).getTokenForClient(scopes)
  }

  /**
   * Forwards requests from your pages to an API, with the signed-in user's access token. The browser never gets the token.
   *
   * Call `forward` after you create the `Auth`. In frameworks with body parsers, create the `Auth` before you add the parsers.
   * In Next.js, also export `auth.handlers` from a catch-all route handler below the path.
   *
   * Scripts on your pages can send requests to this path, but scripts from other origins get a 403 response. If the user is not
   * signed in, the response is 401 with the login URL. If several forwarded paths match a request, the longest path is used.
   * @param path - The path that the browser requests, such as `/api`. Requests for all paths below it are forwarded.
   * @param options - The URL of the API, the scopes, and the requests to forward.
   * @throws IdentityError `configuration` for wrong options, a path that contains a sign-in route, and scopes of several APIs.
   *   On Workers and in Astro, errors that depend on other options are thrown at the first request instead.
   * @example Every framework: Express, Fastify, Koa, Hono, NestJS, Next.js, fetch
   * ```ts
   * auth.forward('/api', { target: 'https://todos.contoso.com/v1', scopes: ['api://todos/Todos.Read'] })
   *
   * // A script of your page calls https://todos.contoso.com/v1/todos:
   * const response = await fetch('/api/todos', { headers: { 'x-csrf': '1' } })
   * ```
   * @see {@link https://www.rfc-editor.org/rfc/rfc10017 | RFC 10017, section 6.1}
   */
  forward(path: string, options: ForwardOptions): void {
    const state = stateOf(this)
    const settings = resolveForward(path, options)
    state.web?.checkForward(settings)
    state.forwards ??= new ForwardTable()
    state.forwards.add(settings)
    state.web?.useForwards(state.forwards)
  }

  /**
   * Returns a user's sessions, one for each browser in which the user is signed in, for a page such as "Your devices". The
   * newest session comes first, and the list has at most 100 sessions.
   *
   * This method requires `session.store`. Sessions that started with an older version of `identity-web` that did not have
   * this method are missing from the list.
   * @param of - A guarded handler's context, or `user`, `oid` or `sub`. Only with the context, `current` marks this request's
   *   session.
   * @returns The sessions, which you should show only to this user and to administrators.
   * @throws IdentityError `configuration` without a store, or if `of` does not identify a user. `store_unavailable` if the
   *   store does not respond.
   * @example Every framework: Express, Fastify, Koa, Hono, NestJS, Next.js, fetch
   * ```ts
   * const sessions = await auth.listSessions(context)
   * const others = sessions.filter(({ current }) => !current)
   * ```
   */
  listSessions(of: ListedUser<User>): Promise<ListedSession[]> {
    return webOf(this).listSessions(of)
  }

  /**
   * Signs a user out on all devices or in one browser, or signs out all users of a tenant. Each existing session ends at its
   * next request, on all servers.
   *
   * Sessions that start later do not end. This method requires `session.store` or `session.denyList`. With a `handle` from
   * `listSessions`, it requires `session.store` and ends only that session. The user is required too, so that users who send
   * another user's handle cannot end that session.
   * @param of - The sessions to end: `sub`, `sid`, `oid`, `tid`, or the context's `user`. You can add a `handle` to `user`,
   *   `oid` and `sub`.
   * @throws IdentityError `configuration` without a store, if `of` does not identify a user or a tenant, or if `handle` is not
   *   a string. `store_unavailable` if the store does not respond, and the user then stays signed in.
   * @example Every framework: Express, Fastify, Koa, Hono, NestJS, Next.js, fetch
   * ```ts
   * await auth.revokeSessions({ user: context.user })
   * await auth.revokeSessions({ user: context.user, handle }) // one session of auth.listSessions(context)
   * await auth.revokeSessions({ tid: '11111111-2222-3333-4444-555555555555' }) // a customer that you suspended
   * ```
   */
  revokeSessions(of: RevokedSessions<User>): Promise<void> {
    return webOf(this).revokeSessions(of)
  }

  /**
   * Starts a sign-in from one of your routes, for example with parameters that differ from the options.
   *
   * The method sends the response, which is the page with the code if you use `signIn: deviceCode()`. It does not throw,
   * because it sends the error page if an error occurs. A script or a prefetch cannot start a sign-in, so it gets status 401
   * and JSON with the `loginUrl` instead.
   * @param args - The request, and the response if the framework has one, as your handler receives them.
   * @param options - The sign-in parameters. `returnTo` must be a path of this origin, and defaults to the option `homePath`.
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
    const options = args[stateOf(this).host.arity.route] as LoginOptions | undefined
    return respond(this, args, (web, request) => web.login(request, options))
  }

  /**
   * Starts a sign-in, and returns its data instead of a response. Use this function if your application renders its own page or
   * returns JSON.
   *
   * Your response must reach the browser that signs in, because the response contains the sign-in cookie. Call the function
   * before you send the response. After the sign-in, the provider sends the browser to `auth.paths.callback`.
   * @param args - The request, as your handler receives it. In Next.js, omit it.
   * @param options - The sign-in parameters. `returnTo` must be a path of this origin, and defaults to the option `homePath`.
   * @returns `{ url }`, to which you send the browser. `startDeviceLogin` of `identity-web/device-code` returns a code instead.
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
  startLogin(...args: [...C['request'], options?: LoginOptions]): Promise<StartedCodeLogin> {
    return start(this, args, (web, http, options) => web.startLogin(http, options))
  }

  /**
   * Completes a sign-in at the redirect URI, for applications with `routes: false`. It signs the user in, and redirects to the
   * page that the user requested.
   *
   * With `responseMode: 'form_post'`, also call it for POST requests. If an error occurs, it sends the error page.
   * @param args - The request, and the response if the framework has one, as your handler receives them.
   * @returns The response, or a promise that resolves after the framework has received the response.
   * @throws Errors from `onLogin` that are not an {@link IdentityError}. In Express, the error handler receives them instead.
   * @example
   * ```ts
   * app.all(auth.paths.callback, (req, res) => auth.completeLogin(req, res)) // Express, NestJS
   * app.all(auth.paths.callback, (request, reply) => auth.completeLogin(request, reply)) // Fastify
   * router.all(auth.paths.callback, (ctx) => auth.completeLogin(ctx)) // Koa
   * app.all(auth.paths.callback, (c) => auth.completeLogin(c)) // Hono
   * export const GET = (request: Request) => auth.completeLogin(request) // Next.js, fetch
   * ```
   */
  completeLogin(...args: C['route']): Promise<C['reply']> {
    return respond(this, args, (web, request) => web.completeLogin(request))
  }

  /**
   * Signs the user out of your application and at the provider, and redirects the browser. It does not throw, because it sends
   * the error page if an error occurs. If your application's session has already ended, for example after `revokeSessions`, the
   * method still ends the session at the provider.
   *
   * A request from another site gets a confirmation page, whose button posts to `auth.paths.logout`. With `routes: false`, call
   * this method for GET and POST requests to that path.
   * @param args - The request, and the response if the framework has one, as your handler receives them.
   * @param url - The URL to which the provider sends the user: an absolute URL, or a path of this origin. Register it at the
   *   provider. The default is `postLogoutRedirectUri`. If no user is signed in, or the provider cannot sign users out, the URL
   *   must belong to this origin or be `postLogoutRedirectUri`, because the default then replaces every other URL.
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
    const url = args[stateOf(this).host.arity.route] as string | undefined
    const isAccepted = stateOf(this).place.has(args[0])
    return respond(this, args, (web, request) => web.logout(request, { url, isAccepted }))
  }

  /**
   * Handles the request that the provider sends after the user has signed out of another application, and ends sessions of
   * your application. Call it if you set `routes: false`.
   *
   * The front channel is a hidden iframe, which sends the session cookie only with `session.cookie.sameSite: 'none'`. Do not
   * add frame protection, such as `X-Frame-Options`, to the response. The back channel is a request from the provider's server
   * with a logout token, and requires `session.store` or `session.denyList`.
   *
   * If the request has errors, the method sends an error response instead of throwing.
   * @param channel - `'front-channel'` in the route for GET requests to `auth.paths.frontChannelLogout`. `'back-channel'` in
   *   the route for POST requests to `auth.paths.backChannelLogout`.
   * @param args - The request, and the response if the framework has one, as your handler receives them.
   * @returns The response, or a promise that resolves after the framework has received the response.
   * @throws IdentityError `configuration` for another channel.
   * @example
   * ```ts
   * app.post(auth.paths.backChannelLogout, (req, res) => auth.handleLogout('back-channel', req, res)) // Express, NestJS
   * app.post(auth.paths.backChannelLogout, (request, reply) => auth.handleLogout('back-channel', request, reply)) // Fastify
   * router.post(auth.paths.backChannelLogout, (ctx) => auth.handleLogout('back-channel', ctx)) // Koa
   * app.post(auth.paths.backChannelLogout, (c) => auth.handleLogout('back-channel', c)) // Hono
   * export const POST = (request: Request) => auth.handleLogout('back-channel', request) // Next.js, fetch
   * ```
   * @see {@link https://openid.net/specs/openid-connect-frontchannel-1_0.html | OpenID Connect Front-Channel Logout}
   * @see {@link https://openid.net/specs/openid-connect-backchannel-1_0.html | OpenID Connect Back-Channel Logout}
   */
  handleLogout(
    channel: 'front-channel' | 'back-channel',
    ...args: C['route']
  ): Promise<C['reply']> {
    // Not as a rejection, which would end the process in Express 4.
    assertChannel(channel)
    return respond(this, args, (web, request) =>
      channel === 'front-channel'
        ? web.frontChannelLogout(request)
        : web.backChannelLogout(request),
    )
  }

  /**
   * Responds to a script that asks for the session. It requires the option `browser`. If you set `routes: false`, call it for
   * every HTTP method of `auth.paths.session`.
   *
   * It does not throw, because it sends JSON with the code of the error instead.
   * @param args - The request, and the response if the framework has one, as your handler receives them.
   * @returns The response, or a promise that resolves after the framework has received the response.
   * @example
   * ```ts
   * app.all('/auth/session', (req, res) => auth.sendBrowserSession(req, res)) // Express, NestJS
   * app.all('/auth/session', (request, reply) => auth.sendBrowserSession(request, reply)) // Fastify
   * router.all('/auth/session', (ctx) => auth.sendBrowserSession(ctx)) // Koa
   * app.all('/auth/session', (c) => auth.sendBrowserSession(c)) // Hono
   * export const GET = (request: Request) => auth.sendBrowserSession(request) // Next.js, fetch; the same for POST
   * ```
   */
  sendBrowserSession(...args: C['route']): Promise<C['reply']> {
    return respond(this, args, (web, request) => web.sendBrowserSession(request))
  }

  /**
   * Returns the signed-in user. Use it for pages that unauthenticated visitors may see too, because it never redirects. If
   * another site's page sent a request that may change data, such as a POST request, the method returns `undefined`, unless a
   * guard has accepted the request.
   * @param args - The request, as your handler receives it. In Next.js, omit it.
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
  getUser(...args: C['request']): Promise<User | undefined> {
    return read(this, args, (web, http) => web.getUser(http))
  }

  /**
   * Returns the whole context of the signed-in user: the user, the claims and the APIs of the option `apis`. Use it for routes
   * without a guard that unauthenticated visitors may see too, because it never redirects. It refreshes the session if
   * necessary and, like `getUser`, checks which site sent the request.
   * @param args - The request, as your handler receives it. In Next.js, omit it.
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
  getContext(...args: C['request']): Promise<LoginContext<User> | undefined> {
    return read(this, args, (web, http) => web.getContext(http))
  }

  /**
   * Returns the session for a page's scripts, so that they do not need a request when the page loads. Write the result, which
   * is the object that the session endpoint returns, into the page that you render. The method requires the option `browser`.
   *
   * The call never redirects. It counts as a request of the user, and refreshes the session if necessary. In HTML, replace
   * `<` by `\u003c`, because a name can contain `</script>`.
   * @typeParam View - The type of `user`. The default is the return type of the `sessionView` that you declare in `Register`
   *   of `identity-web/browser`, or else `unknown`. You can also pass `SessionViewOf<typeof sessionView>`.
   * @param args - The request, as your handler receives it. In Next.js, omit it.
   * @returns The session, whose `user` is `null` if the visitor is not signed in.
   * @throws IdentityError `configuration` without the option `browser`, or if `sessionView` fails. `store_unavailable` if the
   *   session store does not respond.
   * @example
   * ```ts
   * const session = await auth.browserSession(req) // Express, NestJS
   * const session = await auth.browserSession(request) // Fastify, fetch
   * const session = await auth.browserSession(ctx) // Koa
   * const session = await auth.browserSession(c) // Hono
   * const session = await auth.browserSession() // Next.js
   * ```
   */
  browserSession<View = RegisteredView>(...args: C['request']): Promise<BrowserSession<View>> {
    return read(this, args, (web, http) => web.browserSession(http)) as Promise<
      BrowserSession<View>
    >
  }

  /**
   * Returns the context that a guard of this `Auth` has stored on the request. Use it in functions that receive the request but
   * not the context. It does not return a promise, and the `user` has the type that `onLogin` returns.
   *
   * Pass the same object that the guard received, because a copy, such as `new Request(request)`, does not have the context.
   * Next.js pages and server actions do not have a request, so use the first argument of the guarded function there.
   * @param request - The request, as the handler of the guarded route receives it.
   * @returns The context, which contains a token and `fetch` only if the guard requires scopes.
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
    const context = stateOf(this).place.read(request as object)
    if (context) return context
    throw configurationError(
      'auth.contextOf() found no context, because no guard of this Auth has accepted a session for this request. Guard the route, for example with auth.loginRequired(handler), and pass the request that the handler receives. If signed-out visitors may open the route too, use await auth.getContext() instead. In a route of auth.orBearer(api), check context.kind first.',
    )
  }

  /**
   * Changes the signed-in user, for example after they edited their settings. The session stores the new user, and later
   * requests find it in `context.user`, but the current request's context keeps the previous user.
   *
   * The user's sessions in other browsers do not change, so use `onRefresh` for changes that all sessions must see. With
   * sessions in cookies, call this method in a guarded handler before you send the response. In Next.js, call it in a route
   * handler or in a server action.
   * @param args - The request, as your handler receives it. In Next.js, omit it.
   * @param user - The new user, which must be valid JSON and replaces the previous user.
   * @throws IdentityError `login_required` if the visitor is not signed in. `access_denied` if another site's page sent the
   *   request and no guard has accepted it. `configuration` if JSON cannot express a value, or if the response cannot set
   *   cookies any more. `store_unavailable` if the session store does not respond.
   * @example
   * ```ts
   * await auth.updateUser(req, { ...user, language: 'de' }) // Express, NestJS
   * await auth.updateUser(request, { ...user, language: 'de' }) // Fastify, fetch
   * await auth.updateUser(ctx, { ...user, language: 'de' }) // Koa
   * await auth.updateUser(c, { ...user, language: 'de' }) // Hono
   * await auth.updateUser({ ...user, language: 'de' }) // Next.js
   * ```
   */
  updateUser(...args: [...C['request'], user: NonNullable<User>]): Promise<void> {
    const user = args[stateOf(this).host.arity.request] as NonNullable<User>
    return read(this, args, (web, http) => web.updateUser(http, user))
  }

  /**
   * Returns an access token for the signed-in user. The token comes from the session, and is refreshed if necessary.
   *
   * In a guarded handler, do not catch this method's errors, because the guard handles them and redirects the user to the
   * provider if necessary.
   * @param args - The request, as your handler receives it. In Next.js, omit it.
   * @param scopes - Scopes of one API, as a list or a space-separated string.
   * @returns The token and its lifetime in seconds.
   * @throws IdentityError `login_required` if the visitor is not signed in. `interaction_required` if the user has to consent
   *   or to complete another step. `refresh_required` if the response has started, because it then cannot store a refreshed
   *   session. `access_denied` if another site's page sent the request and no guard has accepted it. `provider_error` if the
   *   provider rejects the request. `provider_unavailable` during an outage. `configuration` for scopes of several APIs.
   * @example
   * ```ts
   * const { accessToken } = await auth.getTokenForUser(req, ['Mail.Read']) // Express, NestJS
   * const { accessToken } = await auth.getTokenForUser(request, ['Mail.Read']) // Fastify, fetch
   * const { accessToken } = await auth.getTokenForUser(ctx, ['Mail.Read']) // Koa
   * const { accessToken } = await auth.getTokenForUser(c, ['Mail.Read']) // Hono
   * const { accessToken } = await auth.getTokenForUser(['Mail.Read']) // Next.js
   * ```
   */
  getTokenForUser(
    ...args: [...C['request'], scopes: string | readonly string[]]
  ): Promise<TokenResult> {
    const scopes = args[stateOf(this).host.arity.request] as string | readonly string[] | undefined
    return read(this, args, (web, http) => web.getTokenForUser(http, scopes ?? []))
  }

  /**
   * Returns the URL at which an Azure AD B2C user edits their profile. The user then returns to the current page.
   * @param args - The request, as your handler receives it. In Next.js, omit it.
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
  getEditProfileUrl(...args: C['request']): Promise<string | undefined> {
    return read(this, args, (web, http) => web.getEditProfileUrl(http))
  }

  /**
   * Returns the URL at which an Azure AD B2C user resets their password. The user then returns to the current page. Use it
   * for a link on your own sign-in page.
   * @param args - The request, as your handler receives it. In Next.js, omit it.
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
  getResetPasswordUrl(...args: C['request']): Promise<string | undefined> {
    return read(this, args, (web, http) => web.getResetPasswordUrl(http))
  }

  /**
   * Authenticates a request that no guard can handle: the upgrade to a WebSocket, a stream, or a request to a server that is
   * not a supported framework. The method returns the result as data instead of sending a response. The guide `websockets.md`
   * has examples.
   *
   * An upgrade from a page of another origin is rejected with 403, unless the origin is in `trustedOrigins`. With a store,
   * the session is refreshed as in a guard, but a session in cookies is refreshed only with `res` or `responseHeaders`. For a
   * connection or a stream, `getTokenForUser` then returns a valid token or throws `refresh_required`.
   * @param request - An `IncomingMessage`, a `Request`, or the request as your handler receives it.
   * @param options - The requirement, as for `loginRequired`, the response for cookies, and `revalidateSeconds`.
   * @returns `{ ok: true, context, expiresAt, signal }` or `{ ok: false, status, headers, error }`. Wrong options are also
   *   returned as an error.
   * @throws Only errors from your functions, such as `onRefresh`.
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
    options: AuthenticateWith = {},
  ): Promise<Authentication<LoginContext<User>>> {
    return rejectErrors(async () => {
      const { res, responseHeaders, ...requirement } = readMembers(options, AUTHENTICATE_OPTIONS)
      const http = detachedContextOf(restore(this, request))
      const target = { res, responseHeaders }
      const close = http.open(target)
      try {
        return await webFor(this, request).authenticate(http, {
          requirement,
          onClose: (listener) => http.onClose(listener, target),
        })
      } finally {
        close()
      }
    })
  }

  /**
   * Converts an error that occurred outside a guard to the response that a guard would send. A page navigation gets a redirect
   * to the sign-in or an error page, and a script gets JSON with the login URL.
   *
   * `login_required`, `interaction_required` and `refresh_required` start a sign-in.
   * @param request - The request, in any form that `auth.authenticate` accepts.
   * @param error - The error that your code caught.
   * @param options - The scopes that the sign-in requests, by default those of the failed call.
   * @returns The response, which you return from your handler. It may contain cookies, so send all of its headers. In Hono,
   *   this response also becomes the response of the context. In Express, Fastify, Koa and NestJS, call `auth.sendResponse`
   *   instead.
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
    const http = readContextOf(restore(this, request))
    const response = await webFor(this, request).toResponse(http, { error, scopes })
    return stateOf(this).host.prepare?.(request, response) ?? response
  }
}

/** @throws IdentityError `configuration` for another first argument, such as a request. */
function assertChannel(channel: string): void {
  if (channel === 'front-channel' || channel === 'back-channel') return
  throw configurationError(
    "The first argument of auth.handleLogout() must be 'front-channel' or 'back-channel'. Use, for example, auth.handleLogout('back-channel', req, res).",
  )
}

/** Starts a sign-in for a response that the application sends. */
async function start<User, C extends Calls, Started>(
  auth: Auth<User, C>,
  args: readonly unknown[],
  run: (web: WebAuth<User>, http: HttpContext, options?: LoginOptions) => Promise<Started>,
): Promise<Started> {
  const { host, webOf: find } = stateOf(auth)
  const options = args[host.arity.request] as LoginOptions | undefined
  return run(find(args[0]), await host.toHttpContext(args), options)
}

/** Runs a core route and sends its response through the framework. */
function respond<User, C extends Calls>(
  auth: Auth<User, C>,
  args: readonly unknown[],
  run: (web: WebAuth<User>, request: Parameters<Route>[0]) => Promise<Response>,
): Promise<C['reply']> {
  const { host, webOf: find } = stateOf(auth)
  return passErrorsOn(host, args, () => {
    const web = find(args[0])
    return host.respond(args, (request) => run(web, request))
  })
}

/** Calls the core with a framework's request. */
async function read<User, C extends Calls, T>(
  auth: Auth<User, C>,
  args: readonly unknown[],
  call: (web: WebAuth<User>, http: HttpContext) => Promise<T>,
): Promise<T> {
  const { host, place, webOf: find } = stateOf(auth)
  const http = await toHttpContext(host, args)
  if (place.has(args[0]) || place.has(http)) setAccepted(http)
  return call(find(args[0]), http)
}

async function toHttpContext<C extends Calls>(
  host: Host<C>,
  args: C['request'],
): Promise<HttpContext> {
  const detached = findDetachedContext(args[0])
  if (detached === undefined) return host.toHttpContext(args)
  // After `authenticate()`, the framework can still set cookies. An upgrade does not pass through the framework.
  if (!detached.isUpgrade && detached.isResponseSent) {
    const own = await ownContextOf(host, args)
    if (own !== undefined) detached.openResponse(own)
  }
  return detached
}

/** @returns `undefined` if the request did not pass through the framework. */
async function ownContextOf<C extends Calls>(
  host: Host<C>,
  args: C['request'],
): Promise<HttpContext | undefined> {
  try {
    const own = await host.toHttpContext(args)
    return own instanceof DetachedHttpContext ? undefined : own
  } catch (error) {
    if (IdentityError.is(error)) return undefined
    throw error
  }
}

function restore(auth: Auth<any>, request: AnyRequest): AnyRequest {
  return stateOf(auth).host.restore?.(request) ?? request
}

function webFor<User>(auth: Auth<User>, request: unknown): WebAuth<User> {
  const state = stateOf(auth)
  return state.webOf(state.host.environmentKey?.(request))
}

/** Returns the sign-in of an `Auth` without its framework. */
export function webOf<User>(auth: Auth<User>): WebAuth<User> {
  return stateOf(auth).webOf()
}
