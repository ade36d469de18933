import type { Context, Env, Handler, Input, MiddlewareHandler, Next } from 'hono'
import type { HandlerResponse } from 'hono/types'
import type { WebApi } from '../../api/index.ts'
import {
  createWebAuth,
  type AuthOptions,
  type Claims,
  type LoginContext,
  type LoginRequirement,
  type ScopesRequired,
  type TokenContext,
  type WebAuth,
} from '../../web/index.ts'
import { appFirst } from '../base/app-first.ts'
import { AuthBase, type Calls, type Host } from '../base/auth.ts'
import { eitherGuard, eitherRequirement, type AnyContext } from '../base/either.ts'
import { guardOnce, loginGuard } from '../base/guards.ts'
import {
  httpContextOf,
  pathAndQuery,
  runRoute,
  type RequestHttpContext,
} from '../request-response.ts'
import { ApiAuth } from './api-auth.ts'
import type { Either } from './either.ts'
import { perEnvironment, type OptionsFor, type PerEnvironment } from './environments.ts'
import { answer, around, protect, unread, type App, type GuardedHandler } from './respond.ts'

/**
 * What the handlers behind `loginRequired()` as middleware find on `c.var`, as Hono is told of it.
 *
 * @public
 */
export interface LoginEnv<Known = LoginContext> {
  /** What the middleware adds to those of the application. */
  readonly Variables: {
    /** The signed-in user, and with scopes the token. */
    readonly auth: Known
  }
}

/**
 * Lets signed-in users through and brings others to the provider, and back to the page that they wanted.
 * Scripts are answered 401 with a JSON body that holds the login URL.
 *
 * @param options - What the route asks of its users; nothing but a sign-in without it.
 * @param handler - Runs for those who are let in.
 * @returns A handler or a middleware of Hono.
 * @throws {@link IdentityError} `configuration`, when the route is declared: for scopes of several APIs, since an
 *   access token is for one, and for `acrs` and `maxAge` that make no sense. On Workers it is known with the first
 *   request, and reaches `app.onError`.
 *
 * @example An access token for Microsoft Graph; a whole part of the application for signed-in users
 * ```ts
 * app.get('/mail', auth.loginRequired({ scopes: ['Mail.Read'] }, async (c, context) => {
 *   const answer = await context.fetch('https://graph.microsoft.com/v1.0/me/messages')
 *   return c.json(await answer.json())
 * }))
 * app.get('/account', auth.loginRequired(), (c) => c.text(`Hello, ${c.var.auth.user.name}`))
 * ```
 * @public
 */
export interface LoginRequired<User> {
  /**
   * With an access token for the scopes; consent is asked for on the way. The handler's second argument is the context.
   */
  <E extends Env, P extends string, I extends Input, R extends HandlerResponse<any>>(
    options: ScopesRequired,
    handler: GuardedHandler<TokenContext<User>, E, P, I, R>,
  ): Handler<E, P, I, R>
  /** Without an access token. */
  <E extends Env, P extends string, I extends Input, R extends HandlerResponse<any>>(
    options: LoginRequirement,
    handler: GuardedHandler<LoginContext<User>, E, P, I, R>,
  ): Handler<E, P, I, R>
  /** With nothing to ask but that somebody is signed in. */
  <E extends Env, P extends string, I extends Input, R extends HandlerResponse<any>>(
    handler: GuardedHandler<LoginContext<User>, E, P, I, R>,
  ): Handler<E, P, I, R>
  /** As middleware, with an access token: puts the context on `c.var.auth`. */
  (options: ScopesRequired): MiddlewareHandler<LoginEnv<TokenContext<User>>>
  /** As middleware: puts the context on `c.var.auth`. */
  (options?: LoginRequirement): MiddlewareHandler<LoginEnv<LoginContext<User>>>
}

// Which `Auth` a request's application has: for the stand-alone `loginRequired`.
const owners = new WeakMap<Context, Auth>()

interface HonoCalls extends Calls {
  readonly route: [c: Context]
  readonly request: [c: Context]
  readonly reply: Response
}

const HOST: Host<HonoCalls> = {
  arity: { route: 1, request: 1 },
  answer: ([c], route) => answer(c, route),
  http: ([c]) => httpContextOf(c.req.raw, c),
}

/**
 * Signs the users of a Hono application in, keeps their sessions and gets their tokens.
 *
 * Faults of the configuration don't throw: they are logged at start and shown on the login page.
 *
 * On Workers the environment comes with the requests: options that are not given are read from its bindings, and a
 * function in the place of the options gets them. Each environment has its own settings.
 *
 * @typeParam User - What `onLogin` returns; the ID token's claims without it.
 * @typeParam Bindings - The environment that options are made of.
 *
 * @example
 * ```ts
 * import { Hono } from 'hono'
 * import { Auth } from 'identity-web/hono'
 *
 * const app = new Hono()
 * const auth = new Auth(app, {
 *   authority: 'https://login.microsoftonline.com/contoso.onmicrosoft.com',
 *   clientId: '11111111-2222-3333-4444-555555555555',
 *   redirectUri: 'http://localhost:5000/redirect',
 * })
 *
 * app.get('/', auth.loginRequired((c, { user }) => c.text(`Hello, ${user.name}`)))
 * ```
 * @example Workers, with settings of the bindings
 * ```ts
 * const auth = new Auth(app, (env: { readonly SECRET: string }) => ({ session: { secret: env.SECRET } }))
 * ```
 * @public
 */
