// Auth, ApiAuth and McpAuth for Hono.
import type { AuthorizationRequirement } from '../../api/index.ts'
import {
  defineApiAuth,
  defineAuth,
  defineLoginRequired,
  defineMcpAuth,
  environmentApi,
  environmentAuth,
  type AppApi,
  type AppAuth,
  type AppMcp,
  type AuthConstructor,
  type Framework,
  type Mountable,
  type OrBearerAuth,
  type OfIssuer,
} from '../../classes/index.ts'
import type { McpMembers, McpRequirement } from '../../mcp/index.ts'
import type { RegisteredUser } from '../../registered-user.ts'
import type { Claims } from '../../web/index.ts'
import {
  authOf,
  environmentsFor,
  HOST,
  mountApi,
  mountAuth,
  toHandler,
  type App,
  type Hono,
} from './host.ts'
import type {
  AuthorizationGuards,
  Either,
  HonoApiAuthConstructor,
  HonoMcpAuthConstructor,
  LoginGuards,
} from './signatures.ts'

export * from '../base/public.ts'
export type * from '../base/mcp.ts'
export type { App } from './host.ts'
export type { AuthorizationEnv, Either, GuardedHandler, LoginEnv } from './signatures.ts'

const FRAMEWORK: Framework<Hono> = { name: 'hono', method: 'use', host: HOST, environmentsFor }
const AUTH = /* @__PURE__ */ environmentAuth(toHandler, mountAuth)
const API = /* @__PURE__ */ environmentApi(toHandler, mountApi)

const AuthBase: AuthConstructor<App, Hono> = /* @__PURE__ */ defineAuth(FRAMEWORK, AUTH)
const ApiAuthBase = /* @__PURE__ */ defineApiAuth(FRAMEWORK, API) as HonoApiAuthConstructor
const McpAuthBase = /* @__PURE__ */ defineMcpAuth(FRAMEWORK, API) as HonoMcpAuthConstructor

/**
 * Signs users in to a Hono application, keeps their sessions and gets their tokens.
 *
 * On Workers, missing options are read from each request's bindings, or you can pass a function that returns the
 * options for these bindings. Each environment has its own settings.
 * @typeParam User - The type that `onLogin` returns, or the ID token's claims.
 * @typeParam Bindings - The environment that the options depend on.
 * @public
 */
export class Auth<User = Claims, Bindings extends object = object>
  extends AuthBase<User, Bindings>
  implements AppAuth<App>
{
  declare readonly initApp: Mountable<App, this>['initApp']
  declare readonly loginRequired: LoginGuards<User>['loginRequired']
  declare readonly orBearer: OrBearerAuth<ApiAuth<any, any>, Either<User>>['orBearer']
}

/**
 * Protects a web API in a Hono application with access tokens, and calls other APIs for its users.
 * @typeParam Bindings - The environment that the options depend on.
 * @public
 */
export class ApiAuth<Bindings extends object = object, Issuer extends string = string>
  extends ApiAuthBase<Bindings, Issuer>
  implements AppApi<App>
{
  declare readonly initApp: Mountable<App, this>['initApp']
  declare readonly authorizationRequired: AuthorizationGuards<
    AuthorizationRequirement<Issuer>
  >['authorizationRequired']
}

/**
 * Protects an MCP server in a Hono application with access tokens.
 * @typeParam Bindings - The environment that the options depend on.
 * @beta
 */
export class McpAuth<Bindings extends object = object, Issuer extends string = string>
  extends McpAuthBase<Bindings, Issuer>
  implements AppMcp<App>
{
  declare readonly initApp: Mountable<App, this>['initApp']
  declare readonly authorizationRequired: AuthorizationGuards<
    McpRequirement<Issuer>,
    McpMembers & OfIssuer<Issuer>
  >['authorizationRequired']
}

/**
 * Guards a route in a file that does not have the `Auth` object. The guard finds this object through the request's
 * application.
 *
 * TypeScript does not know this `Auth`, so the user has the type that you declare as `user` in `Register`, or else
 * `unknown`. If you require scopes of several APIs, the first request fails, and `app.onError` receives the error.
 * @example orders.get('/orders', loginRequired((c, { user }) => c.json(ordersOf(user))))
 * @public
 */
export const loginRequired: LoginGuards<RegisteredUser>['loginRequired'] =
  /* @__PURE__ */ defineLoginRequired(FRAMEWORK, AUTH, authOf)
