import type { Env, Handler, Input, MiddlewareHandler } from 'hono'
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
import { appFirst } from '../base/app-first.ts'
import { authorizationGuard, guardOnce } from '../base/guards.ts'
import { pathAndQuery } from '../request-response.ts'
import { perEnvironment, type OptionsFor, type PerEnvironment } from './environments.ts'
import { around, protect, type App, type GuardedHandler } from './respond.ts'

/**
 * What the handlers behind `authorizationRequired()` as middleware find on `c.var`, as Hono is told of it.
 *
 * @public
 */
export interface AuthorizationEnv<Known = AuthorizationContext> {
  /** What the middleware adds to those of the application. */
  readonly Variables: {
    /** Whoever calls. */
    readonly authorization: Known
  }
}

/**
 * Lets callers with a good access token through, and answers others as clients of APIs expect it: 401 and 403 with
 * `WWW-Authenticate`, and a JSON body.
 *
 * An error of `getTokenOnBehalfOf` or `fetch` that is the user's to solve becomes the answer to the client, with a
 * handler and as middleware alike.
 *
 * @param requirement - What the route asks of its callers; without it, any token for this API with a scope or a role.
 * @param handler - Runs for those who are let in.
 * @returns A handler or a middleware of Hono.
 * @throws {@link IdentityError} `configuration`, when the route is declared, for a requirement that makes no sense. On
 *   Workers it is known with the first request, and reaches `app.onError`.
 *
 * @example For users by their client's scope, and for applications by their role; a whole part of the application
 * ```ts
 * app.get('/todos', api.authorizationRequired({ scopes: ['Todos.Read'], roles: ['Todos.Read.All'] }, (c, { user }) =>
 *   c.json(user === undefined ? allTodos() : todosOf(user)),
 * ))
 * app.use('/admin/*', api.authorizationRequired({ roles: ['Admin.All'] }))
 * ```
 * @public
 */
export interface AuthorizationRequired {
  /** The handler's second argument is the context: of a user or an application, as the requirement has it. */
  <
    const Requirement extends AuthorizationRequirement,
    E extends Env,
    P extends string,
    I extends Input,
    R extends HandlerResponse<any>,
  >(
    requirement: Requirement &
      Record<Exclude<keyof Requirement, keyof AuthorizationRequirement>, never>,
    handler: GuardedHandler<ContextFor<Requirement>, E, P, I, R>,
  ): Handler<E, P, I, R>
  /** For whoever has a token for this API with a scope or a role. */
  <E extends Env, P extends string, I extends Input, R extends HandlerResponse<any>>(
    handler: GuardedHandler<AuthorizationContext, E, P, I, R>,
  ): Handler<E, P, I, R>
  /** As middleware: puts the context on `c.var.authorization`. */
  <const Requirement extends AuthorizationRequirement>(
    requirement: Requirement &
      Record<Exclude<keyof Requirement, keyof AuthorizationRequirement>, never>,
  ): MiddlewareHandler<AuthorizationEnv<ContextFor<Requirement>>>
  /** As middleware, for whoever has a token for this API with a scope or a role. */
  (): MiddlewareHandler<AuthorizationEnv>
}

/**
 * Protects the web API of a Hono application by access tokens, and calls other APIs on behalf of its users.
 *
 * Faults of the configuration don't throw: they are logged at start, and every guarded route answers 500 with them.
 *
 * @typeParam Bindings - The environment that options are made of.
 *
 * @example
 * ```ts
 * import { Hono } from 'hono'
 * import { ApiAuth } from 'identity-web/hono'
 *
 * const app = new Hono()
 * const api = new ApiAuth({
 *   authority: 'https://login.microsoftonline.com/contoso.onmicrosoft.com',
 *   clientId: '22222222-3333-4444-5555-666666666666',
 * })
 *
 * app.get('/todos', api.authorizationRequired({ scopes: ['Todos.Read'] }, (c, { user }) => c.json({ todosOf: user.oid })))
 * ```
 * @public
 */
export class ApiAuth<Bindings extends object = object> extends ApiAuthBase {
  readonly #coreOf: PerEnvironment<WebApi>
  readonly #declared: ((core: WebApi) => unknown)[] = []

  /** @param options - Those not given are read from the environment; a function gets the environment's bindings. */
  constructor(options?: OptionsFor<ApiAuthOptions, Bindings>)
  /**
   * @param app - Gets the route at which the API describes itself (RFC 9728), where `resource` is set.
   * @param options - Those not given are read from the environment; a function gets the environment's bindings.
   */
  constructor(app: App, options?: OptionsFor<ApiAuthOptions, Bindings>)
  constructor(
    ...given: [
      first?: App | OptionsFor<ApiAuthOptions, Bindings>,
      second?: OptionsFor<ApiAuthOptions, Bindings>,
    ]
  ) {
    const { app, options } = appFirst<App, OptionsFor<ApiAuthOptions, Bindings>>('use', given)
    const coreOf = perEnvironment(options, createWebApi)
    super(coreOf)
    this.#coreOf = coreOf
    if (app !== undefined) this.initApp(app)
  }

  /**
   * Serves the API's description of itself (RFC 9728) at `/.well-known/oauth-protected-resource`, where `resource` is
   * set: the same as giving the application to the constructor. Guards work without it.
   *
   * @param app - A Hono application.
   * @returns This object.
   *
   * @example
   * ```ts
   * const api = new ApiAuth({ resource: 'https://api.contoso.com' })
   * api.initApp(app)
   * ```
   */
  initApp(app: App): this {
    app.use(async (c, next) => {
      const core = this.#coreOf(c)
      const route = core.route(pathAndQuery(c.req.url), c.req.method)
      if (route === undefined) return next()
      // The description lists the scopes of all routes, also of those that nobody called yet in this environment.
      for (const declare of this.#declared) declare(core)
      return around(c, route)
    })
    return this
  }

  /**
   * Guards a route by access tokens: see {@link AuthorizationRequired}.
   *
   * @example
   * ```ts
   * app.get('/todos', api.authorizationRequired({ scopes: ['Todos.Read'] }, (c, { user }) => c.json(user)))
   * ```
   */
  readonly authorizationRequired: AuthorizationRequired = (...given: readonly unknown[]) => {
    const guardOf = guardOnce((core: WebApi) => authorizationGuard(this, given, core))
    ApiAuth.declare(this, guardOf)
    return protect<AuthorizationContext>((c) => guardOf(this.#coreOf(c)), {
      keep: (c, context) => c.set('authorization', context),
      relay: (c, error) => this.#coreOf(c).respondToClientError(error),
    })
  }

  /** Notes a route's guard. Its faults show at once where they can. @internal */
  static declare<Bindings extends object>(
    api: ApiAuth<Bindings>,
    guardOf: (core: WebApi) => unknown,
  ): void {
    api.#declared.push(guardOf)
    if (api.#coreOf.isKnown) guardOf(api.#coreOf())
  }

  /** Protection for a request's environment, for `auth.or(api)`. @internal */
  static coreOf<Bindings extends object>(api: ApiAuth<Bindings>): PerEnvironment<WebApi> {
    return api.#coreOf
  }
}