export class Auth<User = Claims, Bindings extends object = object> extends AuthBase<
  User,
  HonoCalls
> {
  readonly #coreOf: PerEnvironment<WebAuth<User>>

  /**
   * For an application that is made later: call {@link Auth.initApp} then.
   *
   * @param options - Those not given are read from the environment; a function gets the environment's bindings. Faults
   *   don't throw: they are logged and shown on the login page.
   */
  constructor(options?: OptionsFor<AuthOptions<User>, Bindings>)
  /**
   * @param app - Gets the routes for login, logout and the callback, at the paths that follow from `redirectUri`.
   * @param options - Those not given are read from the environment; a function gets the environment's bindings. Faults
   *   don't throw: they are logged and shown on the login page.
   */
  constructor(app: App, options?: OptionsFor<AuthOptions<User>, Bindings>)
  constructor(
    ...given: [
      first?: App | OptionsFor<AuthOptions<User>, Bindings>,
      second?: OptionsFor<AuthOptions<User>, Bindings>,
    ]
  ) {
    const { app, options } = appFirst<App, OptionsFor<AuthOptions<User>, Bindings>>('use', given)
    const coreOf = perEnvironment(options, createWebAuth<User>)
    super(coreOf, HOST)
    this.#coreOf = coreOf
    if (app !== undefined) this.initApp(app)
  }

  /**
   * Mounts the routes on an application that was not there yet when this object was made.
   *
   * Call it before the application declares its own routes: Hono runs what was declared first, and only what comes
   * after can store what {@link Auth.getUser} renews. Until it was called, guards throw a `configuration` error.
   *
   * @param app - A Hono application, also one that becomes a part of another by `route()` or has a `basePath()`:
   *   `redirectUri` has the whole path.
   * @returns This object.
   *
   * @example An application that is made by a function
   * ```ts
   * const auth = new Auth({ redirectUri: 'http://localhost:5000/redirect' })
   *
   * export function createApp() {
   *   const app = new Hono()
   *   auth.initApp(app)
   *   return app
   * }
   * ```
   */
  initApp(app: App): this {
    AuthBase.setMounted(this)
    app.use((c, next) => {
      owners.set(c, this as unknown as Auth)
      const route = this.#coreOf(c).route(pathAndQuery(c.req.url), c.req.method)
      return around(c, async () => {
        if (route !== undefined) return runRoute(await unread(c), route)
        await next()
        return c.res
      })
    })
    return this
  }

  /**
   * Guards a route, so that its handler always has a user: see {@link LoginRequired}.
   *
   * @example
   * ```ts
   * app.get('/', auth.loginRequired((c, { user }) => c.json(user)))
   * ```
   */
  readonly loginRequired: LoginRequired<User> = (...given: readonly unknown[]) => {
    const guardOf = guardOnce((core: WebAuth<User>) => loginGuard(this, given, core))
    // Faults of the route show at once, where they can.
    if (this.#coreOf.isKnown) guardOf(this.#coreOf())
    return protect<LoginContext<User>>((c) => guardOf(this.#coreOf(c)), {
      keep: (c, context) => c.set('auth', context),
    })
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
   * app.get('/todos', either.required({ authorization: { scopes: ['Todos.Read'] } }, (c, context) =>
   *   c.json('token' in context ? listFor(context.claims) : listFor(context.user)),
   * ))
   * ```
   */
  or<ApiBindings extends object>(api: ApiAuth<ApiBindings>): Either<User> {
    const apiOf = ApiAuth.coreOf(api)
    return {
      required: (...given: readonly unknown[]) => {
        const guardOf = guardOnce((web: WebAuth<User>) =>
          guardOnce((core: WebApi) => eitherGuard({ auth: this, api }, given, { web, api: core })),
        )
        const { authorization } = eitherRequirement(given)
        ApiAuth.declare(api, (core) => core.guard(authorization))
        if (this.#coreOf.isKnown && apiOf.isKnown) guardOf(this.#coreOf())(apiOf())
        return protect<AnyContext<User>>((c) => guardOf(this.#coreOf(c))(apiOf(c)))
      },
    }
  }
}

const httpContextIn = (c: Context): RequestHttpContext => httpContextOf(c.req.raw, c)

/**
 * {@link Auth.loginRequired} for code that has no `Auth` object: a part of the application in a file of its own. The
 * `Auth` of the application, or of the one that this is a part of, is found by the request.
 *
 * Faults of the requirement are known only then: they reach `app.onError`.
 *
 * @param options - What the route asks of its users; nothing but a sign-in without it.
 * @param handler - Runs for those who are let in.
 * @returns A handler or a middleware of Hono.
 *
 * @example
 * ```ts
 * import { loginRequired } from 'identity-web/hono'
 *
 * orders.get('/orders', loginRequired((c, { user }) => c.json(ordersOf(user))))
 * ```
 * @public
 */
export const loginRequired: LoginRequired<Claims> = (first?: unknown, second?: unknown) => {
  const guardOf = guardOnce((auth: Auth) =>
    auth.loginRequired(first as ScopesRequired, second as GuardedHandler<TokenContext>),
  )
  return async (c: Context, next: Next) => {
    const auth = owners.get(c)
    AuthBase.assertMounted(auth)
    return guardOf(auth)(c, next) as Promise<Response>
  }
}
