import { SERVER } from '../../host-traits.ts'
import { createMcpApi, type McpAuthOptions } from '../../mcp/index.ts'
import {
  McpAuthBase,
  sendErrorResponse,
  toEnvironment,
  type ApiErrorScopes,
  type SendsApiResponse,
} from '../../classes/index.ts'
import { notConfigured } from './connection.ts'
import { HOST, type NestCalls } from './respond.ts'

/**
 * Protects an MCP server in a Nest application with access tokens.
 *
 * {@link IdentityModule} creates it from the option `mcp` and mounts the route of the metadata (RFC 9728). Inject it into
 * providers.
 * @beta
 */
export class McpAuth extends McpAuthBase<NestCalls> implements SendsApiResponse<NestCalls> {
  /**
   * Protects an MCP server. {@link IdentityModule} calls it, so inject the object instead.
   *
   * It does not throw. {@link IdentityModule} checks the options.
   * @param options - Missing options are read from environment variables. If you omit `options`, every use of the
   *   object throws an error.
   * @example constructor(private readonly mcp: McpAuth) {}
   */
  constructor(options?: McpAuthOptions) {
    const mcp =
      options === undefined ? notConfigured('mcp') : createMcpApi(options, toEnvironment(), SERVER)
    super(mcp, HOST)
  }

  sendResponse(
    ...args: [...NestCalls['route'], error: unknown, options?: ApiErrorScopes]
  ): Promise<void> {
    return sendErrorResponse(HOST, args, this)
  }
}
