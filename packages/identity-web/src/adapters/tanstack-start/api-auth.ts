import { createWebApi, type ApiAuthOptions } from '../../api/index.ts'
import { ApiAuthBase, apiOf, sourceOfRequest, toEnvironment } from '../../classes/index.ts'
import { pathAndQuery } from '../request-response.ts'
import type { AuthorizationRequired, RequestMiddleware } from './guards.ts'
import { API_GUARDS, HOST, type StartCalls } from './respond.ts'

/** Protects server routes of a TanStack Start application with access tokens, and calls other APIs for its users. @public */
export class ApiAuth extends ApiAuthBase<StartCalls> {
  /**
   * Protects an API with access tokens.
   * It does not throw for wrong options. In production, guards respond with 503. In development, they return the problems.
   * @param options - Missing options are read from environment variables.
   * @param environment - The environment variables, on servers that pass them with each request. The default is
   *   `process.env`.
   * @example
   * ```ts
   * // src/auth.server.ts
   * export const api = new ApiAuth({
   *   authority: 'https://login.microsoftonline.com/contoso.onmicrosoft.com',
   *   clientId: '22222222-3333-4444-5555-666666666666',
   * })
   *
   * // src/routes/api.todos.ts
   * const GET = api.authorizationRequired({ scopes: ['Todos.Read'] }, (_args, { user }) => Response.json(user))
   * export const Route = createFileRoute('/api/todos')({ server: { handlers: { GET } } })
   * ```
   */
  constructor(options: ApiAuthOptions = {}, environment?: object) {
    super(createWebApi(options, toEnvironment(environment)), HOST)
  }

  /**
   * The function of a request middleware that serves the description of the API at `/.well-known/oauth-protected-resource`
   * (RFC 9728), if `resource` is set. Guards work without it.
   * @example const description = createMiddleware().server(api.middleware)
   */
  readonly middleware: RequestMiddleware = async ({ request, next }) => {
    const route = apiOf(this).route(pathAndQuery(request.url), request.method)
    const response = await route?.(sourceOfRequest(request))
    return response ?? (next() as unknown)
  }

  /** Guards a server route with access tokens. */
  readonly authorizationRequired: AuthorizationRequired = (...given: readonly unknown[]) =>
    API_GUARDS.authorization(this, given) as never
}
