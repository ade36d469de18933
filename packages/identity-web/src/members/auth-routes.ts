import { IdentityError } from '../errors.ts'
import type { HttpContext } from '../http-context.ts'
import {
  addSignInStart,
  type LoginOptions,
  type Route,
  type StartedCodeLogin,
  type WebAuth,
} from '../web/index.ts'
import { AuthOperation, stateOf } from './auth-operation.ts'
import { passErrorsOn, type Calls } from './calls.ts'

/** The members of `Auth` that start, complete and end a sign-in. */
export abstract class AuthRoutes<User, C extends Calls = Calls> extends AuthOperation<User, C> {
  static {
    addSignInStart(AuthRoutes.prototype, (auth: AuthRoutes<unknown>, args) =>
      start(auth, args, (web, http, options) => web.startWay(http, options)),
    )
  }

  /**
   * Starts a sign-in from one of your routes, for example with parameters that differ from the options.
   *
   * It sends the response. It does not throw, because it sends the error page if an error occurs. With
   * `signIn: deviceCode()`, it sends the page with the code. A script or a prefetch does not start a sign-in. It gets
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
    const options = args[stateOf(this).host.arity.route] as LoginOptions | undefined
    return respond(this, args, (web, request) => web.login(request, options))
  }

  /**
   * Starts a sign-in, and returns its data instead of a response. Use it if your application renders its own page or
   * returns JSON.
   *
   * Your response must reach the browser that signs in, because it gets the cookie of the sign-in. Call it before you send
   * the response. The provider then sends the browser to `auth.paths.callback`.
   * @param args - The request, as your handler receives it. Next.js needs no argument.
   * @param options - The parameters of the sign-in. `returnTo` must be a path of this origin. The default is
   *   the option `homePath`.
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
   * Completes a sign-in at the redirect URI, for applications with `routes: false`. It signs the user in and redirects
   * to the page that the user requested.
   *
   * With `responseMode: 'form_post'`, route POST requests here too. If an error occurs, it sends the error page.
   * @param args - The request, and the response if the framework has one, as your handler receives them.
   * @returns The response, or a promise that resolves after the framework has received the response.
   * @throws Errors of `onLogin` that are not an {@link IdentityError}. In Express, the error handler receives them instead.
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
   * Signs the user out of your application and at the provider, and redirects. It does not throw, because it sends the
   * error page if an error occurs. It also ends the session at the provider if the session of your application has already
   * ended, for example after `revokeSessions`.
   *
   * A request from another site gets a confirmation page, whose button posts to `auth.paths.logout`. With
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
    const url = args[stateOf(this).host.arity.route] as string | undefined
    const isAccepted = stateOf(this).place.has(args[0])
    return respond(this, args, (web, request) => web.logout(request, { url, isAccepted }))
  }

  /**
   * Ends sessions after the user has signed out of another application. The provider sends the request. Call it if you set
   * `routes: false`.
   *
   * The front channel is a hidden iframe, which sends the session cookie only with `session.cookie.sameSite: 'none'`. Do not
   * add frame protection, such as `X-Frame-Options`, to the response. The back channel is a request of the provider's server
   * with a logout token. It requires `session.store` or `session.denyList`.
   *
   * It does not throw for a request with errors, because it responds to them.
   * @param channel - `'front-channel'` in the route for GET requests of `auth.paths.frontChannelLogout`. `'back-channel'` in the
   *   route for POST requests of `auth.paths.backChannelLogout`.
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
   * Responds to a script that asks for the session: the session endpoint. Call it for every method of
   * `auth.paths.session` if you set `routes: false`. It requires the option `browser`.
   *
   * It does not throw. If an error occurs, it sends JSON with the code of the error.
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
}

/** @throws IdentityError `configuration` for another first argument, such as a request. */
function assertChannel(channel: string): void {
  if (channel === 'front-channel' || channel === 'back-channel') return
  throw new IdentityError(
    'configuration',
    "The first argument of auth.handleLogout() must be 'front-channel' or 'back-channel'. Use, for example, auth.handleLogout('back-channel', req, res).",
  )
}

/** Starts a sign-in for a response of the application. */
async function start<User, C extends Calls, Started>(
  auth: AuthRoutes<User, C>,
  args: readonly unknown[],
  run: (web: WebAuth<User>, http: HttpContext, options?: LoginOptions) => Promise<Started>,
): Promise<Started> {
  const { host, webOf } = stateOf(auth)
  const options = args[host.arity.request] as LoginOptions | undefined
  return run(webOf(args[0]), await host.toHttpContext(args), options)
}

/** Runs a route of the core and sends its response through the framework. */
function respond<User, C extends Calls>(
  auth: AuthRoutes<User, C>,
  args: readonly unknown[],
  run: (web: WebAuth<User>, request: Parameters<Route>[0]) => Promise<Response>,
): Promise<C['reply']> {
  const { host, webOf } = stateOf(auth)
  return passErrorsOn(host, args, () => {
    const web = webOf(args[0])
    return host.respond(args, (request) => run(web, request))
  })
}
