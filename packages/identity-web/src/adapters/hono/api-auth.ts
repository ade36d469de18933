import type { Context, Env, Handler, Input, MiddlewareHandler } from 'hono'
import type { HandlerResponse } from 'hono/types'
import type { AuthorizationContext, AuthorizationRequirement, ContextFor } from '../../api/index.ts'
import type { AppApi } from '../base/app-auth.ts'
import { apisOf, createApiAuthBase, type ApiAuthConstructor } from '../base/app-constructors.ts'
import { declareRoute } from '../base/environment.ts'
import { authorizationGuard, type Exactly } from '../base/guards.ts'
import { pathAndQuery } from '../request-response.ts'
import { environmentsFor } from './environments.ts'
import { sendResponse, toHandler, type App, type GuardedHandler } from './respond.ts'

/** The variables that `authorizationRequired()` adds to `c.var` as middleware. @public */
export interface AuthorizationEnv<Known = AuthorizationContext> {
  /** The added variables. */
  readonly Variables: {
    /** The caller. */
    readonly authorization: Known
  }
}

/** The type of {@link ApiAuth.authorizationRequired}. @public */
export type AuthorizationRequired = ApiAuth['authorizationRequired']

const Base: ApiAuthConstructor<App> = createApiAuthBase({ method: 'use', environmentsFor })

/**
 * Protects the web API of a Hono application with access tokens, and calls other APIs for its users.
 * @typeParam Bindings - The environment that the options depend on.
 * @public
 */
export class ApiAuth<Bindings extends object = object>
  extends Base<Bindings>
  implements AppApi<App>
{
  initApp(app: App): this {
    const apis = apisOf(this)
    app.use(async (c, next) => {
      const api = apis.of(c)
      const route = api.route(pathAndQuery(c.req.url), c.req.method)
      if (route === undefined) return next()
      // The description contains the scopes of all routes, called or not.
      for (const declare of apis.declared) declare(api)
      return sendResponse(c, route)
    })
    return this
  }

  authorizationRequired<
    const Requirement extends AuthorizationRequirement,
    E extends Env,
    P extends string,
    I extends Input,
    R extends HandlerResponse<any>,
  >(
    requirement: Exactly<Requirement>,
    handler: GuardedHandler<ContextFor<Requirement>, E, P, I, R>,
  ): Handler<E, P, I, R>
  authorizationRequired<
    E extends Env,
    P extends string,
    I extends Input,
    R extends HandlerResponse<any>,
  >(handler: GuardedHandler<AuthorizationContext, E, P, I, R>): Handler<E, P, I, R>
  authorizationRequired<const Requirement extends AuthorizationRequirement>(
    requirement: Exactly<Requirement>,
  ): MiddlewareHandler<AuthorizationEnv<ContextFor<Requirement>>>
  authorizationRequired(): MiddlewareHandler<AuthorizationEnv>
  authorizationRequired(...given: readonly unknown[]): Handler & MiddlewareHandler {
    const apis = apisOf<Context>(this)
    return toHandler<AuthorizationContext>(
      declareRoute(apis, (api) => authorizationGuard(this, given, api)),
      'authorization',
      (c, error) => apis.of(c).respondToClientError(error),
    )
  }
}
