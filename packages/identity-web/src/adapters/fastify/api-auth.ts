import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { AuthorizationRequirement } from '../../api/index.ts'
import {
  apiOf,
  assertStart,
  createApiAuthBase,
  sendErrorResponse,
  startIn,
  type ApiAuthBase,
  type ApiAuthConstructor,
  type ApiErrorScopes,
  type Mountable,
  type SendsApiResponse,
} from '../../members/index.ts'
import type { GuardHook, RequirementWrapper } from './handlers.ts'
import { toPlugin, type App } from './plugin.ts'
import { addIdentity } from './request-state.ts'
import { HOST, addRouteHook, sendResponse, GUARDS, type FastifyCalls } from './respond.ts'

/**
 * Guards routes of an API. Callers without a valid access token get a 401 or 403 response with `WWW-Authenticate`.
 * @public
 */
export interface AuthorizationRequired extends RequirementWrapper<AuthorizationRequirement> {
  /**
   * Makes a hook that requires scopes or app roles. It stores the context as `request.identity`.
   * @param requirement - The scopes that a user's token needs, and the app roles that an application's token needs.
   * @throws IdentityError `configuration` for an invalid requirement, when you declare the route.
   * @example part.addHook('onRequest', api.authorizationRequired({ roles: ['Admin.All'] }))
   */
  (requirement: AuthorizationRequirement): GuardHook
  /**
   * Makes a hook that requires a user's token with a scope of this API. It stores the context as `request.identity`.
   * It does not throw.
   * @example part.addHook('onRequest', api.authorizationRequired())
   */
  (): GuardHook
}

const Base: ApiAuthConstructor<App, FastifyCalls> = createApiAuthBase({
  method: 'register',
  host: HOST,
})

/** Protects the web API of a Fastify application with access tokens, and calls other APIs for its users. @public */
export class ApiAuth extends Base implements Mountable<App>, SendsApiResponse {
  initApp(app: App): this {
    assertStart(this)
    app.register(this.plugin())
    return this
  }

  /**
   * Returns a plugin with the route that describes the API to clients (RFC 9728), if `resource` is set.
   * It does not throw. Its path is at the root of the origin, so register it with the root application.
   * @example await app.register(api.plugin())
   */
  plugin(): (app: object) => Promise<void> {
    return toPlugin('identity-web-api', (app) => mountApi(this, app))
  }

  /** Guards a route with access tokens. */
  readonly authorizationRequired: AuthorizationRequired = (...given: readonly unknown[]) =>
    GUARDS.authorization(this, given)

  /**
   * An error handler for the hook form of the guard. If a handler fails because the user must consent or complete
   * another step, it sends a 401 response that tells the client. You do not need it for handlers that you pass to
   * `authorizationRequired`.
   * @param error - The error of the handler.
   * @param request - Its request.
   * @param reply - Its reply.
   * @throws Every other error. Fastify's next error handler receives it.
   * @example part.setErrorHandler(api.errorHandler)
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

/** Mounts the routes that need no token. */
export function mountApi(owner: ApiAuthBase<FastifyCalls>, app: FastifyInstance): void {
  startIn(owner)
  const api = apiOf(owner)
  addIdentity(app)
  addRouteHook(app, (request) => api.route(request.originalUrl, request.method))
}

/** Makes the error handler for the hook form of the guard. */
export function toErrorHandler(owner: ApiAuthBase<FastifyCalls>) {
  return async (error: unknown, _request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const response = reply.sent ? undefined : apiOf(owner).respondToClientError(error)
    if (response === undefined) throw error
    await sendResponse(await response, reply)
  }
}
