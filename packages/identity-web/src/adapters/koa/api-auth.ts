import type { DefaultContext, DefaultState, Middleware } from 'koa'
import {
  createWebApi,
  type ApiAuthOptions,
  type AuthorizationContext,
  type AuthorizationRequirement,
  type ContextFor,
} from '../../api/index.ts'
import { ApiAuthBase } from '../base/api-auth.ts'
import { appFirst } from '../base/app-first.ts'
import { toEnvironment } from '../base/environment.ts'
import { authorizationGuard } from '../base/guards.ts'
import { protect, respond, type App, type GuardedHandler } from './respond.ts'

/**
 * What the middleware behind `authorizationRequired()` as middleware finds on `ctx.state`.
 *
 * @public
 */
export interface AuthorizationState<Known = AuthorizationContext> {
  /** Whoever calls. */
  readonly authorization: Known
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
 * @returns A middleware of Koa.
 * @throws {@link IdentityError} `configuration`, when the route is declared, for a requirement that makes no sense.
 *
 * @example For users by their client's scope, and for applications by their role; all that is behind it
 * ```ts
 * router.get('/todos', api.authorizationRequired({ scopes: ['Todos.Read'], roles: ['Todos.Read.All'] }, (ctx, { user }) => {
 *   ctx.body = user === undefined ? allTodos() : todosOf(user)
 * }))
 * admin.use(api.authorizationRequired({ roles: ['Admin.All'] }))
 * ```
 * @public
 */
export interface AuthorizationRequired {
  /** The handler's second argument is the context: of a user or an application, as the requirement has it. */
  <
    const Requirement extends AuthorizationRequirement,
    StateT = DefaultState,
    ContextT = DefaultContext,
  >(
    requirement: Requirement &
      Record<Exclude<keyof Requirement, keyof AuthorizationRequirement>, never>,
    handler: GuardedHandler<ContextFor<Requirement>, StateT, ContextT>,
  ): Middleware<StateT, ContextT>
  /** For whoever has a token for this API with a scope or a role. */
  <StateT = DefaultState, ContextT = DefaultContext>(
    handler: GuardedHandler<AuthorizationContext, StateT, ContextT>,
  ): Middleware<StateT, ContextT>
  /** As middleware: puts the context on `ctx.state.authorization`. */
  <const Requirement extends AuthorizationRequirement>(
    requirement: Requirement &
      Record<Exclude<keyof Requirement, keyof AuthorizationRequirement>, never>,
  ): Middleware<AuthorizationState<ContextFor<Requirement>>, object>
  /** As middleware, for whoever has a token for this API with a scope or a role. */
  (): Middleware<AuthorizationState, object>
}

/**
 * Protects the web API of a Koa application (2 or 3) by access tokens, and calls other APIs on behalf of its users.
 *
 * Faults of the configuration don't throw: they are logged at start, and every guarded route answers 500 with them.
 *
 * @example
 * ```ts
 * import Koa from 'koa'
 * import { ApiAuth } from 'identity-web/koa'
 *
 * const app = new Koa()
 * const api = new ApiAuth(app, {
 *   authority: 'https://login.microsoftonline.com/contoso.onmicrosoft.com',
 *   clientId: '22222222-3333-4444-5555-666666666666',
 * })
 *
 * app.use(api.authorizationRequired({ scopes: ['Todos.Read'] }, (ctx, { user }) => {
 *   ctx.body = { todosOf: user.oid }
 * }))
 * app.listen(5000)
 * ```
 * @public
 */
export class ApiAuth extends ApiAuthBase {
  /** @param options - Those not given are read from the environment. */
  constructor(options?: ApiAuthOptions)
  /**
   * @param app - Gets the route at which the API describes itself (RFC 9728), where `resource` is set.
   * @param options - Those not given are read from the environment.
   */
  constructor(app: App, options?: ApiAuthOptions)
  constructor(...given: [first?: App | ApiAuthOptions, second?: ApiAuthOptions]) {
    const { app, options } = appFirst<App, ApiAuthOptions>('use', given)
    super(createWebApi(options, toEnvironment()))
    if (app !== undefined) this.initApp(app)
  }

  /**
   * Serves the API's description of itself (RFC 9728) at `/.well-known/oauth-protected-resource`, where `resource` is
   * set: the same as giving the application to the constructor. Guards work without it.
   *
   * @param app - A Koa application. One that is mounted gets only what is below its path: give it the outermost.
   * @returns This object.
   *
   * @example
   * ```ts
   * const api = new ApiAuth({ resource: 'https://api.contoso.com' })
   * api.initApp(app)
   * ```
   */
  initApp(app: App): this {
    const api = ApiAuthBase.api(this)
    app.use(async (ctx, next) => {
      const route = api.route(ctx.originalUrl, ctx.method)
      if (route === undefined) await next()
      else await respond(ctx, await route())
    })
    return this
  }

  /**
   * Guards a route by access tokens: see {@link AuthorizationRequired}.
   *
   * @example
   * ```ts
   * router.get('/todos', api.authorizationRequired({ scopes: ['Todos.Read'] }, (ctx, { user }) => {
   *   ctx.body = user
   * }))
   * ```
   */
  readonly authorizationRequired: AuthorizationRequired = (...given: readonly unknown[]) =>
    protect(authorizationGuard(this, given), (ctx, context) => (ctx.state.authorization = context))
}
