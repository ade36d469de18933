import type { DefaultContext, DefaultState, Middleware } from 'koa'
import type {
  AuthorizationContext,
  AuthorizationRequirement,
  ContextFor,
  UserContext,
} from '../../api/index.ts'
import {
  apiOf,
  createApiAuthBase,
  sendErrorResponse,
  startIn,
  type ApiAuthBase,
  type ApiAuthConstructor,
  type ApiErrorScopes,
  type AppApi,
  type Exactly,
  type SendsApiResponse,
} from '../../members/index.ts'
import { HOST, GUARDS, respond, type App, type GuardedHandler, type KoaCalls } from './respond.ts'

/** The state that `authorizationRequired()` adds as middleware. @public */
export interface AuthorizationState<Context = AuthorizationContext> {
  /** The caller. */
  readonly identity: Context
}

/** The type of {@link ApiAuth.authorizationRequired}. @public */
export type AuthorizationRequired = ApiAuth['authorizationRequired']

const Base: ApiAuthConstructor<App, KoaCalls> = createApiAuthBase({ method: 'use', host: HOST })

/** Protects the web API of a Koa application (2 or 3) with access tokens, and calls other APIs for its users. @public */
export class ApiAuth extends Base implements AppApi<App>, SendsApiResponse {
  initApp(app: App): this {
    mountApi(this, app)
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
    return GUARDS.authorization(this, given)
  }

  sendResponse(
    ...args: [...KoaCalls['route'], error: unknown, options?: ApiErrorScopes]
  ): Promise<void> {
    return sendErrorResponse(HOST, args, this)
  }
}

/** Mounts the routes that need no token. */
export function mountApi(owner: ApiAuthBase<KoaCalls>, app: App): void {
  startIn(owner)
  const api = apiOf(owner)
  app.use(async (ctx, next) => {
    const route = api.route(ctx.originalUrl, ctx.method)
    if (route === undefined) await next()
    else await respond(ctx, route)
  })
}
