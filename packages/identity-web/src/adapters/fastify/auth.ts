import type { FastifyReply, FastifyRequest } from 'fastify'
import {
  createWebAuth,
  type AuthOptions,
  type Claims,
  type LoginContext,
  type LoginOptions,
  type LoginRequirement,
  type ScopesRequired,
  type TokenContext,
  type TokenResult,
} from '../../web/index.ts'
import { appFirst } from '../base/app-first.ts'
import { AuthBase } from '../base/auth.ts'
import { eitherGuard } from '../base/either.ts'
import { toEnvironment } from '../base/environment.ts'
import { guardOnce, loginGuard } from '../base/guards.ts'
import type { ApiAuth } from './api-auth.ts'
import type { Either } from './either.ts'
import { toPlugin, type App, type Plugin } from './plugin.ts'
import type { AnyHandler, GuardedHandler, GuardHook, Wrapper } from './handlers.ts'
import { answer, hook, wrap } from './respond.ts'
import { addRoutes } from './routes.ts'
import { enter, exchangeIn, ownerOf } from './scope.ts'

/**
 * What the handlers behind `loginRequired()` as a hook find on `request.auth`: the user, and with scopes the token.
 *
 * @public
 */
export interface RequestAuth
  extends LoginContext, Partial<Omit<TokenContext, keyof LoginContext>> {}

declare module 'fastify' {
  interface FastifyRequest {
    /** The signed-in user, behind `loginRequired()` as a hook; null or absent elsewhere. */
    auth?: RequestAuth | null
  }
}

/**
 * Lets signed-in users through and brings others to the provider, and back to the page that they wanted.
 * Scripts are answered 401 with a JSON body that holds the login URL.
 *
 * @param options - What the route asks of its users; nothing but a sign-in without it.
 * @param handler - Runs for those who are let in.
 * @returns A handler, or a hook for `preHandler` or `onRequest`.
 * @throws {@link IdentityError} `configuration`, when the route is declared: for scopes of several APIs, since an
 *   access token is for one, and for `acrs` and `maxAge` that make no sense.
 *
 * @example An access token for Microsoft Graph; a whole part of the application for signed-in users
 * ```ts
 * app.get('/mail', auth.loginRequired({ scopes: ['Mail.Read'] }, async (request, reply, context) => {
 *   const answer = await context.fetch('https://graph.microsoft.com/v1.0/me/messages')
 *   return answer.json()
 * }))
 * app.register(async (part) => {
 *   part.addHook('preHandler', auth.loginRequired())
 *   part.get('/', async (request) => `Hello, ${request.auth?.user.name}`)
 * }, { prefix: '/account' })
 * ```
 * @public
 */
export interface LoginRequired<User>
  extends
    Wrapper<[options: ScopesRequired], TokenContext<User>>,
    Wrapper<[options: LoginRequirement], LoginContext<User>>,
    Wrapper<[], LoginContext<User>> {
  /** As a hook: puts the context on `request.auth`. */
  (options?: LoginRequirement): GuardHook
}

/**
 * Signs the users of a Fastify application in, keeps their sessions and gets their tokens.
 *
 * Faults of the configuration don't throw: they are logged at start and shown on the login page.
 *
 * @typeParam User - What `onLogin` returns; the ID token's claims without it.
 *
 * @example
 * ```ts
 * import Fastify from 'fastify'
 * import { Auth } from 'identity-web/fastify'
 *
 * const app = Fastify()
 * const auth = new Auth(app, {
 *   authority: 'https://login.microsoftonline.com/contoso.onmicrosoft.com',
 *   clientId: '11111111-2222-3333-4444-555555555555',
 *   clientCredential: process.env.IDENTITY_CLIENT_SECRET,
 *   redirectUri: 'http://localhost:5000/redirect',
 * })
 *
 * app.get('/', auth.loginRequired(async (request, reply, { user }) => `Hello, ${user.name}`))
 * await app.listen({ port: 5000 })
 * ```
 * @public
 */
export class Auth<User = Claims> extends AuthBase<User> {
  /**
   * For an application that is made later: register {@link Auth.plugin} with it, or call {@link Auth.initApp}.
   *
   * @param options - Those not given are read from the environment. Faults don't throw: they are logged and
   *   shown on the login page.
   */
  constructor(options?: AuthOptions<User>)
  /**
   * @param app - Gets the routes for login, logout and the callback, at the paths that follow from
   *   `redirectUri`.
   * @param options - Those not given are read from the environment. Faults don't throw: they are logged and
   *   shown on the login page.
   */
  constructor(app: App, options?: AuthOptions<User>)
  constructor(...given: [first?: App | AuthOptions<User>, second?: AuthOptions<User>]) {
    const { app, options } = appFirst<App, AuthOptions<User>>('register', given)
    super(createWebAuth(options, toEnvironment()))
    if (app !== undefined) this.initApp(app)
  }

