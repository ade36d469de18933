import type { DefaultContext, DefaultState, Middleware, Next, ParameterizedContext } from 'koa'
import {
  createWebAuth,
  type AuthOptions,
  type Claims,
  type LoginContext,
  type LoginRequirement,
  type ScopesRequired,
  type TokenContext,
} from '../../web/index.ts'
import { appFirst, type AppFirst, type Mountable } from '../base/app-first.ts'
import { AuthBase, assertMounted, setMounted, webOf } from '../base/auth.ts'
import { toEnvironment } from '../base/environment.ts'
import { loginGuard, oncePer } from '../base/guards.ts'
import { sessionOrBearerGuard } from '../base/session-or-bearer.ts'
import type { ApiAuth } from './api-auth.ts'
import { authOf, enterAuth } from './auth-of-request.ts'
import {
  HOST,
  respond,
  toHandler,
  type App,
  type GuardedHandler,
  type KoaCalls,
} from './respond.ts'
import type { Either } from './session-or-bearer.ts'

/** The state that `loginRequired()` adds as middleware. @public */
export interface LoginState<Context = LoginContext> {
  /** The signed-in user, and the token if the middleware requires scopes. */
  readonly auth: Context
}

/**
 * Guards routes of signed-in users. It redirects other visitors to the provider, and then back to the requested page.
 * A script gets a 401 response with the login URL instead.
 *
 * If `getTokenForUser` or `fetch` fails because the user must act, the guard redirects the user to the provider.
 *
 * @typeParam User - The return type of `onLogin`, or the claims of the ID token.
 * @public
 */
export interface LoginRequired<User> {
  /**
   * Guards a route and gets an access token for it. The user signs in and consents first if necessary.
   *
   * @param options - The scopes of the token, all of one API, and other requirements.
   * @param handler - Runs for signed-in users. Its second argument contains the user, the token and a `fetch` with it.
   * @throws {@link IdentityError} `configuration` for scopes of several APIs or invalid values, when you declare the route.
   * @example
   * ```ts
   * router.get('/mail', auth.loginRequired({ scopes: ['Mail.Read'] }, async (ctx, context) => {
   *   const response = await context.fetch('https://graph.microsoft.com/v1.0/me/messages')
   *   ctx.body = await response.json()
   * }))
   * ```
   */
  <StateT = DefaultState, ContextT = DefaultContext>(
    options: ScopesRequired,
    handler: GuardedHandler<TokenContext<User>, StateT, ContextT>,
  ): Middleware<StateT, ContextT>
  /**
   * Guards a route without an access token.
   *
   * @param options - How and how recently the user must have signed in.
   * @param handler - Runs for signed-in users. Its second argument contains the user.
   * @throws {@link IdentityError} `configuration` for invalid values, when you declare the route.
   * @example router.get('/password', auth.loginRequired({ maxAge: 600 }, (ctx) => ctx.render('password')))
   */
  <StateT = DefaultState, ContextT = DefaultContext>(
    options: LoginRequirement,
    handler: GuardedHandler<LoginContext<User>, StateT, ContextT>,
  ): Middleware<StateT, ContextT>
  /**
   * Guards a route for every signed-in user.
   *
   * @param handler - Runs for signed-in users. Its second argument contains the user.
   * @throws {@link IdentityError} `configuration` if `handler` is not a function.
   * @example router.get('/', auth.loginRequired((ctx, { user }) => void (ctx.body = `Hello, ${user.name}`)))
   */
  <StateT = DefaultState, ContextT = DefaultContext>(
    handler: GuardedHandler<LoginContext<User>, StateT, ContextT>,
  ): Middleware<StateT, ContextT>
  /**
   * Makes a middleware that gets an access token. It stores the context as `ctx.state.auth`.
   *
   * @param options - The scopes of the token, all of one API, and other requirements.
   * @throws {@link IdentityError} `configuration` for scopes of several APIs or invalid values.
   * @example mail.use(auth.loginRequired({ scopes: ['Mail.Read'] }))
   */
  (options: ScopesRequired): Middleware<LoginState<TokenContext<User>>, object>
  /**
   * Makes a middleware that requires a signed-in user. It stores the context as `ctx.state.auth`.
   *
   * @param options - How and how recently the user must have signed in.
   * @throws {@link IdentityError} `configuration` for invalid values.
   * @example account.use(auth.loginRequired()).use((ctx) => void (ctx.body = ctx.state.auth.user.name))
   */
  (options?: LoginRequirement): Middleware<LoginState<LoginContext<User>>, object>
}

