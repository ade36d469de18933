import type { FastifyReply, FastifyRequest } from 'fastify'
import {
  createWebApi,
  type ApiAuthOptions,
  type AuthorizationContext,
  type AuthorizationRequirement,
} from '../../api/index.ts'
import { ApiAuthBase, apiOf } from '../base/api-auth.ts'
import { appFirst, type AppFirst, type Mountable } from '../base/app-auth.ts'
import { toEnvironment } from '../base/environment.ts'
import { authorizationGuard } from '../base/guards.ts'
import type { GuardHook, RequirementWrapper } from './handlers.ts'
import { toPlugin, type App, type Plugin } from './plugin.ts'
import { addRouteHook, sendResponse, toHandlerOrHook } from './respond.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The caller, behind `authorizationRequired()` as a hook. `null` or absent elsewhere. */
    authorization?: AuthorizationContext | null
  }
}

/**
 * Guards routes of an API. Callers without a valid access token get a 401 or 403 response with `WWW-Authenticate`.
 * @public
 */
export interface AuthorizationRequired extends RequirementWrapper<AuthorizationRequirement> {
  /**
   * Makes a hook that requires scopes or app roles. It stores the context as `request.authorization`.
   * @param requirement - The scopes that a user's token needs, and the app roles that an application's token needs.
   * @throws IdentityError `configuration` for an invalid requirement, when you declare the route.
   * @example part.addHook('onRequest', api.authorizationRequired({ roles: ['Admin.All'] }))
   */
  (requirement: AuthorizationRequirement): GuardHook
  /**
   * Makes a hook that requires a user's token with a scope of this API. It stores the context as `request.authorization`.
   * It does not throw.
   * @example part.addHook('onRequest', api.authorizationRequired())
   */
  (): GuardHook
}

/** Protects the web API of a Fastify application with access tokens, and calls other APIs for its users. @public */
export class ApiAuth extends ApiAuthBase implements Mountable<App> {
  /**
   * Protects an API. Guards do not need the application.
   * It does not throw: configuration errors are logged at start, and guarded routes return them with status 500.
   * @param options - Missing options are read from environment variables.
   * @example
   * ```ts
   * const api = new ApiAuth({
   *   authority: 'https://login.microsoftonline.com/contoso.onmicrosoft.com',
   *   clientId: '22222222-3333-4444-5555-666666666666',
   * })
   * ```
   */
  constructor(options?: ApiAuthOptions)
  /**
   * Protects an API and mounts the route that describes it to clients (RFC 9728), if `resource` is set.
   * It does not throw: configuration errors are logged at start, and guarded routes return them with status 500.
   * @param app - The Fastify application.
   * @param options - Missing options are read from environment variables.
   * @example const api = new ApiAuth(app, { resource: 'https://api.contoso.com' })
   */
  constructor(app: App, options?: ApiAuthOptions)
  constructor(...given: AppFirst<App, ApiAuthOptions>) {
    const { app, options } = appFirst<App, ApiAuthOptions>('register', given)
    super(createWebApi(options, toEnvironment()))
    if (app !== undefined) this.initApp(app)
  }

  initApp(app: App): this {
    app.register(this.plugin())
    return this
  }

  /**
   * Returns a plugin with the route that describes the API to clients (RFC 9728), if `resource` is set.
   * It does not throw. Its path is at the root of the origin, so register it with the root application.
   * @example await app.register(api.plugin())
   */
  plugin(): Plugin {
    return toPlugin('identity-web-api', (app) => {
      const api = apiOf(this)
      if (!app.hasRequestDecorator('authorization')) app.decorateRequest('authorization', null)
      addRouteHook(app, (request) => api.route(request.originalUrl, request.method))
    })
  }

  /** Guards a route with access tokens. */
  readonly authorizationRequired: AuthorizationRequired = (...given: readonly unknown[]) =>
    toHandlerOrHook(authorizationGuard(this, given), 'authorization')

  /**
   * Tells the client that its user must consent or complete another step (401), if a handler behind the hook form fails
   * with such an error. Handlers that you pass to `authorizationRequired` do not need it.
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
  ) => Promise<void> = async (error, _request, reply) => {
    const response = reply.sent ? undefined : apiOf(this).respondToClientError(error)
    if (response === undefined) throw error
    await sendResponse(await response, reply)
  }
}
