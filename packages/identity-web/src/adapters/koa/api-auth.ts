import type { DefaultContext, DefaultState, Middleware } from 'koa'
import {
  createWebApi,
  type ApiAuthOptions,
  type AuthorizationContext,
  type AuthorizationRequirement,
  type ContextFor,
} from '../../api/index.ts'
import { ApiAuthBase, apiOf } from '../base/api-auth.ts'
import { appFirst, type AppFirst, type Mountable } from '../base/app-first.ts'
import { toEnvironment } from '../base/environment.ts'
import { authorizationGuard, type Exactly } from '../base/guards.ts'
import { sendResponse, toHandler, type App, type GuardedHandler } from './respond.ts'

/** The state that `authorizationRequired()` adds as middleware. @public */
export interface AuthorizationState<Context = AuthorizationContext> {
  /** The caller. */
  readonly authorization: Context
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
   * @throws {@link IdentityError} `configuration` for an invalid requirement, when you declare the route.
   * @example
   * ```ts
   * router.get('/todos', api.authorizationRequired({ scopes: ['Todos.Read'] }, (ctx, { user }) => {
   *   ctx.body = { todosOf: user.oid }
   * }))
   * ```
   */
  <
    const Requirement extends AuthorizationRequirement,
    StateT = DefaultState,
    ContextT = DefaultContext,
  >(
    requirement: Exactly<Requirement>,
    handler: GuardedHandler<ContextFor<Requirement>, StateT, ContextT>,
  ): Middleware<StateT, ContextT>
  /**
   * Guards a route for every caller whose token for this API has a scope or an app role.
   *
   * @param handler - Runs for authorized callers. Its second argument is the context.
   * @throws {@link IdentityError} `configuration` if `handler` is not a function.
   * @example router.get('/me', api.authorizationRequired((ctx, { claims }) => void (ctx.body = claims)))
   */
  <StateT = DefaultState, ContextT = DefaultContext>(
    handler: GuardedHandler<AuthorizationContext, StateT, ContextT>,
  ): Middleware<StateT, ContextT>
  /**
   * Makes a middleware that requires scopes or app roles. It stores the context as `ctx.state.authorization`.
   *
   * @param requirement - The scopes that a user's token needs, and the app roles that an application's token needs.
   * @throws {@link IdentityError} `configuration` for an invalid requirement, when you declare the route.
   * @example admin.use(api.authorizationRequired({ roles: ['Admin.All'] }))
   */
  <const Requirement extends AuthorizationRequirement>(
    requirement: Exactly<Requirement>,
  ): Middleware<AuthorizationState<ContextFor<Requirement>>, object>
  /**
   * Makes a middleware that requires a token with a scope or an app role. It stores the context as
   * `ctx.state.authorization`. It does not throw.
   *
   * @example router.use(api.authorizationRequired())
   */
  (): Middleware<AuthorizationState, object>
}

/** Protects the web API of a Koa application (2 or 3) with access tokens, and calls other APIs for its users. @public */
export class ApiAuth extends ApiAuthBase implements Mountable<App> {
  /**
   * Protects an API. Guards do not need the application.
   *
   * It does not throw: configuration errors are logged at start, and guarded routes return them with status 500.
   *
   * @param options - Missing options are read from environment variables.
   * @example
   * ```ts
   * const api = new ApiAuth({
   *   authority: 'https://login.microsoftonline.com/contoso.onmicrosoft.com',
   *   clientId: '22222222-3333-4444-5555-666666666666',
   * })
   * ```
   */
  constructor(options?: ApiAuthOptions)
  /**
   * Protects an API and mounts the route that describes it to clients (RFC 9728), if `resource` is set.
   *
   * It does not throw: configuration errors are logged at start, and guarded routes return them with status 500.
   *
   * @param app - The outermost Koa application. A mounted one only receives requests below its path.
   * @param options - Missing options are read from environment variables.
   * @example const api = new ApiAuth(app, { resource: 'https://api.contoso.com' })
   */
  constructor(app: App, options?: ApiAuthOptions)
  constructor(...given: AppFirst<App, ApiAuthOptions>) {
    const { app, options } = appFirst<App, ApiAuthOptions>('use', given)
    super(createWebApi(options, toEnvironment()))
    if (app !== undefined) this.initApp(app)
  }

  initApp(app: App): this {
    const api = apiOf(this)
    app.use(async (ctx, next) => {
      const route = api.route(ctx.originalUrl, ctx.method)
      if (route === undefined) await next()
      else await sendResponse(ctx, await route())
    })
    return this
  }

  /** Guards a route with access tokens. */
  readonly authorizationRequired: AuthorizationRequired = (...given: readonly unknown[]) =>
    toHandler(authorizationGuard(this, given), 'authorization')
}
