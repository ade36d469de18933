import { createWebApi, type ApiAuthOptions, type AuthorizationContext } from '../../api/index.ts'
import {
  ApiAuthBase,
  apiOf,
  placeInApi,
  sourceOfRequest,
  toEnvironment,
} from '../../classes/index.ts'
import { pathAndQuery } from '../request-response.ts'
import type { AuthorizationRequired, Middleware, RouteArgs } from './guards.ts'
import { findCaller } from './http-context.ts'
import { API_GUARDS, HOST, type RouterCalls } from './respond.ts'

/** Protects resource routes of a React Router application with access tokens, and calls other APIs for its users. @public */
export class ApiAuth extends ApiAuthBase<RouterCalls> {
  /**
   * Protects an API with access tokens.
   * It does not throw for wrong options. In production, guards respond with 503. In development, they return the problems.
   * @param options - Missing options are read from environment variables.
   * @param environment - The environment variables, on servers that pass them with each request. The default is
   *   `process.env`.
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
  constructor(options: ApiAuthOptions = {}, environment?: object) {
    super(createWebApi(options, toEnvironment(environment)), HOST)
  }

  /**
   * The middleware that serves the description of the API at `/.well-known/oauth-protected-resource` (RFC 9728), if `resource`
   * is set. Guards work without it. The path must match a route, such as those of `signInRoutes()`.
   * @example export const middleware = [auth.middleware, api.middleware]
   */
  readonly middleware: Middleware = async ({ request }, next) =>
    apiOf(this).route(pathAndQuery(request.url), request.method)?.(sourceOfRequest(request)) ??
    next()

  /**
   * Guards a loader or an action with access tokens. Its route must not have a component. Without a function, it is a
   * middleware for a route and all routes below it.
   */
  readonly authorizationRequired: AuthorizationRequired = (...given: readonly unknown[]) =>
    API_GUARDS.authorization(this, given) as never

  override contextOf(request: RouteArgs): AuthorizationContext {
    const context =
      placeInApi(this).read(request) ?? placeInApi(this).read(findCaller(request) ?? request)
    return (context ?? super.contextOf(request)) as AuthorizationContext
  }
}
