import type { ErrorRequestHandler, RequestHandler } from 'express'
import type { ContextFor, UserContext } from '../../api/index.ts'
import type { McpMembers, McpRequirement } from '../../mcp/index.ts'
import {
  createMcpAuthBase,
  sendErrorResponse,
  type ApiErrorScopes,
  type AppMcp,
  type Exactly,
  type McpAuthConstructor,
  type SendsApiResponse,
} from '../../members/index.ts'
import { mountApi, toErrorHandler } from './api-auth.ts'
import { GUARDS, HOST, type App, type ExpressCalls, type GuardedHandler } from './respond.ts'

const Base: McpAuthConstructor<App, ExpressCalls> = createMcpAuthBase({ method: 'use', host: HOST })

/** Protects an MCP server in an Express application (4 or 5) with access tokens. @beta */
export class McpAuth extends Base implements AppMcp<App>, SendsApiResponse {
  initApp(app: App): this {
    mountApi(this, app)
    return this
  }

  authorizationRequired<const Requirement extends McpRequirement>(
    requirement: Exactly<Requirement, McpRequirement>,
    handler: GuardedHandler<ContextFor<Requirement> & McpMembers>,
  ): RequestHandler
  authorizationRequired(handler: GuardedHandler<UserContext & McpMembers>): RequestHandler
  authorizationRequired(requirement: McpRequirement): RequestHandler
  authorizationRequired(): RequestHandler
  authorizationRequired(...given: readonly unknown[]): RequestHandler {
    return GUARDS.authorization(this, given)
  }

  /**
   * An error handler for the middleware form of the guard. If a handler fails because the user must consent or complete
   * another step, it sends a 401 response that tells the client. You do not need it for handlers that you pass to
   * `authorizationRequired`.
   * @example
   * ```ts
   * app.use('/mcp', mcp.authorizationRequired(), mcpRouter)
   * app.use(mcp.errorHandler)
   * ```
   */
  readonly errorHandler: ErrorRequestHandler = toErrorHandler(this)

  sendResponse(
    ...args: [...ExpressCalls['route'], error: unknown, options?: ApiErrorScopes]
  ): Promise<void> {
    return sendErrorResponse(HOST, args, this)
  }
}
