import type { NextRequest } from 'next/server.js'
import { createWebApi, type ApiAuthOptions } from '../../api/index.ts'
import { ApiAuthBase, apiOf, toEnvironment } from '../../classes/index.ts'
import type { FetchAuthorizationRequired } from '../base/fetch-guards.ts'
import { pathAndQuery, runRoute } from '../request-response.ts'
import type { Handler } from './login-required.ts'
import { buildTraits } from './prerender.ts'
import { GUARDS, HOST, type NextCalls } from './respond.ts'
import { uncachedFetch } from './uncached-fetch.ts'
import { withBasePath } from './urls.ts'

/** Guards route handlers of an API. Other callers get a 401 or 403 response with `WWW-Authenticate`. @public */
export type AuthorizationRequired = FetchAuthorizationRequired<NextRequest>

/** Protects route handlers of a Next.js application with access tokens, and calls other APIs for its users. @public */
export class ApiAuth extends ApiAuthBase<NextCalls> {
  /**
   * Protects an API with access tokens.
   * It does not throw for wrong options. In production, guards respond with 503. In development, they return the problems.
   * @param options - Missing options are read from environment variables.
   * @example
   * ```ts
   * // api.ts
   * export const api = new ApiAuth({
   *   authority: 'https://login.microsoftonline.com/contoso.onmicrosoft.com',
   *   clientId: '22222222-3333-4444-5555-666666666666',
   * })
   *
   * // app/todos/route.ts
   * export const GET = api.authorizationRequired({ scopes: ['Todos.Read'] }, (request, { user }) => Response.json(user))
   * ```
   */
  constructor(options: ApiAuthOptions = {}) {
    const given = { ...options, fetch: uncachedFetch(options.fetch) }
    super(createWebApi(given, toEnvironment(), buildTraits()), HOST)
  }

  /**
   * The route handler that describes the API to clients (RFC 9728), if `resource` is set. Guards work without it.
   * @example
   * ```ts
   * // app/.well-known/oauth-protected-resource/[[...path]]/route.ts
   * export const { GET } = api.handlers
   * ```
   */
  readonly handlers: Readonly<Record<'GET', Handler>> = { GET: toRouteHandler(this) }

  /** Guards a route handler with access tokens. */
  readonly authorizationRequired: AuthorizationRequired = (...given: readonly unknown[]) =>
    GUARDS.authorization(this, given)
}

/** Makes the route handler for the routes that need no token. */
export function toRouteHandler(owner: ApiAuthBase<NextCalls>): Handler {
  return async (request: NextRequest) => {
    const outer = withBasePath(request)
    const route = apiOf(owner).route(pathAndQuery(outer.url), outer.method)
    return route === undefined ? new Response(null, { status: 404 }) : runRoute(outer, route)
  }
}
