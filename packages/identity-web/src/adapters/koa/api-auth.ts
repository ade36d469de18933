import type { DefaultContext, DefaultState, Middleware } from 'koa'
import {
  createWebApi,
  type ApiAuthOptions,
  type AuthorizationContext,
  type AuthorizationRequirement,
  type ContextFor,
  type UserContext,
} from '../../api/index.ts'
import { ApiAuthBase, apiOf } from '../base/api-auth.ts'
import { appFirst, bindMethod, type AppApi, type AppFirst } from '../base/app-auth.ts'
import { toEnvironment } from '../base/environment.ts'
import { authorizationGuard, type Exactly } from '../base/guards.ts'
import { sendResponse, toHandler, type App, type GuardedHandler } from './respond.ts'

/** The state that `authorizationRequired()` adds as middleware. @public */
export interface AuthorizationState<Context = AuthorizationContext> {
  /** The caller. */
  readonly authorization: Context
}

/** The type of {@link ApiAuth.authorizationRequired}. @public */
export type AuthorizationRequired = ApiAuth['authorizationRequired']

/** Protects the web API of a Koa application (2 or 3) with access tokens, and calls other APIs for its users. @public */
export class ApiAuth extends ApiAuthBase implements AppApi<App> {
  /**
   * Protects an API. Guards do not need the application.
   * It does not throw: configuration errors are logged at start, and guarded routes return them with status 500.
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
   * It does not throw: configuration errors are logged at start, and guarded routes return them with status 500.
   * @param app - The outermost Koa application. A mounted one only receives requests below its path.
   * @param options - Missing options are read from environment variables.
   * @example const api = new ApiAuth(app, { resource: 'https://api.contoso.com' })
   */
  constructor(app: App, options?: ApiAuthOptions)
  constructor(...given: AppFirst<App, ApiAuthOptions>) {
    const { app, options } = appFirst<App, ApiAuthOptions>('use', given)
    super(createWebApi(options, toEnvironment()))
    bindMethod(this, 'authorizationRequired')
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

  authorizationRequired<
    const Requirement extends AuthorizationRequirement,
    StateT = DefaultState,
    ContextT = DefaultContext,
  >(
    requirement: Exactly<Requirement>,
    handler: GuardedHandler<ContextFor<Requirement>, StateT, ContextT>,
  ): Middleware<StateT, ContextT>
  authorizationRequired<StateT = DefaultState, ContextT = DefaultContext>(
    handler: GuardedHandler<UserContext, StateT, ContextT>,
  ): Middleware<StateT, ContextT>
  authorizationRequired<const Requirement extends AuthorizationRequirement>(
    requirement: Exactly<Requirement>,
  ): Middleware<AuthorizationState<ContextFor<Requirement>>, object>
  authorizationRequired(): Middleware<AuthorizationState, object>
  authorizationRequired(...given: readonly unknown[]): Middleware<any, object> {
    return toHandler(authorizationGuard(this, given), 'authorization')
  }
}
