import { createWebApi, type ApiAuthOptions } from '../../api/index.ts'
import { ApiAuthBase, apiOf, authorizationGuard, toEnvironment } from '../../classes/index.ts'
import type { FetchAuthorizationRequired } from '../base/fetch-guards.ts'
import { pathAndQuery, runRoute } from '../request-response.ts'
import { HOST, toHandler, type FetchCalls } from './respond.ts'

/** Guards request handlers of an API. Other callers get a 401 or 403 response with `WWW-Authenticate`. @public */
export type AuthorizationRequired = FetchAuthorizationRequired<Request>

/** Protects a web API on any server of `Request` and `Response`, and calls other APIs for its users. @public */
export class ApiAuth extends ApiAuthBase<FetchCalls> {
  /**
   * Protects an API with access tokens.
   * It does not throw for wrong options. In production, guards respond with 503. In development, they return the problems.
   * @param options - Missing options are read from environment variables.
   * @param environment - The environment variables, on servers that pass them with each request. The default is
   *   `process.env`.
   * @example
   * ```ts
   * const api = new ApiAuth({
   *   authority: 'https://login.microsoftonline.com/contoso.onmicrosoft.com',
   *   clientId: '22222222-3333-4444-5555-666666666666',
   * })
   * const todos = api.authorizationRequired({ scopes: ['Todos.Read'] }, (request, { user }) => Response.json(user))
   *
   * export default { fetch: (request: Request) => todos(request) }
   * ```
   */
  constructor(options: ApiAuthOptions = {}, environment?: object) {
    super(createWebApi(options, toEnvironment(environment)), HOST)
  }

  /**
   * Serves the description of the API at `/.well-known/oauth-protected-resource` (RFC 9728), if `resource` is set.
   * It does not throw. Guards work without this route.
   * @param request - Any request.
   * @returns The response, or `undefined` for other paths.
   * @example export default { fetch: async (request: Request) => (await api.handle(request)) ?? todos(request) }
   */
  async handle(request: Request): Promise<Response | undefined> {
    return handleRoute(this, request)
  }

  /** Guards a request handler with access tokens. */
  readonly authorizationRequired: AuthorizationRequired = (...given: readonly unknown[]) =>
    toHandler(authorizationGuard(this, given))
}

/** Runs a route that needs no token. */
export async function handleRoute(
  owner: ApiAuthBase<FetchCalls>,
  request: Request,
): Promise<Response | undefined> {
  const route = apiOf(owner).route(pathAndQuery(request.url), request.method)
  return route && runRoute(request, route)
}
