import type {
  DefaultContext,
  DefaultState,
  ExtendableContext,
  Middleware,
  Next,
  ParameterizedContext,
} from 'koa'
import {
  createWebAuth,
  type AuthOptions,
  type Claims,
  type LoginContext,
  type LoginRequirement,
  type ScopesRequired,
  type TokenContext,
} from '../../web/index.ts'
import { appFirst } from '../base/app-first.ts'
import { AuthBase, type Calls, type Host } from '../base/auth.ts'
import { eitherGuard } from '../base/either.ts'
import { toEnvironment } from '../base/environment.ts'
import { guardOnce, loginGuard } from '../base/guards.ts'
import type { ApiAuth } from './api-auth.ts'
import type { Either } from './either.ts'
import { createOwners } from './owners.ts'
import { KoaHttpContext, answer, protect, type App, type GuardedHandler } from './respond.ts'

/**
 * What the middleware behind `loginRequired()` as middleware finds on `ctx.state`.
 *
 * @public
 */
export interface LoginState<Known = LoginContext> {
  /** The signed-in user, and with scopes the token. */
  readonly auth: Known
}

/**
 * Lets signed-in users through and brings others to the provider, and back to the page that they wanted.
 * Scripts are answered 401 with a JSON body that holds the login URL.
 *
 * An error of `getTokenForUser` or `fetch` that is the user's to solve leads them to the provider, with a handler and as
 * middleware alike.
 *
 * @param options - What the route asks of its users; nothing but a sign-in without it.
 * @param handler - Runs for those who are let in.
 * @returns A middleware of Koa.
 * @throws {@link IdentityError} `configuration`, when the route is declared: for scopes of several APIs, since an
 *   access token is for one, and for `acrs` and `maxAge` that make no sense.
 *
 * @example An access token for Microsoft Graph; all that is behind it for signed-in users
 * ```ts
 * router.get('/mail', auth.loginRequired({ scopes: ['Mail.Read'] }, async (ctx, context) => {
 *   const answer = await context.fetch('https://graph.microsoft.com/v1.0/me/messages')
 *   ctx.body = await answer.json()
 * }))
 * account.use(auth.loginRequired()).use((ctx) => {
 *   ctx.body = `Hello, ${ctx.state.auth.user.name}`
 * })
 * ```
 * @public
 */
export interface LoginRequired<User> {
  /**
   * With an access token for the scopes; consent is asked for on the way. The handler's second argument is the context.
   */
  <StateT = DefaultState, ContextT = DefaultContext>(
    options: ScopesRequired,
    handler: GuardedHandler<TokenContext<User>, StateT, ContextT>,
  ): Middleware<StateT, ContextT>
  /** Without an access token. */
  <StateT = DefaultState, ContextT = DefaultContext>(
    options: LoginRequirement,
    handler: GuardedHandler<LoginContext<User>, StateT, ContextT>,
  ): Middleware<StateT, ContextT>
  /** With nothing to ask but that somebody is signed in. */
  <StateT = DefaultState, ContextT = DefaultContext>(
    handler: GuardedHandler<LoginContext<User>, StateT, ContextT>,
  ): Middleware<StateT, ContextT>
  /** As middleware, with an access token: puts the context on `ctx.state.auth`. */
  (options: ScopesRequired): Middleware<LoginState<TokenContext<User>>, object>
  /** As middleware: puts the context on `ctx.state.auth`. */
  (options?: LoginRequirement): Middleware<LoginState<LoginContext<User>>, object>
}

const owners = createOwners<Auth>()

interface KoaCalls extends Calls {
  readonly route: [ctx: ExtendableContext]
  readonly request: [ctx: ExtendableContext]
  readonly reply: void
}

const HOST: Host<KoaCalls> = {
  arity: { route: 1, request: 1 },
  answer: ([ctx], route) => answer(ctx, route),
  http: ([ctx]) => new KoaHttpContext(ctx),
}

