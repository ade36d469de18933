// Auth and ApiAuth for React Router.
import { createWebApi, type ApiAuthOptions, type AuthorizationContext } from '../../api/index.ts'
import {
  ApiAuthBase,
  apiOf,
  AuthBase,
  guardsIn,
  placeIn,
  toEnvironment,
  type OrBearerAuth,
  type SessionContext,
} from '../../classes/index.ts'
import type { TokenResult } from '../../tokens.ts'
import { createWebAuth, type AuthOptions, type Claims } from '../../web/index.ts'
import { serve } from '../request-response.ts'
import { API, AUTH, HOST, type ReactRouter } from './host.ts'
import { findCaller, findHttpContext, httpContextOf } from './http-context.ts'
import { runMiddleware } from './middleware.ts'
import type {
  AuthorizationRequired,
  Either,
  LoginRequired,
  Middleware,
  RouteArgs,
} from './signatures.ts'

export * from '../base/public.ts'
export type { EventFunction, GuardedEventFunction } from '../base/event-guards.ts'
export type {
  AuthorizationRequired,
  Either,
  HandlerArgs,
  LoginRequired,
  Middleware,
  RouteArgs,
} from './signatures.ts'

/**
 * Signs users in to a React Router application (framework mode, version 7.9 and later), keeps their sessions and gets their
 * tokens.
 * @typeParam User - The type that `onLogin` returns, or the ID token's claims.
 * @public
 */
export class Auth<User = Claims> extends AuthBase<User, ReactRouter> implements OrBearerAuth {
  /**
   * Prepares sign-in. Add {@link Auth.middleware} to `app/root.tsx`, and `signInRoutes()` to `app/routes.ts`.
   *
   * If options are wrong, the constructor does not throw. Instead, guards respond with 503 in production, and the pages show
   * the problems in development.
   * @param options - Missing options are read from environment variables.
   * @param environment - The environment variables, for servers that pass them with each request, by default `process.env`.
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
  }

  /**
   * The middleware in `app/root.tsx`. It responds to the sign-in routes, stores refreshed sessions, and redirects users to the
   * sign-in if a guard did not accept them.
   * @example export const middleware = [auth.middleware]
   */
  readonly middleware: Middleware = (args, next) => runMiddleware(this, args, next)

  /**
   * Guards a loader or an action, so that it runs only for signed-in users. Without a function, the guard is a middleware for a
   * route and all routes below it. Guard each loader and each action, because React Router can call one without the other.
   */
  readonly loginRequired: LoginRequired<User> = AUTH.login(this)

  orBearer(api: ApiAuth<any>): Either<User> {
    return AUTH.orBearer(this, api) as Either<User>
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

/** Protects resource routes in a React Router application with access tokens, and calls other APIs for its users. @public */
export class ApiAuth<Issuer extends string = string> extends ApiAuthBase<ReactRouter, Issuer> {
  /**
   * Protects an API with access tokens. If options are wrong, the constructor does not throw. Instead, guards respond with 503
   * in production, and return the problems in development.
   * @param options - Missing options are read from environment variables.
   * @param environment - The environment variables, for servers that pass them with each request, by default `process.env`.
   * @example
   * ```ts
   * // app/auth.server.ts
   * export const api = new ApiAuth({
   *   authority: 'https://login.microsoftonline.com/contoso.onmicrosoft.com',
   *   clientId: '22222222-3333-4444-5555-666666666666',
   * })
   *
   * // app/api.todos.ts, a route without a component
   * export const loader = api.authorizationRequired({ scopes: ['Todos.Read'] }, (_args, { user }) => Response.json(user))
   * ```
   */
  constructor(options: ApiAuthOptions<Issuer> = {}, environment?: object) {
    super(createWebApi(options, toEnvironment(environment)), HOST)
  }

  /**
   * The middleware that serves the API's description at `/.well-known/oauth-protected-resource` (RFC 9728), if `resource` is
   * set. Guards also work without this route. The path must match a route, for example one that `signInRoutes()` returns.
   * @example export const middleware = [auth.middleware, api.middleware]
   */
  readonly middleware: Middleware = async ({ request }, next) =>
    serve(apiOf(this), request) ?? next()

  /**
   * Guards a loader or an action with access tokens. Its route must not have a component. Without a function, the guard is a
   * middleware for a route and all routes below it.
   */
  readonly authorizationRequired: AuthorizationRequired<Issuer> = API.authorization(this)

  override contextOf(request: RouteArgs): AuthorizationContext {
    const context =
      guardsIn(this).read(request) ?? guardsIn(this).read(findCaller(request) ?? request)
    return context ?? super.contextOf(request)
  }
}
