import type { Middleware } from 'koa'
import {
  defineFramework,
  hostGuards,
  type ApiErrorScopes,
  type AppApi,
  type AppAuth,
  type AppMcp,
  type Framework,
  type SendError,
  type SendsApiResponse,
  type SendsAuthResponse,
} from '../../classes/index.ts'
import type { RegisteredUser } from '../../registered-user.ts'
import type { Claims, ErrorResponseScopes } from '../../web/index.ts'
import { authOf } from './auth-of-request.ts'
import { HOST, mountApi, mountAuth, toHandler, type App, type Koa } from './host.ts'
import type { AuthorizationRequired, Either, LoginRequired, McpRequired } from './signatures.ts'

export * from '../base/public.ts'
export type * from '../base/mcp.ts'
export type { App } from './host.ts'
export type { AuthorizationState, Either, GuardedHandler, LoginState } from './signatures.ts'

const framework: Framework<App, Koa, Middleware<any, object>> = defineFramework({
  name: 'koa',
  method: 'use',
  host: HOST,
  guards: hostGuards(toHandler),
  mountAuth,
  mountApi,
})

/**
 * Signs in the users of a Koa application (2 or 3), keeps their sessions and gets their tokens.
 * @typeParam User - The return type of `onLogin`, or the claims of the ID token.
 * @public
 */
export class Auth<User = Claims>
  extends framework.Auth<User>
  implements AppAuth<App>, SendsAuthResponse
{
  declare readonly initApp: (app: App) => this
  declare readonly loginRequired: LoginRequired<User>
  declare readonly orBearer: (api: ApiAuth) => Either<User>
  declare readonly sendResponse: SendError<Koa, ErrorResponseScopes>
}

/** Protects the web API of a Koa application (2 or 3) with access tokens, and calls other APIs for its users. @public */
export class ApiAuth extends framework.ApiAuth implements AppApi<App>, SendsApiResponse {
  declare readonly initApp: (app: App) => this
  declare readonly authorizationRequired: AuthorizationRequired
  declare readonly sendResponse: SendError<Koa, ApiErrorScopes>
}

/** Protects an MCP server in a Koa application (2 or 3) with access tokens. @beta */
export class McpAuth extends framework.McpAuth implements AppMcp<App>, SendsApiResponse {
  declare readonly initApp: (app: App) => this
  declare readonly authorizationRequired: McpRequired
  declare readonly sendResponse: SendError<Koa, ApiErrorScopes>
}

/**
 * Guards a route in a file that does not have the `Auth` object. It finds the `Auth` of the request's application.
 *
 * The type of its user is the `user` of `Register`, or else `unknown`, because TypeScript does not see the `Auth`.
 * Scopes of several APIs are detected with the first request, and Koa receives the error.
 * @example router.get('/orders', loginRequired((ctx, { user }) => void (ctx.body = ordersOf(user))))
 * @public
 */
export const loginRequired: LoginRequired<RegisteredUser> = framework.loginOfRequest(authOf)
