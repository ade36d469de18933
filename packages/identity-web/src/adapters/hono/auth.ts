import type { Context, Env, Handler, Input, MiddlewareHandler } from 'hono'
import { routePath } from 'hono/route'
import type { HandlerResponse } from 'hono/types'
import {
  createAuthBase,
  startIn,
  stateOf,
  type AppAuth,
  type AuthBase,
  type AuthConstructor,
  type EitherGuardDocs,
} from '../../members/index.ts'
import type { RegisteredUser } from '../../registered-user.ts'
import type { EitherContext, EitherRequirement } from '../../session-or-bearer/index.ts'
import type {
  Claims,
  LoginContext,
  LoginRequirement,
  ScopesRequired,
  TokenContext,
} from '../../web/index.ts'
import { pathAndQuery } from '../request-response.ts'
import type { ApiAuth } from './api-auth.ts'
import { environmentsFor } from './environments.ts'
import {
  GUARDS,
  HOST,
  respond,
  passOnAll,
  type App,
  type GuardedHandler,
  type HonoCalls,
} from './respond.ts'

/** The variables that `loginRequired()` adds to `c.var` as middleware. @public */
export interface LoginEnv<Known = LoginContext<RegisteredUser>> {
  /** The added variables. */
  readonly Variables: {
    /** The signed-in user, and the token if the middleware requires scopes. */
    readonly identity: Known
  }
}

/** Guards routes that accept a session or a bearer token. `auth.orBearer(api)` returns it. @public */
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

/** The property with the `Auth` of the application that handles a request, for the stand-alone `loginRequired`. */
const AUTH = Symbol('identity-web auth')

type Mounted = Context & { [AUTH]?: AuthBase<unknown> }

const Base: AuthConstructor<App, HonoCalls> = createAuthBase({
  method: 'use',
  host: HOST,
  environmentsFor,
})

/**
 * Signs in the users of a Hono application, keeps their sessions and gets their tokens.
 *
 * On Workers, missing options are read from the bindings of each request. You can also pass a function that returns the
 * options for these bindings. Each environment has its own settings.
 * @typeParam User - The return type of `onLogin`, or the claims of the ID token.
 * @typeParam Bindings - The environment that the options depend on.
 * @public
 */
export class Auth<User = Claims, Bindings extends object = object>
  extends Base<User, Bindings>
  implements AppAuth<App>
{
  initApp(app: App): this {
    startIn(this)
    const { webOf } = stateOf(this)
    let mount: { readonly homePath: string } | undefined
    app.use((c, next) => {
      ;(c as Mounted)[AUTH] = this
      const web = webOf(c)
      // Hono distinguishes `/expenses` from `/expenses/`, and calls the home page of a mounted application `/expenses`.
      mount ??= { homePath: mountPathOf(c) }
      web.location.learn(mount.homePath, mount)
      const route = web.route(pathAndQuery(c.req.url), c.req.method)
      if (route !== undefined) return respond(c, route)
      return passOnAll(c, next)
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
    return GUARDS.login(this, given)
  }

  orBearer<ApiBindings extends object>(api: ApiAuth<ApiBindings>): Either<User> {
    return GUARDS.orBearer(this, api)
  }
}

/**
 * Returns the path under which an application is mounted. The middleware of the application has the path `<path>/*`.
 *
 * The helper of Hono works only with requests of the same copy of Hono, and an application can have another copy.
 */
function mountPathOf(c: Context): string {
  const { routePath: path = routePath(c) } = c.req as { readonly routePath?: string }
  return path.replace(/\/\*$/, '')
}

/**
 * Guards a route in a file that does not have the `Auth` object. It finds the `Auth` of the request's application.
 *
 * The type of its user is the `user` of `Register`, or else `unknown`, because TypeScript does not see the `Auth`.
 * Scopes of several APIs are detected with the first request, and `app.onError` receives the error.
 * @example orders.get('/orders', loginRequired((c, { user }) => c.json(ordersOf(user))))
 * @public
 */
export const loginRequired: LoginRequired<RegisteredUser> = (...given: readonly unknown[]) =>
  GUARDS.loginOfRequest(given, (c: Mounted) => c[AUTH])
