import type { NextRequest } from 'next/server.js'
import { createMcpApi, type McpAuthOptions } from '../../mcp/index.ts'
import { McpAuthBase, toEnvironment } from '../../classes/index.ts'
import type { FetchMcpRequired } from '../base/fetch-guards.ts'
import { toRouteHandler } from './api-auth.ts'
import type { Handler } from './login-required.ts'
import { buildTraits } from './prerender.ts'
import { GUARDS, HOST, type NextCalls } from './respond.ts'
import { uncachedFetch } from './uncached-fetch.ts'

/** Guards the endpoint of an MCP server. Other callers get a 401 or 403 response with `WWW-Authenticate`. @public */
export type McpRequired = FetchMcpRequired<NextRequest>

/** Protects an MCP server in a Next.js application with access tokens. @beta */
export class McpAuth extends McpAuthBase<NextCalls> {
  /**
   * Protects an MCP server.
   * It does not throw for wrong options. In production, guards respond with 503. In development, they return the problems.
   * @param options - Missing options are read from environment variables.
   * @example
   * ```ts
   * // mcp.ts
   * export const mcp = new McpAuth({
   *   authority: 'https://login.microsoftonline.com/c0000000-0000-4000-8000-000000000001',
   *   clientId: '22222222-3333-4444-5555-666666666666',
   *   resource: 'https://tools.contoso.com/mcp',
   *   scopes: ['Tools.Use'],
   * })
   *
   * // app/mcp/route.ts
   * const endpoint = mcp.authorizationRequired((request, { authInfo }) => handler.fetch(request, { authInfo }))
   * export { endpoint as GET, endpoint as POST, endpoint as DELETE, endpoint as OPTIONS }
   * ```
   */
  constructor(options: McpAuthOptions = {}) {
    const given = { ...options, fetch: uncachedFetch(options.fetch) }
    super(createMcpApi(given, toEnvironment(), buildTraits()), HOST)
  }

  /**
   * The route handlers that serve the metadata of the server (RFC 9728). MCP clients need them.
   * @example
   * ```ts
   * // app/.well-known/oauth-protected-resource/[[...path]]/route.ts
   * export const { GET, OPTIONS } = mcp.handlers
   * ```
   */
  readonly handlers: Readonly<Record<'GET' | 'OPTIONS', Handler>> = {
    GET: toRouteHandler(this),
    OPTIONS: toRouteHandler(this),
  }

  /** Guards the endpoint with access tokens. */
  readonly authorizationRequired: McpRequired = (...given: readonly unknown[]) =>
    GUARDS.authorization(this, given)
}