  /**
   * Registers the plugin with an application that was not there yet when this object was made: the same as
   * `app.register(auth.plugin())`.
   *
   * @param app - A Fastify application, or a part of one.
   * @returns This object.
   *
   * @example An application that is made by a function
   * ```ts
   * const auth = new Auth({ redirectUri: 'http://localhost:5000/redirect' })
   *
   * export function createApp() {
   *   const app = Fastify()
   *   auth.initApp(app)
   *   return app
   * }
   * ```
   */
  initApp(app: App): this {
    app.register(this.plugin())
    return this
  }

  /**
   * Makes the plugin that adds the routes of sign-in to the application, or to the part of it, that registers it.
   *
   * Register it before guards that are hooks, so that these keep nobody from signing in. In a part of the application
   * with a prefix, `redirectUri` begins with that. Until it is registered, guards fail with a `configuration` error.
   *
   * @returns A plugin for `app.register`.
   *
   * @example
   * ```ts
   * const auth = new Auth({ redirectUri: 'http://localhost:5000/redirect' })
   * await app.register(auth.plugin())
   * ```
   */
  plugin(): Plugin {
    return toPlugin('identity-web-auth', (app) => {
      AuthBase.setMounted(this)
      enter(app, this as unknown as Auth)
      addRoutes(app, AuthBase.web(this))
    })
  }

  /**
   * Guards a route, so that its handler always has a user: see {@link LoginRequired}.
   *
   * @example
   * ```ts
   * app.get('/', auth.loginRequired(async (request, reply, { user }) => user))
   * ```
   */
  readonly loginRequired: LoginRequired<User> = (...given: readonly unknown[]): any => {
    const guarded = loginGuard(this, given)
    return guarded.handler === undefined
      ? hook(guarded, (request, context) => (request.auth = context as RequestAuth))
      : wrap(guarded)
  }

  /**
   * Makes guards that take a session or a bearer token: for routes that the pages of this application call as well as
   * clients of its API.
   *
   * @param api - What judges a request with an `Authorization` header.
   * @returns What guards such routes.
   *
   * @example
   * ```ts
   * const either = auth.or(api)
   *
   * app.get('/todos', either.required({ authorization: { scopes: ['Todos.Read'] } }, async (request, reply, context) =>
   *   'token' in context ? listFor(context.claims) : listFor(context.user),
   * ))
   * ```
   */
  or(api: ApiAuth): Either<User> {
    return {
      required: (...given: readonly unknown[]): any =>
        wrap(eitherGuard({ auth: this, api }, given)),
    }
  }

  /**
   * Begins a sign-in: for a page of the application's own, or with other parameters than the options'.
   *
   * It answers the request. What fails becomes the error page. Without a `redirectUri` it shows the page with the code.
   *
   * @param request - Of a page visitor: a script can't follow to the provider.
   * @param reply - Its reply, not sent.
   * @param options - What else to ask for. `returnTo` is a path of this origin; anything else leads to `/`.
   *
   * @example A link to sign up
   * ```ts
   * app.get('/sign-up', (request, reply) => auth.login(request, reply, { prompt: 'create', returnTo: '/welcome' }))
   * ```
   */
  async login(request: FastifyRequest, reply: FastifyReply, options?: LoginOptions): Promise<void> {
    await answer(request, reply, (own) => AuthBase.web(this).login(own, options))
  }

  /**
   * Takes the provider's answer at the redirect URI, where `routes: false` leaves that to the application: signs the
   * user in and leads back to the page that they wanted.
   *
   * Take POST as well as GET where `responseMode` is `'form_post'`, with a parser for forms such as `@fastify/formbody`. What fails becomes the error page.
   *
   * @param request - The request at the redirect URI.
   * @param reply - Its reply, not sent.
   * @throws What `onLogin` throws, unless it is an {@link IdentityError}.
   *
   * @example
   * ```ts
   * const auth = new Auth(app, { routes: false, redirectUri: 'http://localhost:5000/redirect' })
   *
   * app.get(auth.redirectUriPath, (request, reply) => auth.completeLogin(request, reply))
   * app.get(auth.loginPath, (request, reply) => auth.login(request, reply))
   * app.get(auth.logoutPath, (request, reply) => auth.logout(request, reply))
   * app.post(auth.logoutPath, (request, reply) => auth.logout(request, reply))
   * ```
   */
  async completeLogin(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    await answer(request, reply, (own) => AuthBase.web(this).completeLogin(own))
  }

  /**
   * Ends the session, here and at the provider, and leads on.
   *
   * A request from another site is answered with a question first; its button posts to {@link Auth.logoutPath}, so with
   * `routes: false` let that path lead here, for GET and POST.
   *
   * @param request - Of a page visitor: a script can't follow to the provider.
   * @param reply - Its reply, not sent.
   * @param url - Where to land: an absolute URL that is registered at the provider. `postLogoutRedirectUri` without it.
   *
   * @example A landing of its own
   * ```ts
   * app.post('/leave', (request, reply) => auth.logout(request, reply, 'https://example.com/goodbye'))
   * ```
   */
  async logout(request: FastifyRequest, reply: FastifyReply, url?: string): Promise<void> {
    await answer(request, reply, (own) => AuthBase.web(this).logout(own, url))
  }

