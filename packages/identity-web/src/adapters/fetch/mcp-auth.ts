import { createMcpApi, type McpAuthOptions } from '../../mcp/index.ts'
import { McpAuthBase, authorizationGuard, toEnvironment } from '../../classes/index.ts'
import type { FetchMcpRequired } from '../base/fetch-guards.ts'
import { handleRoute } from './api-auth.ts'
import { HOST, toHandler, type FetchCalls } from './respond.ts'

/** Guards the endpoint of an MCP server. Other callers get a 401 or 403 response with `WWW-Authenticate`. @public */
export type McpRequired = FetchMcpRequired<Request>

/** Protects an MCP server on any server of `Request` and `Response` with access tokens. @beta */
export class McpAuth extends McpAuthBase<FetchCalls> {
  /**
   * Protects an MCP server.
   * It does not throw for wrong options. In production, guards respond with 503. In development, they return the problems.
   * @param options - Missing options are read from environment variables.
   * @param environment - The environment variables, on servers that pass them with each request. The default is
   *   `process.env`.
   * @example
   * ```ts
   * const mcp = new McpAuth({
   *   authority: 'https://login.microsoftonline.com/c0000000-0000-4000-8000-000000000001',
   *   clientId: '22222222-3333-4444-5555-666666666666',
   *   resource: 'https://tools.contoso.com/mcp',
   *   scopes: ['Tools.Use'],
   * })
   * const endpoint = mcp.authorizationRequired((request, { authInfo }) => handler.fetch(request, { authInfo }))
   *
   * export default { fetch: async (request: Request) => (await mcp.handle(request)) ?? endpoint(request) }
   * ```
   */
  constructor(options: McpAuthOptions = {}, environment?: object) {
    super(createMcpApi(options, toEnvironment(environment)), HOST)
  }

  /**
   * Serves the metadata of the server (RFC 9728), and responds to the preflight requests of browsers.
   * It does not throw.
   * @param request - Any request.
   * @returns The response, or `undefined` for other requests.
   * @example export default { fetch: async (request: Request) => (await mcp.handle(request)) ?? endpoint(request) }
   */
  async handle(request: Request): Promise<Response | undefined> {
    return handleRoute(this, request)
  }

  /** Guards the endpoint with access tokens. */
  readonly authorizationRequired: McpRequired = (...given: readonly unknown[]) =>
    toHandler(authorizationGuard(this, given))
}
