import type { FastifyReply, FastifyRequest } from 'fastify'
import type { McpMembers, McpRequirement } from '../../mcp/index.ts'
import {
  assertStart,
  createMcpAuthBase,
  sendErrorResponse,
  type ApiErrorScopes,
  type McpAuthConstructor,
  type Mountable,
  type SendsApiResponse,
} from '../../members/index.ts'
import { mountApi, toErrorHandler } from './api-auth.ts'
import type { GuardHook, RequirementWrapper } from './handlers.ts'
import { toPlugin, type App } from './plugin.ts'
import { GUARDS, HOST, type FastifyCalls } from './respond.ts'

/**
 * Guards the endpoint of an MCP server. Callers without a valid access token get a 401 or 403 response with
 * `WWW-Authenticate`. The guard sets `request.raw.auth`, which the official SDK reads.
 * @public
 */
export interface McpRequired extends RequirementWrapper<McpRequirement, never, McpMembers> {
  /**
   * Makes a hook with a requirement. It stores the context as `request.identity`.
   * @param requirement - The requirements of a user's token, and the app permissions that an application's token needs.
   * @throws IdentityError `configuration` for an invalid requirement, when you declare the route.
   * @example part.addHook('onRequest', mcp.authorizationRequired({ roles: ['Admin'] }))
   */
  (requirement: McpRequirement): GuardHook
  /**
   * Makes a hook that requires a user's token with the scopes of the option `scopes`. It stores the context as
   * `request.identity`. It does not throw.
   * @example part.addHook('onRequest', mcp.authorizationRequired())
   */
  (): GuardHook
}

const Base: McpAuthConstructor<App, FastifyCalls> = createMcpAuthBase({
  method: 'register',
  host: HOST,
})

/** Protects an MCP server in a Fastify application with access tokens. @beta */
export class McpAuth extends Base implements Mountable<App>, SendsApiResponse {
  initApp(app: App): this {
    assertStart(this)
    app.register(this.plugin())
    return this
  }

  /**
   * Returns a plugin with the route of the metadata (RFC 9728), which also responds to the preflight requests of browsers.
   * It does not throw. Its path is at the root of the origin, so register it with the root application.
   * @example await app.register(mcp.plugin())
   */
  plugin(): (app: object) => Promise<void> {
    return toPlugin('identity-web-mcp', (app) => mountApi(this, app))
  }

  /** Guards the endpoint with access tokens. */
  readonly authorizationRequired: McpRequired = (...given: readonly unknown[]) =>
    GUARDS.authorization(this, given)

  /**
   * An error handler for the hook form of the guard. If a handler fails because the user must consent or complete
   * another step, it sends a 401 response that tells the client. You do not need it for handlers that you pass to
   * `authorizationRequired`.
   * @param error - The error of the handler.
   * @param request - Its request.
   * @param reply - Its reply.
   * @throws Every other error. Fastify's next error handler receives it.
   * @example part.setErrorHandler(mcp.errorHandler)
   */
  readonly errorHandler: (
    error: unknown,
    request: FastifyRequest,
    reply: FastifyReply,
  ) => Promise<void> = toErrorHandler(this)

  sendResponse(
    ...args: [...FastifyCalls['route'], error: unknown, options?: ApiErrorScopes]
  ): Promise<void> {
    return sendErrorResponse(HOST, args, this)
  }
}
