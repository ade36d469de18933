import {
  AuthBase,
  placeIn,
  setMounted,
  toEnvironment,
  type OrBearerAuth,
  type SessionContext,
} from '../../classes/index.ts'
import type { TokenResult } from '../../tokens.ts'
import { createWebAuth, type AuthOptions, type Claims } from '../../web/index.ts'
import type { ApiAuth } from './api-auth.ts'
import type { Either, LoginRequired, Middleware, RouteArgs } from './guards.ts'
import { findHttpContext, httpContextOf } from './http-context.ts'
import { runMiddleware } from './middleware.ts'
import { GUARDS, HOST, type RouterCalls } from './respond.ts'

/**
 * Signs in the users of a React Router application (framework mode, version 7.9 and later), keeps their sessions and gets
 * their tokens.
 * @typeParam User - The return type of `onLogin`, or the claims of the ID token.
 * @public
 */
export class Auth<User = Claims> extends AuthBase<User, RouterCalls> implements OrBearerAuth {
  /**
   * Prepares sign-in. Add {@link Auth.middleware} to `app/root.tsx`, and `signInRoutes()` to `app/routes.ts`.
   *
   * It does not throw for wrong options. In production, guards respond with 503. In development, the pages show the problems.
   * @param options - Missing options are read from environment variables.
   * @param environment - The environment variables, on servers that pass them with each request. The default is
   *   `process.env`.
   * @example
   * ```tsx
   * // app/auth.server.ts
   * export const auth = new Auth({
   *   authority: 'https://login.microsoftonline.com/contoso.onmicrosoft.com',
   *   clientId: '11111111-2222-3333-4444-555555555555',
   *   redirectUri: 'http://localhost:3000/redirect',
   * })
   *
   * // app/root.tsx
   * export const middleware = [auth.middleware]
   *
   * // app/routes.ts
   * export default [index('home.tsx'), route('account', 'account.tsx'), ...signInRoutes()] satisfies RouteConfig
   *
   * // app/account.tsx
   * export const loader = auth.loginRequired((_args, { user }) => ({ name: user.name }))
   * ```
   */
  constructor(options: AuthOptions<User> = {}, environment?: object) {
    super(createWebAuth(options, toEnvironment(environment)), HOST)
    setMounted(this)
  }

  /**
   * The middleware of `app/root.tsx`. It responds to the routes of sign-in, stores refreshed sessions, and sends users to the
   * sign-in whom a guard did not accept.
   * @example export const middleware = [auth.middleware]
   */
  readonly middleware: Middleware = (args, next) => runMiddleware(this, args, next)

  /**
   * Guards a loader or an action, so that it runs only for signed-in users. Without a function, it is a middleware for a
   * route and all routes below it. Guard each loader and each action, because React Router can call one without the other.
   */
  readonly loginRequired: LoginRequired<User> = (...given: readonly unknown[]) =>
    GUARDS.login(this, given) as never

  orBearer(api: ApiAuth): Either<User> {
    return GUARDS.orBearer(this, api) as Either<User>
  }

  override contextOf(request: RouteArgs): SessionContext<User> {
    // The guard of a middleware has other arguments than a loader.
    const context =
      placeIn(this).read(request) ?? placeIn(this).read(findHttpContext(request) ?? request)
    return (context ?? super.contextOf(request)) as SessionContext<User>
  }

  override async getTokenForUser(
    args: RouteArgs,
    scopes: string | readonly string[],
  ): Promise<TokenResult> {
    try {
      return await super.getTokenForUser(args, scopes)
    } catch (error) {
      httpContextOf(args).failure = error as Error
      throw error
    }
  }
}
