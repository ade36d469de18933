// Auth, ApiAuth and McpAuth for Fastify.
import {
  defineApiAuth,
  defineAuth,
  defineLoginRequired,
  defineMcpAuth,
  hostApi,
  hostAuth,
  type ApiAuthConstructor,
  type AuthConstructor,
  type Framework,
  type McpAuthConstructor,
  type Mountable,
  type OrBearerAuth,
  type SendsApiResponse,
  type SendsAuthResponse,
} from '../../classes/index.ts'
import type { RegisteredUser } from '../../registered-user.ts'
import type { Claims } from '../../web/index.ts'
import { HOST, toErrorHandler, toHandlerOrHook, type Fastify } from './host.ts'
import { apiPlugin, authPlugin, mountApi, mountAuth, type App } from './plugin.ts'
import { authOf } from './request-state.ts'
import type {
  AuthorizationRequired,
  Either,
  HandlesErrors,
  LoginRequired,
  McpRequired,
} from './signatures.ts'

export * from '../base/public.ts'
export type * from '../base/mcp.ts'
export type { App } from './plugin.ts'
export type {
  AuthorizationRequired,
  Either,
  EitherRequired,
  GuardedHandler,
  GuardHook,
  LoginRequired,
  McpRequired,
  RouteHandler,
} from './signatures.ts'

const FRAMEWORK: Framework<Fastify> = { name: 'fastify', method: 'register', host: HOST }
const AUTH = /* @__PURE__ */ hostAuth(toHandlerOrHook, mountAuth)
const API = /* @__PURE__ */ hostApi(toHandlerOrHook, mountApi)

const AuthBase: AuthConstructor<App, Fastify> = /* @__PURE__ */ defineAuth(FRAMEWORK, AUTH)
const ApiAuthBase: ApiAuthConstructor<App, Fastify> = /* @__PURE__ */ defineApiAuth(FRAMEWORK, API)
const McpAuthBase: McpAuthConstructor<App, Fastify> = /* @__PURE__ */ defineMcpAuth(FRAMEWORK, API)

/**
 * Signs users in to a Fastify application, keeps their sessions and gets their tokens.
 * @typeParam User - The type that `onLogin` returns, or the ID token's claims.
 * @public
 */
export class Auth<User = Claims>
  extends AuthBase<User>
  implements Mountable<App>, OrBearerAuth, SendsAuthResponse<Fastify>
{
  declare readonly initApp: Mountable<App, this>['initApp']
  /** Guards a route, so that its handler runs only for signed-in users. */
  declare readonly loginRequired: LoginRequired<User>
  declare readonly orBearer: OrBearerAuth<ApiAuth<any>, Either<User>>['orBearer']
  declare readonly sendResponse: SendsAuthResponse<Fastify>['sendResponse']

  /**
   * Returns a plugin that adds the sign-in routes to the application that registers the plugin.
   *
   * Register the plugin before guards that are hooks, because these hooks otherwise guard the sign-in routes too. In a
   * part of the application with a prefix, the path of `redirectUri` must start with that prefix. The method does not
   * throw.
   * @example await app.register(auth.plugin())
   */
  plugin(): (app: object) => Promise<void> {
    return authPlugin(this)
  }
}

/** Protects a web API in a Fastify application with access tokens, and calls other APIs for its users. @public */
export class ApiAuth<Issuer extends string = string>
  extends ApiAuthBase<Issuer>
  implements Mountable<App>, HandlesErrors, SendsApiResponse<Fastify>
{
  declare readonly initApp: Mountable<App, this>['initApp']
  /** Guards a route with access tokens. */
  declare readonly authorizationRequired: AuthorizationRequired<Issuer>
  declare readonly sendResponse: SendsApiResponse<Fastify>['sendResponse']
  readonly errorHandler: HandlesErrors['errorHandler'] = toErrorHandler(this)

  /**
   * Returns a plugin with the route that describes the API to clients (RFC 9728), if `resource` is set. It does not throw.
   * Register it with the root application, because the path of the route is at the root of the origin.
   * @example await app.register(api.plugin())
   */
  plugin(): (app: object) => Promise<void> {
    return apiPlugin(this)
  }
}

/** Protects an MCP server in a Fastify application with access tokens. @beta */
export class McpAuth<Issuer extends string = string>
  extends McpAuthBase<Issuer>
  implements Mountable<App>, HandlesErrors, SendsApiResponse<Fastify>
{
  declare readonly initApp: Mountable<App, this>['initApp']
  /** Guards the endpoint with access tokens. */
  declare readonly authorizationRequired: McpRequired<Issuer>
  declare readonly sendResponse: SendsApiResponse<Fastify>['sendResponse']
  readonly errorHandler: HandlesErrors['errorHandler'] = toErrorHandler(this)

  /**
   * Returns a plugin with the route of the metadata (RFC 9728), which also responds to preflight requests from browsers. It
   * does not throw. Register it with the root application, because the path of the route is at the root of the origin.
   * @example await app.register(mcp.plugin())
   */
  plugin(): (app: object) => Promise<void> {
    return apiPlugin(this)
  }
}

/**
 * Guards a route in a file that does not have the `Auth` object. The guard finds this object through the request's
 * application.
 *
 * TypeScript does not know this `Auth`, so the user has the type that you declare as `user` in `Register`, or else
 * `unknown`. If you require scopes of several APIs, the first request fails, and Fastify's error handler receives the
 * error.
 * @example app.get('/orders', loginRequired(async (request, reply, { user }) => ordersOf(user)))
 * @public
 */
export const loginRequired: LoginRequired<RegisteredUser> = /* @__PURE__ */ defineLoginRequired(
  FRAMEWORK,
  AUTH,
  authOf,
)
