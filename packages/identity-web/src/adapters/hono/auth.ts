import type { Context, Env, Handler, Input, MiddlewareHandler, Next } from 'hono'
import type { HandlerResponse } from 'hono/types'
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
import { appFirst, bindMethod, type AppAuth, type AppFirst } from '../base/app-auth.ts'
import { AuthBase, assertMounted, setMounted } from '../base/auth.ts'
import { declareRoute, createCores, type OptionsFor, type Cores } from '../base/environment.ts'
import { loginArguments, loginGuard, oncePer } from '../base/guards.ts'
import {
  declareSessionOrBearer,
  type EitherContext,
  type EitherGuardDocs,
  type EitherRequirement,
} from '../base/session-or-bearer.ts'
import { pathAndQuery } from '../request-response.ts'
import { apisOf, type ApiAuth } from './api-auth.ts'
import { environmentsFor } from './environments.ts'
import {
  HOST,
  respond,
  sendResponse,
  toHandler,
  type App,
  type GuardedHandler,
  type HonoCalls,
} from './respond.ts'

/** The variables that `loginRequired()` adds to `c.var` as middleware. @public */
export interface LoginEnv<Known = LoginContext> {
  /** The added variables. */
  readonly Variables: {
    /** The signed-in user, and the token if the middleware requires scopes. */
    readonly auth: Known
  }
}

/** Guards routes that accept a session or a bearer token. `auth.or(api)` returns it. @public */
export interface Either<User> extends EitherGuardDocs {
  required<
    const Requirement extends EitherRequirement,
    E extends Env,
    P extends string,
    I extends Input,
    R extends HandlerResponse<any>,
  >(
    requirement: Requirement,
    handler: GuardedHandler<EitherContext<User, Requirement>, E, P, I, R>,
  ): Handler<E, P, I, R>
  required<E extends Env, P extends string, I extends Input, R extends HandlerResponse<any>>(
    handler: GuardedHandler<EitherContext<User>, E, P, I, R>,
  ): Handler<E, P, I, R>
}

/** The type of {@link Auth.loginRequired}. @public */
export type LoginRequired<User> = Auth<User>['loginRequired']

// The `Auth` of the application that handles a request, for the stand-alone `loginRequired`.
const auths = new WeakMap<Context, AuthBase<unknown>>()

/**
 * Signs in the users of a Hono application, keeps their sessions and gets their tokens.
 *
 * On Workers, missing options are read from the bindings of each request, and a function can make options of them. Each
 * environment has its own settings.
 * @typeParam User - The return type of `onLogin`, or the claims of the ID token.
 * @typeParam Bindings - The environment that the options depend on.
 * @public
 */
export class Auth<User = Claims, Bindings extends object = object>
  extends AuthBase<User, HonoCalls>
  implements AppAuth<App>
{
  readonly #webs: Cores<WebAuth<User>, Context>

  /**
   * Prepares sign-in for an application that is created later. Pass it to {@link Auth.initApp} then.
   *
   * It does not throw: configuration errors are logged and shown on the login page.
   * @param options - Missing options are read from the environment. A function receives its bindings.
   * @example const auth = new Auth({ redirectUri: 'http://localhost:5000/redirect' })
   */
  constructor(options?: OptionsFor<AuthOptions<User>, Bindings>)
  /**
   * Mounts the routes for sign-in and sign-out, at the paths that follow from `redirectUri`.
   * It does not throw: configuration errors are logged and shown on the login page.
   * @param app - The Hono application. If it becomes a part of another one, `redirectUri` contains the whole path.
   * @param options - Missing options are read from the environment. A function receives its bindings.
   * @example
   * ```ts
   * const app = new Hono()
   * const auth = new Auth(app, {
   *   authority: 'https://login.microsoftonline.com/contoso.onmicrosoft.com',
   *   clientId: '11111111-2222-3333-4444-555555555555',
   *   redirectUri: 'http://localhost:5000/redirect',
   * })
   * // On Workers, with a setting from the bindings:
   * new Auth(app, (env: { readonly SECRET: string }) => ({ session: { secret: env.SECRET } }))
   * ```
   */
  constructor(app: App, options?: OptionsFor<AuthOptions<User>, Bindings>)
  constructor(...given: AppFirst<App, OptionsFor<AuthOptions<User>, Bindings>>) {
    const { app, options } = appFirst<App, OptionsFor<AuthOptions<User>, Bindings>>('use', given)
    const webs = createCores(options, createWebAuth<User>, environmentsFor(options))
    super((c) => webs.of(c as Context | undefined), HOST)
    this.#webs = webs
    bindMethod(this, 'loginRequired')
    if (app !== undefined) this.initApp(app)
  }

  initApp(app: App): this {
    setMounted(this)
    app.use((c, next) => {
      auths.set(c, this)
      const route = this.#webs.of(c).route(pathAndQuery(c.req.url), c.req.method)
      if (route !== undefined) return respond(c, route)
      return sendResponse(c, async () => {
        await next()
        return c.res
      })
    })
    return this
  }

  loginRequired<E extends Env, P extends string, I extends Input, R extends HandlerResponse<any>>(
    options: ScopesRequired,
    handler: GuardedHandler<TokenContext<User>, E, P, I, R>,
  ): Handler<E, P, I, R>
  loginRequired<E extends Env, P extends string, I extends Input, R extends HandlerResponse<any>>(
    options: LoginRequirement,
    handler: GuardedHandler<LoginContext<User>, E, P, I, R>,
  ): Handler<E, P, I, R>
  loginRequired<E extends Env, P extends string, I extends Input, R extends HandlerResponse<any>>(
    handler: GuardedHandler<LoginContext<User>, E, P, I, R>,
  ): Handler<E, P, I, R>
  loginRequired(options: ScopesRequired): MiddlewareHandler<LoginEnv<TokenContext<User>>>
  loginRequired(options?: LoginRequirement): MiddlewareHandler<LoginEnv<LoginContext<User>>>
  loginRequired(...given: readonly unknown[]): Handler & MiddlewareHandler {
    loginArguments(given)
    return toHandler<LoginContext<User>>(
      declareRoute(this.#webs, (web) => loginGuard(this, given, web)),
      'auth',
    )
  }

  or<ApiBindings extends object>(api: ApiAuth<ApiBindings>): Either<User> {
    return {
      required: (...given: readonly unknown[]) =>
        toHandler(declareSessionOrBearer({ auth: this, api }, given, [this.#webs, apisOf(api)])),
    }
  }
}

/**
 * Guards a route in a file that does not have the `Auth` object. It finds the `Auth` of the request's application.
 *
 * Scopes of several APIs are detected with the first request, and `app.onError` receives the error.
 * @example orders.get('/orders', loginRequired((c, { user }) => c.json(ordersOf(user))))
 * @public
 */
export const loginRequired: LoginRequired<Claims> = (...given: readonly unknown[]) => {
  // The requirement is checked when the route is declared.
  loginArguments(given)
  const handlerOf = oncePer((auth: Auth) =>
    auth.loginRequired(...(given as [ScopesRequired, GuardedHandler<TokenContext>])),
  )
  return async (c: Context, next: Next) => {
    const auth = auths.get(c)
    assertMounted(auth)
    return handlerOf(auth as Auth)(c, next) as Promise<Response>
  }
}
