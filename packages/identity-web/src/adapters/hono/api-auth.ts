import type { Context, Env, Handler, Input, MiddlewareHandler } from 'hono'
import type { HandlerResponse } from 'hono/types'
import {
  createWebApi,
  type ApiAuthOptions,
  type AuthorizationContext,
  type AuthorizationRequirement,
  type ContextFor,
  type WebApi,
} from '../../api/index.ts'
import { ApiAuthBase } from '../base/api-auth.ts'
import { appFirst, type AppFirst, type Mountable } from '../base/app-first.ts'
import {
  declareRoute,
  perEnvironment,
  type OptionsFor,
  type PerEnvironment,
} from '../base/environment.ts'
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

/**
 * Guards routes of an API. Callers without a valid access token get a 401 or 403 response with `WWW-Authenticate`.
 *
 * If `getTokenOnBehalfOf` or `fetch` fails because the user must act, the guard tells the client so.
 * @public
 */
export interface AuthorizationRequired {
  /**
   * Guards a route by scopes or app roles. Other callers get a 401 or 403 response.
   *
   * @param requirement - The scopes that a user's token needs, and the app roles that an application's token needs.
   * @param handler - Runs for authorized callers. Its second argument is the context of the user or the application.
   * @throws {@link IdentityError} `configuration` for an invalid requirement, when you declare the route. On Workers,
   *   `app.onError` receives it with the first request.
   * @example
   * ```ts
   * app.get('/todos', api.authorizationRequired({ scopes: ['Todos.Read'] }, (c, { user }) => c.json(todosOf(user))))
   * ```
   */
  <
    const Requirement extends AuthorizationRequirement,
    E extends Env,
    P extends string,
    I extends Input,
    R extends HandlerResponse<any>,
  >(
    requirement: Exactly<Requirement>,
    handler: GuardedHandler<ContextFor<Requirement>, E, P, I, R>,
  ): Handler<E, P, I, R>
  /**
   * Guards a route for every caller whose token for this API has a scope or an app role.
   *
   * @param handler - Runs for authorized callers. Its second argument is the context.
   * @throws {@link IdentityError} `configuration` if `handler` is not a function.
   * @example app.get('/me', api.authorizationRequired((c, { claims }) => c.json(claims)))
   */
  <E extends Env, P extends string, I extends Input, R extends HandlerResponse<any>>(
    handler: GuardedHandler<AuthorizationContext, E, P, I, R>,
  ): Handler<E, P, I, R>
  /**
   * Makes a middleware that requires scopes or app roles. It stores the context as `c.var.authorization`.
   *
   * @param requirement - The scopes that a user's token needs, and the app roles that an application's token needs.
   * @throws {@link IdentityError} `configuration` for an invalid requirement, when you declare the route.
   * @example app.use('/admin/*', api.authorizationRequired({ roles: ['Admin.All'] }))
   */
  <const Requirement extends AuthorizationRequirement>(
    requirement: Exactly<Requirement>,
  ): MiddlewareHandler<AuthorizationEnv<ContextFor<Requirement>>>
  /**
   * Makes a middleware that requires a token with a scope or an app role. It stores the context as
   * `c.var.authorization`. It does not throw.
   *
   * @example app.use(api.authorizationRequired())
   */
  (): MiddlewareHandler<AuthorizationEnv>
}

/** Returns the cores of an `ApiAuth`, for `auth.or(api)`. A friend function: editors do not offer it. */
export let apisOf: <Bindings extends object>(
  api: ApiAuth<Bindings>,
) => PerEnvironment<WebApi, Context>

/**
 * Protects the web API of a Hono application with access tokens, and calls other APIs for its users.
 *
 * @typeParam Bindings - The environment that the options depend on.
 * @public
 */
export class ApiAuth<Bindings extends object = object>
  extends ApiAuthBase
  implements Mountable<App>
{
  readonly #apis: PerEnvironment<WebApi, Context>

  static {
    apisOf = (api) => api.#apis
  }

  /**
   * Protects an API. Guards do not need the application.
   *
   * It does not throw: configuration errors are logged at start, and guarded routes return them with status 500.
   *
   * @param options - Missing options are read from the environment. A function receives its bindings.
   * @example
   * ```ts
   * const api = new ApiAuth({
   *   authority: 'https://login.microsoftonline.com/contoso.onmicrosoft.com',
   *   clientId: '22222222-3333-4444-5555-666666666666',
   * })
   * ```
   */
  constructor(options?: OptionsFor<ApiAuthOptions, Bindings>)
  /**
   * Protects an API and mounts the route that describes it to clients (RFC 9728), if `resource` is set.
   *
   * It does not throw: configuration errors are logged at start, and guarded routes return them with status 500.
   *
   * @param app - The Hono application.
   * @param options - Missing options are read from the environment. A function receives its bindings.
   * @example const api = new ApiAuth(app, { resource: 'https://api.contoso.com' })
   */
  constructor(app: App, options?: OptionsFor<ApiAuthOptions, Bindings>)
  constructor(...given: AppFirst<App, OptionsFor<ApiAuthOptions, Bindings>>) {
    const { app, options } = appFirst<App, OptionsFor<ApiAuthOptions, Bindings>>('use', given)
    const apis = perEnvironment(options, createWebApi, environmentsFor(options))
    super(() => apis.of())
    this.#apis = apis
    if (app !== undefined) this.initApp(app)
  }

  initApp(app: App): this {
    app.use(async (c, next) => {
      const api = this.#apis.of(c)
      const route = api.route(pathAndQuery(c.req.url), c.req.method)
      if (route === undefined) return next()
      // The description contains the scopes of all routes, called or not.
      for (const declare of this.#apis.declared) declare(api)
      return sendResponse(c, route)
    })
    return this
  }

  /** Guards a route with access tokens. */
  readonly authorizationRequired: AuthorizationRequired = (...given: readonly unknown[]) =>
    toHandler<AuthorizationContext>(
      declareRoute(this.#apis, (api) => authorizationGuard(this, given, api)),
      'authorization',
      (c, error) => this.#apis.of(c).relay(error),
    )
}
