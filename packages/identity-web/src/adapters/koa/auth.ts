import type { DefaultContext, DefaultState, Middleware } from 'koa'
import {
  createAuthBase,
  sendErrorResponse,
  startIn,
  webOf,
  type AppAuth,
  type AuthConstructor,
  type EitherGuardDocs,
  type SendsAuthResponse,
} from '../../members/index.ts'
import type { RegisteredUser } from '../../registered-user.ts'
import type { EitherContext, EitherRequirement } from '../../session-or-bearer/index.ts'
import type {
  Claims,
  ErrorResponseScopes,
  LoginContext,
  LoginRequirement,
  ScopesRequired,
  TokenContext,
} from '../../web/index.ts'
import type { ApiAuth } from './api-auth.ts'
import { authOf, enterAuth } from './auth-of-request.ts'
import { HOST, respond, GUARDS, type App, type GuardedHandler, type KoaCalls } from './respond.ts'

/** The state that `loginRequired()` adds as middleware. @public */
export interface LoginState<Context = LoginContext<RegisteredUser>> {
  /** The signed-in user, and the token if the middleware requires scopes. */
  readonly identity: Context
}

/** Guards routes that accept a session or a bearer token. `auth.orBearer(api)` returns it. @public */
export interface Either<User> extends EitherGuardDocs {
  required<
    const Requirement extends EitherRequirement,
    StateT = DefaultState,
    ContextT = DefaultContext,
  >(
    requirement: Requirement,
    handler: GuardedHandler<EitherContext<User, Requirement>, StateT, ContextT>,
  ): Middleware<StateT, ContextT>
  required<StateT = DefaultState, ContextT = DefaultContext>(
    handler: GuardedHandler<EitherContext<User>, StateT, ContextT>,
  ): Middleware<StateT, ContextT>
}

/** The type of {@link Auth.loginRequired}. @public */
export type LoginRequired<User> = Auth<User>['loginRequired']

/** The context of an application that koa-mount has mounted. */
interface MountedContext {
  readonly mountPath?: string
}

const Base: AuthConstructor<App, KoaCalls> = createAuthBase({ method: 'use', host: HOST })

/**
 * Signs in the users of a Koa application (2 or 3), keeps their sessions and gets their tokens.
 * @typeParam User - The return type of `onLogin`, or the claims of the ID token.
 * @public
 */
export class Auth<User = Claims> extends Base<User> implements AppAuth<App>, SendsAuthResponse {
  initApp(app: App): this {
    startIn(this)
    const web = webOf(this)
    app.use((ctx, next) => {
      enterAuth(ctx, this)
      web.location.learn((ctx as MountedContext).mountPath)
      const route = web.route(ctx.originalUrl, ctx.method)
      return route === undefined ? next() : respond(ctx, route)
    })
    return this
  }

  loginRequired<StateT = DefaultState, ContextT = DefaultContext>(
    options: ScopesRequired,
    handler: GuardedHandler<TokenContext<User>, StateT, ContextT>,
  ): Middleware<StateT, ContextT>
  loginRequired<StateT = DefaultState, ContextT = DefaultContext>(
    options: LoginRequirement,
    handler: GuardedHandler<LoginContext<User>, StateT, ContextT>,
  ): Middleware<StateT, ContextT>
  loginRequired<StateT = DefaultState, ContextT = DefaultContext>(
    handler: GuardedHandler<LoginContext<User>, StateT, ContextT>,
  ): Middleware<StateT, ContextT>
  loginRequired(options: ScopesRequired): Middleware<LoginState<TokenContext<User>>, object>
  loginRequired(options?: LoginRequirement): Middleware<LoginState<LoginContext<User>>, object>
  loginRequired(...given: readonly unknown[]): Middleware<any, object> {
    return GUARDS.login(this, given)
  }

  orBearer(api: ApiAuth): Either<User> {
    return GUARDS.orBearer(this, api)
  }

  sendResponse(
    ...args: [...KoaCalls['route'], error: unknown, options?: ErrorResponseScopes]
  ): Promise<void> {
    return sendErrorResponse(HOST, args, this)
  }
}

/**
 * Guards a route in a file that does not have the `Auth` object. It finds the `Auth` of the request's application.
 *
 * The type of its user is the `user` of `Register`, or else `unknown`, because TypeScript does not see the `Auth`.
 * Scopes of several APIs are detected with the first request, and Koa receives the error.
 * @example router.get('/orders', loginRequired((ctx, { user }) => void (ctx.body = ordersOf(user))))
 * @public
 */
export const loginRequired: LoginRequired<RegisteredUser> = (...given: readonly unknown[]) =>
  GUARDS.loginOfRequest(given, authOf)