/**
 * Signs the users of a Koa application (2 or 3) in, keeps their sessions and gets their tokens.
 *
 * Faults of the configuration don't throw: they are logged at start and shown on the login page.
 *
 * @typeParam User - What `onLogin` returns; the ID token's claims without it.
 *
 * @example
 * ```ts
 * import Koa from 'koa'
 * import { Auth } from 'identity-web/koa'
 *
 * const app = new Koa()
 * const auth = new Auth(app, {
 *   authority: 'https://login.microsoftonline.com/contoso.onmicrosoft.com',
 *   clientId: '11111111-2222-3333-4444-555555555555',
 *   clientCredential: process.env.IDENTITY_CLIENT_SECRET,
 *   redirectUri: 'http://localhost:5000/redirect',
 * })
 *
 * app.use(auth.loginRequired((ctx, { user }) => {
 *   ctx.body = `Hello, ${user.name}`
 * }))
 * app.listen(5000)
 * ```
 * @public
 */
export class Auth<User = Claims> extends AuthBase<User, KoaCalls> {
  /**
   * For an application that is made later: call {@link Auth.initApp} then.
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
    const { app, options } = appFirst<App, AuthOptions<User>>('use', given)
    super(createWebAuth(options, toEnvironment()), HOST)
    if (app !== undefined) this.initApp(app)
  }

  /**
   * Mounts the routes on an application that was not there yet when this object was made.
   *
   * Call it before the application's own routes are added: Koa runs what was added first. Until it was called, guards
   * throw a `configuration` error.
   *
   * @param app - A Koa application, also one that is mounted: `redirectUri` has the whole path.
   * @returns This object.
   *
   * @example An application that is made by a function
   * ```ts
   * const auth = new Auth({ redirectUri: 'http://localhost:5000/redirect' })
   *
   * export function createApp() {
   *   const app = new Koa()
   *   auth.initApp(app)
   *   return app
   * }
   * ```
   */
  initApp(app: App): this {
    AuthBase.setMounted(this)
    const web = AuthBase.web(this)
    app.use((ctx, next) => {
      owners.enter(ctx, this as unknown as Auth)
      const route = web.route(ctx.originalUrl, ctx.method)
      return route === undefined ? next() : answer(ctx, route)
    })
    return this
  }

  /**
   * Guards a route, so that its handler always has a user: see {@link LoginRequired}.
   *
   * @example
   * ```ts
   * router.get('/', auth.loginRequired((ctx, { user }) => {
   *   ctx.body = user
   * }))
   * ```
   */
  readonly loginRequired: LoginRequired<User> = (...given: readonly unknown[]) =>
    protect(loginGuard(this, given), (ctx, context) => (ctx.state.auth = context))

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
   * router.get('/todos', either.required({ authorization: { scopes: ['Todos.Read'] } }, (ctx, context) => {
   *   ctx.body = 'token' in context ? listFor(context.claims) : listFor(context.user)
   * }))
   * ```
   */
  or(api: ApiAuth): Either<User> {
    return {
      required: (...given: readonly unknown[]) => protect(eitherGuard({ auth: this, api }, given)),
    }
  }
}

/**
 * {@link Auth.loginRequired} for code that has no `Auth` object: a router in a file of its own. The `Auth` of the
 * application, or of the one that it is mounted on, is found by the request.
 *
 * Faults of the requirement are known only then: they are thrown to Koa.
 *
 * @param options - What the route asks of its users; nothing but a sign-in without it.
 * @param handler - Runs for those who are let in.
 * @returns A middleware of Koa.
 *
 * @example
 * ```ts
 * import { loginRequired } from 'identity-web/koa'
 *
 * router.get('/orders', loginRequired((ctx, { user }) => {
 *   ctx.body = ordersOf(user)
 * }))
 * ```
 * @public
 */
export const loginRequired: LoginRequired<Claims> = (first?: unknown, second?: unknown) => {
  const guardOf = guardOnce((auth: Auth) =>
    auth.loginRequired(
      first as ScopesRequired,
      second as GuardedHandler<TokenContext, any, object>,
    ),
  )
  return async (ctx: ParameterizedContext<any, object>, next: Next) => {
    const auth = owners.of(ctx)
    AuthBase.assertMounted(auth)
    await guardOf(auth)(ctx, next)
  }
}