/**
 * Signs in the users of a Koa application (2 or 3), keeps their sessions and gets their tokens.
 *
 * @typeParam User - The return type of `onLogin`, or the claims of the ID token.
 * @public
 */
export class Auth<User = Claims> extends AuthBase<User, KoaCalls> implements Mountable<App> {
  /**
   * Prepares sign-in for an application that is created later. Pass it to {@link Auth.initApp} then.
   *
   * It does not throw: configuration errors are logged at start and shown on the login page.
   *
   * @param options - Missing options are read from environment variables.
   * @example const auth = new Auth({ redirectUri: 'http://localhost:5000/redirect' })
   */
  constructor(options?: AuthOptions<User>)
  /**
   * Mounts the routes for sign-in and sign-out, at the paths that follow from `redirectUri`.
   *
   * It does not throw: configuration errors are logged at start and shown on the login page.
   *
   * @param app - The Koa application, which may be mounted.
   * @param options - Missing options are read from environment variables.
   * @example
   * ```ts
   * const app = new Koa()
   * const auth = new Auth(app, {
   *   authority: 'https://login.microsoftonline.com/contoso.onmicrosoft.com',
   *   clientId: '11111111-2222-3333-4444-555555555555',
   *   clientCredential: process.env.IDENTITY_CLIENT_SECRET,
   *   redirectUri: 'http://localhost:5000/redirect',
   * })
   * ```
   */
  constructor(app: App, options?: AuthOptions<User>)
  constructor(...given: AppFirst<App, AuthOptions<User>>) {
    const { app, options } = appFirst<App, AuthOptions<User>>('use', given)
    super(createWebAuth(options, toEnvironment()), HOST)
    if (app !== undefined) this.initApp(app)
  }

  initApp(app: App): this {
    setMounted(this)
    const web = webOf(this)
    app.use((ctx, next) => {
      enterAuth(ctx, this)
      const route = web.route(ctx.originalUrl, ctx.method)
      return route === undefined ? next() : respond(ctx, route)
    })
    return this
  }

  /** Guards a route, so that its handler runs only for signed-in users. */
  readonly loginRequired: LoginRequired<User> = (...given: readonly unknown[]) =>
    toHandler(loginGuard(this, given), 'auth')

  /**
   * Guards routes that accept a session or a bearer token. Use it for routes that your pages and API clients call.
   *
   * It does not throw.
   *
   * @param api - Authenticates requests with an `Authorization` header.
   * @example router.get('/me', auth.or(api).required((ctx, { claims }) => void (ctx.body = claims)))
   */
  or(api: ApiAuth): Either<User> {
    return {
      required: (...given: readonly unknown[]) =>
        toHandler(sessionOrBearerGuard({ auth: this, api }, given)),
    }
  }
}

/**
 * Guards a route in a file that does not have the `Auth` object. It finds the `Auth` of the request's application.
 *
 * An invalid requirement is detected with the first request, and Koa receives the error.
 *
 * @example router.get('/orders', loginRequired((ctx, { user }) => void (ctx.body = ordersOf(user))))
 * @public
 */
export const loginRequired: LoginRequired<Claims> = (...given: readonly unknown[]) => {
  const handlerOf = oncePer((auth: AuthBase<unknown>) => toHandler(loginGuard(auth, given), 'auth'))
  return async (ctx: ParameterizedContext<any, object>, next: Next) => {
    const auth = authOf(ctx)
    assertMounted(auth)
    await handlerOf(auth)(ctx, next)
  }
}
