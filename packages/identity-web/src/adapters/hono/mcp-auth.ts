import type { Env, Handler, Input, MiddlewareHandler } from 'hono'
import type { HandlerResponse } from 'hono/types'
import type { ContextFor, UserContext } from '../../api/index.ts'
import type { McpAuthOptions, McpMembers, McpRequirement } from '../../mcp/index.ts'
import {
  createMcpAuthBase,
  type AppMcp,
  type Exactly,
  type McpAuthBase,
  type OptionsFor,
} from '../../members/index.ts'
import { mountApi, type AuthorizationEnv } from './api-auth.ts'
import { environmentsFor } from './environments.ts'
import { GUARDS, HOST, type App, type GuardedHandler, type HonoCalls } from './respond.ts'

/** The constructor of {@link McpAuth}, whose options may depend on the environment of a request. */
interface Constructor {
  /**
   * Protects an MCP server. You do not need to pass the application to use the guards.
   * It does not throw. The first guard checks the options, as `new McpAuth(app)` does.
   * @param options - Missing options are read from the environment. A function receives its bindings.
   * @example
   * ```ts
   * const mcp = new McpAuth({
   *   authority: 'https://login.microsoftonline.com/c0000000-0000-4000-8000-000000000001',
   *   clientId: '22222222-3333-4444-5555-666666666666',
   *   resource: 'https://tools.contoso.com/mcp',
   * })
   * ```
   */
  new <Bindings extends object>(
    options?: OptionsFor<McpAuthOptions, Bindings>,
  ): McpAuthBase<HonoCalls>
  /**
   * Protects an MCP server. It mounts the route of its metadata (RFC 9728), and responds to the preflight requests of
   * browsers.
   * On Workers, and in development, wrong options do not throw. Guarded routes respond with 503 in production.
   * @throws IdentityError `configuration` with all problems of the options, in production only, and not if
   *   `strictStart` is `false`.
   * @param app - The Hono application.
   * @param options - Missing options are read from the environment. A function receives its bindings.
   * @example const mcp = new McpAuth(app, { resource: 'https://tools.contoso.com/mcp', scopes: ['Tools.Use'] })
   */
  new <Bindings extends object>(
    app: App,
    options?: OptionsFor<McpAuthOptions, Bindings>,
  ): McpAuthBase<HonoCalls>
}

const Base = createMcpAuthBase({ method: 'use', host: HOST, environmentsFor }) as Constructor

/**
 * Protects an MCP server in a Hono application with access tokens.
 * @typeParam Bindings - The environment that the options depend on.
 * @beta
 */
export class McpAuth<Bindings extends object = object>
  extends Base<Bindings>
  implements AppMcp<App>
{
  initApp(app: App): this {
    mountApi(this, app)
    return this
  }

  authorizationRequired<
    const Requirement extends McpRequirement,
    E extends Env,
    P extends string,
    I extends Input,
    R extends HandlerResponse<any>,
  >(
    requirement: Exactly<Requirement, McpRequirement>,
    handler: GuardedHandler<ContextFor<Requirement> & McpMembers, E, P, I, R>,
  ): Handler<E, P, I, R>
  authorizationRequired<
    E extends Env,
    P extends string,
    I extends Input,
    R extends HandlerResponse<any>,
  >(handler: GuardedHandler<UserContext & McpMembers, E, P, I, R>): Handler<E, P, I, R>
  authorizationRequired<const Requirement extends McpRequirement>(
    requirement: Exactly<Requirement, McpRequirement>,
  ): MiddlewareHandler<AuthorizationEnv<ContextFor<Requirement> & McpMembers>>
  authorizationRequired(): MiddlewareHandler<AuthorizationEnv<UserContext & McpMembers>>
  authorizationRequired(...given: readonly unknown[]): Handler & MiddlewareHandler {
    return GUARDS.authorization(this, given)
  }
}
