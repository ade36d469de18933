import type { DefaultContext, DefaultState, Middleware } from 'koa'
import type { ContextFor, UserContext } from '../../api/index.ts'
import type { McpContext, McpMembers, McpRequirement } from '../../mcp/index.ts'
import {
  createMcpAuthBase,
  sendErrorResponse,
  type ApiErrorScopes,
  type AppMcp,
  type Exactly,
  type McpAuthConstructor,
  type SendsApiResponse,
} from '../../members/index.ts'
import { mountApi, type AuthorizationState } from './api-auth.ts'
import { GUARDS, HOST, type App, type GuardedHandler, type KoaCalls } from './respond.ts'

const Base: McpAuthConstructor<App, KoaCalls> = createMcpAuthBase({ method: 'use', host: HOST })

/** Protects an MCP server in a Koa application (2 or 3) with access tokens. @beta */
export class McpAuth extends Base implements AppMcp<App>, SendsApiResponse {
  initApp(app: App): this {
    mountApi(this, app)
    return this
  }

  authorizationRequired<
    const Requirement extends McpRequirement,
    StateT = DefaultState,
    ContextT = DefaultContext,
  >(
    requirement: Exactly<Requirement, McpRequirement>,
    handler: GuardedHandler<ContextFor<Requirement> & McpMembers, StateT, ContextT>,
  ): Middleware<StateT, ContextT>
  authorizationRequired<StateT = DefaultState, ContextT = DefaultContext>(
    handler: GuardedHandler<UserContext & McpMembers, StateT, ContextT>,
  ): Middleware<StateT, ContextT>
  authorizationRequired<const Requirement extends McpRequirement>(
    requirement: Exactly<Requirement, McpRequirement>,
  ): Middleware<AuthorizationState<ContextFor<Requirement> & McpMembers>, object>
  authorizationRequired(): Middleware<AuthorizationState<McpContext>, object>
  authorizationRequired(...given: readonly unknown[]): Middleware<any, object> {
    return GUARDS.authorization(this, given)
  }

  sendResponse(
    ...args: [...KoaCalls['route'], error: unknown, options?: ApiErrorScopes]
  ): Promise<void> {
    return sendErrorResponse(HOST, args, this)
  }
}
