import type { Env, Handler, Input, MiddlewareHandler } from 'hono'
import type { HandlerResponse } from 'hono/types'
import type {
  ApiAuthOptions,
  AuthorizationContext,
  AuthorizationRequirement,
  ContextFor,
  UserContext,
} from '../../api/index.ts'
import {
  apisOf,
  createApiAuthBase,
  startIn,
  type ApiAuthBase,
  type AppApi,
  type Exactly,
  type OptionsFor,
} from '../../members/index.ts'
import { pathAndQuery } from '../request-response.ts'
import { environmentsFor } from './environments.ts'
import { GUARDS, HOST, respond, type App, type GuardedHandler, type HonoCalls } from './respond.ts'

/** The variables that `authorizationRequired()` adds to `c.var` as middleware. @public */
export interface AuthorizationEnv<Known = AuthorizationContext> {
  /** The added variables. */
  readonly Variables: {
    /** The caller. */
    readonly identity: Known
  }
}

/** The type of {@link ApiAuth.authorizationRequired}. @public */
export type AuthorizationRequired = ApiAuth['authorizationRequired']

/** The constructor of {@link ApiAuth}, whose options may depend on the environment of a request. */
interface Constructor {
  /**
   * Protects an API. You do not need to pass the application to use the guards.
   * It does not throw. The first guard checks the options, as `new ApiAuth(app)` does.
   * @param options - Missing options are read from the environment. A function receives its bindings.
   * @example
   * ```ts
   * const api = new ApiAuth({
   *   authority: 'https://login.microsoftonline.com/contoso.onmicrosoft.com',
   *   clientId: '22222222-3333-4444-5555-666666666666',
   * })
   * ```
   */
  new <Bindings extends object>(
    options?: OptionsFor<ApiAuthOptions, Bindings>,
  ): ApiAuthBase<HonoCalls>
  /**
   * Protects an API and mounts the route that describes it to clients (RFC 9728), if `resource` is set.
   * On Workers, and in development, wrong options do not throw. Guarded routes respond with 503 in production.
   * @throws IdentityError `configuration` with all problems of the options, in production only, and not if
   *   `strictStart` is `false`.
   * @param app - The Hono application.
   * @param options - Missing options are read from the environment. A function receives its bindings.
   * @example const api = new ApiAuth(app, { resource: 'https://api.contoso.com' })
   */
  new <Bindings extends object>(
    app: App,
    options?: OptionsFor<ApiAuthOptions, Bindings>,
  ): ApiAuthBase<HonoCalls>
}

const Base = createApiAuthBase({ method: 'use', host: HOST, environmentsFor }) as Constructor

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
    mountApi(this, app)
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
  >(handler: GuardedHandler<UserContext, E, P, I, R>): Handler<E, P, I, R>
  authorizationRequired<const Requirement extends AuthorizationRequirement>(
    requirement: Exactly<Requirement>,
  ): MiddlewareHandler<AuthorizationEnv<ContextFor<Requirement>>>
  authorizationRequired(): MiddlewareHandler<AuthorizationEnv<UserContext>>
  authorizationRequired(...given: readonly unknown[]): Handler & MiddlewareHandler {
    return GUARDS.authorization(this, given)
  }
}

/** Mounts the routes that need no token. */
export function mountApi(owner: ApiAuthBase<HonoCalls>, app: App): void {
  startIn(owner)
  const apis = apisOf(owner)
  app.use((c, next) => {
    const api = apis.of(c)
    const route = api.route(pathAndQuery(c.req.url), c.req.method)
    if (route === undefined) return next()
    // The description contains the scopes of all routes, called or not.
    for (const declare of apis.declared) declare(api)
    return respond(c, route)
  })
}
