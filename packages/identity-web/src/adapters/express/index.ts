// Auth, ApiAuth and McpAuth for Express.
import type { ErrorRequestHandler } from 'express'
import type { AuthorizationRequirement } from '../../api/index.ts'
import {
  defineApiAuth,
  defineAuth,
  defineLoginRequired,
  defineMcpAuth,
  hostApi,
  hostAuth,
  type AppApi,
  type AppAuth,
  type AppMcp,
  type ApiAuthConstructor,
  type AuthConstructor,
  type Framework,
  type McpAuthConstructor,
  type Mountable,
  type OrBearerAuth,
  type SendsApiResponse,
  type SendsAuthResponse,
  type OfIssuer,
} from '../../classes/index.ts'
import type { McpMembers, McpRequirement } from '../../mcp/index.ts'
import type { RegisteredUser } from '../../registered-user.ts'
import type { Claims } from '../../web/index.ts'
import {
  authOf,
  HOST,
  mountApi,
  mountAuth,
  toErrorHandler,
  toHandler,
  type App,
  type Express,
} from './host.ts'
import type { AuthorizationGuards, Either, HandlesErrors, LoginGuards } from './signatures.ts'

export * from '../base/public.ts'
export type * from '../base/mcp.ts'
export type { App } from './host.ts'
export type { Either, GuardedHandler } from './signatures.ts'

const FRAMEWORK: Framework<Express> = { name: 'express', method: 'use', host: HOST }
const AUTH = /* @__PURE__ */ hostAuth(toHandler, mountAuth)
const API = /* @__PURE__ */ hostApi(toHandler, mountApi)

const AuthBase: AuthConstructor<App, Express> = /* @__PURE__ */ defineAuth(FRAMEWORK, AUTH)
const ApiAuthBase: ApiAuthConstructor<App, Express> = /* @__PURE__ */ defineApiAuth(FRAMEWORK, API)
const McpAuthBase: McpAuthConstructor<App, Express> = /* @__PURE__ */ defineMcpAuth(FRAMEWORK, API)

/**
 * Signs users in to an Express application (4 or 5), keeps their sessions and gets their tokens.
 * @typeParam User - The type that `onLogin` returns, or the ID token's claims.
 * @public
 */
export class Auth<User = Claims>
  extends AuthBase<User>
  implements AppAuth<App>, SendsAuthResponse<Express>
{
  declare readonly initApp: Mountable<App, this>['initApp']
  declare readonly loginRequired: LoginGuards<User>['loginRequired']
  declare readonly orBearer: OrBearerAuth<ApiAuth<any>, Either<User>>['orBearer']
  declare readonly sendResponse: SendsAuthResponse<Express>['sendResponse']
}

/** Protects a web API in an Express application (4 or 5) with access tokens, and calls other APIs for its users. @public */
export class ApiAuth<Issuer extends string = string>
  extends ApiAuthBase<Issuer>
  implements AppApi<App>, HandlesErrors, SendsApiResponse<Express>
{
  declare readonly initApp: Mountable<App, this>['initApp']
  declare readonly authorizationRequired: AuthorizationGuards<
    AuthorizationRequirement<Issuer>
  >['authorizationRequired']
  declare readonly sendResponse: SendsApiResponse<Express>['sendResponse']
  readonly errorHandler: ErrorRequestHandler = toErrorHandler(this)
}

/** Protects an MCP server in an Express application (4 or 5) with access tokens. @beta */
export class McpAuth<Issuer extends string = string>
  extends McpAuthBase<Issuer>
  implements AppMcp<App>, HandlesErrors, SendsApiResponse<Express>
{
  declare readonly initApp: Mountable<App, this>['initApp']
  declare readonly authorizationRequired: AuthorizationGuards<
    McpRequirement<Issuer>,
    McpMembers & OfIssuer<Issuer>
  >['authorizationRequired']
  declare readonly sendResponse: SendsApiResponse<Express>['sendResponse']
  readonly errorHandler: ErrorRequestHandler = toErrorHandler(this)
}

/**
 * Guards a route in a file that does not have the `Auth` object. The guard finds this object through the request's application.
 *
 * TypeScript does not know this `Auth`, so the user has the type that you declare as `user` in `Register`, or else `unknown`.
 * If you require scopes of several APIs, the first request fails, and Express's error handler receives the error.
 * @example
 * ```ts
 * import { loginRequired } from 'identity-web/express'
 *
 * router.get('/orders', loginRequired((req, res, { user }) => res.json(ordersOf(user))))
 * ```
 * @public
 */
export const loginRequired: LoginGuards<RegisteredUser>['loginRequired'] =
  /* @__PURE__ */ defineLoginRequired(FRAMEWORK, AUTH, authOf)