  /**
   * Ends the session that the provider names (`sid`) when the user signed out elsewhere, where `routes: false` leaves
   * that to the application.
   *
   * The provider loads it in a hidden frame: the session's cookie comes along only with `session.cookie.sameSite:
   * 'none'`, and this answer must be without frame protection. A call that names another session changes nothing.
   *
   * @param request - The request at the front-channel logout URL.
   * @param reply - Its reply, not sent.
   *
   * @example
   * ```ts
   * app.get(auth.frontChannelLogoutPath, (request, reply) => auth.frontChannelLogout(request, reply))
   * ```
   * @see {@link https://openid.net/specs/openid-connect-frontchannel-1_0.html | OpenID Connect Front-Channel Logout}
   */
  async frontChannelLogout(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    await answer(request, reply, (own) => AuthBase.web(this).frontChannelLogout(own))
  }

  /**
   * Ends the sessions that the provider's server names when a user signed out elsewhere, where `routes: false` leaves that
   * to the application. Take POST, with a parser for forms. It needs `session.store` or `session.denyList`.
   *
   * @param request - The request at the back-channel logout URL.
   * @param reply - Its reply, not sent: 200 where it was obeyed, 400 for a token that is refused.
   *
   * @example
   * ```ts
   * app.post(auth.backChannelLogoutPath, (request, reply) => auth.backChannelLogout(request, reply))
   * ```
   * @see {@link https://openid.net/specs/openid-connect-backchannel-1_0.html | OpenID Connect Back-Channel Logout}
   */
  async backChannelLogout(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    await answer(request, reply, (own) => AuthBase.web(this).backChannelLogout(own))
  }

  /**
   * Tells who is signed in, for a page that everybody may see.
   *
   * @param request - The request; what is renewed is stored with its response, so ask before that begins.
   * @returns The user, `undefined` when nobody is signed in; never a redirect.
   *
   * @example
   * ```ts
   * app.get('/', async (request) => {
   *   const user = await auth.getUser(request)
   *   return user === undefined ? { signIn: auth.loginPath } : { name: user.name }
   * })
   * ```
   */
  async getUser(request: FastifyRequest): Promise<User | undefined> {
    return AuthBase.web(this).getUser(exchangeIn(request))
  }

  /**
   * Gets an access token for the signed-in user, from the session or refreshed.
   *
   * Let its errors through behind a guard that wraps the handler: it sends the user to the provider for what is missing.
   *
   * @param request - The request; a refreshed token is stored with its response, so ask before that begins.
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
   *   auth.loginRequired(async (request) => {
   *     const { accessToken } = await auth.getTokenForUser(request, ['Reports.Read.All'])
   *     return makeReport(accessToken)
   *   }),
   * )
   * ```
   */
  async getTokenForUser(
    request: FastifyRequest,
    scopes: string | readonly string[],
  ): Promise<TokenResult> {
    return AuthBase.web(this).getTokenForUser(exchangeIn(request), scopes)
  }

  /**
   * Azure AD B2C: gives the URL at which the user edits their profile, and from which they come back to the page that
   * links there.
   *
   * @param request - The request of the page that shows the link.
   * @returns The URL; `undefined` where `b2c.editProfileUserFlow` is not configured.
   *
   * @example
   * ```ts
   * app.get(
   *   '/account',
   *   auth.loginRequired(async (request, reply, { user }) => ({
   *     name: user.name,
   *     editUrl: await auth.getEditProfileUrl(request),
   *   })),
   * )
   * ```
   */
  async getEditProfileUrl(request: FastifyRequest): Promise<string | undefined> {
    return AuthBase.web(this).getEditProfileUrl(exchangeIn(request))
  }
}

/**
 * {@link Auth.loginRequired} for code that has the application but not the `Auth` object: a plugin in a file of its own.
 * The `Auth` of the part of the application that has the route, or of the nearest around it, is found by the request.
 *
 * Faults of the requirement are known only then: they reach Fastify's error handler.
 *
 * @param options - What the route asks of its users; nothing but a sign-in without it.
 * @param handler - Runs for those who are let in.
 * @returns A handler, or a hook for `preHandler` or `onRequest`.
 *
 * @example
 * ```ts
 * import { loginRequired } from 'identity-web/fastify'
 *
 * app.get('/orders', loginRequired(async (request, reply, { user }) => ordersOf(user)))
 * ```
 * @public
 */
export const loginRequired: LoginRequired<Claims> = (first?: unknown, second?: unknown): any => {
  const guardOf = guardOnce(
    (auth: Auth) =>
      auth.loginRequired(
        first as ScopesRequired,
        second as GuardedHandler<TokenContext, AnyHandler>,
      ) as (this: unknown, ...given: unknown[]) => unknown,
  )
  // A handler, or a hook: what Fastify calls it with is handed on.
  return function (this: unknown, ...given: [FastifyRequest, ...unknown[]]) {
    const auth = ownerOf(given[0])
    AuthBase.assertMounted(auth)
    return guardOf(auth).apply(this, given)
  }
}
