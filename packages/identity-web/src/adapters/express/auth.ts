import type { Request, RequestHandler } from 'express'
import {
  createAuthBase,
  sendErrorResponse,
  startIn,
  webOf,
  type AppAuth,
  type AuthBase,
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
import {
  GUARDS,
  HOST,
  toMiddleware,
  type App,
  type ExpressCalls,
  type GuardedHandler,
} from './respond.ts'

/** Guards routes that accept a session or a bearer token. `auth.orBearer(api)` returns it. @public */
export interface Either<User> extends EitherGuardDocs {
  required<const Requirement extends EitherRequirement>(
    requirement: Requirement,
    handler: GuardedHandler<EitherContext<User, Requirement>>,
  ): RequestHandler
  required(handler: GuardedHandler<EitherContext<User>>): RequestHandler
}

/** The type of {@link Auth.loginRequired}. @public */
export type LoginRequired<User> = Auth<User>['loginRequired']

const SETTING = 'identity-web auth'

const Base: AuthConstructor<App, ExpressCalls> = createAuthBase({ method: 'use', host: HOST })

/**
 * Signs in the users of an Express application (4 or 5), keeps their sessions and gets their tokens.
 * @typeParam User - The return type of `onLogin`, or the claims of the ID token.
 * @public
 */
export class Auth<User = Claims> extends Base<User> implements AppAuth<App>, SendsAuthResponse {
  initApp(app: App): this {
    startIn(this)
    // Mounted applications inherit settings, so `loginRequired` finds this object there too.
    if ('set' in app && typeof app.set === 'function') app.set(SETTING, this)
    app.use(toMiddleware(webOf(this)))
    return this
  }

  loginRequired(
    options: ScopesRequired,
    handler: GuardedHandler<TokenContext<User>>,
  ): RequestHandler
  loginRequired(
    options: LoginRequirement,
    handler?: GuardedHandler<LoginContext<User>>,
  ): RequestHandler
  loginRequired(handler: GuardedHandler<LoginContext<User>>): RequestHandler
  loginRequired(): RequestHandler
  loginRequired(...given: readonly unknown[]): RequestHandler {
    return GUARDS.login(this, given)
  }

  orBearer(api: ApiAuth): Either<User> {
    return GUARDS.orBearer(this, api)
  }

  sendResponse(
    ...args: [...ExpressCalls['route'], error: unknown, options?: ErrorResponseScopes]
  ): Promise<void> {
    return sendErrorResponse(HOST, args, this)
  }
}

/**
 * Guards a route in a file that does not have the `Auth` object. It finds the `Auth` of the request's application.
 *
 * The type of its user is the `user` of `Register`, or else `unknown`, because TypeScript does not see the `Auth`.
 * Scopes of several APIs are detected with the first request, and Express's error handler receives the error.
 * @example
 * ```ts
 * import { loginRequired } from 'identity-web/express'
 *
 * router.get('/orders', loginRequired((req, res, { user }) => res.json(ordersOf(user))))
 * ```
 * @public
 */
export const loginRequired: LoginRequired<RegisteredUser> = (...given: readonly unknown[]) =>
  GUARDS.loginOfRequest(given, (req: Request) => req.app.get(SETTING) as AuthBase<unknown>)
