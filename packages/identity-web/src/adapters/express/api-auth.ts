import type { ErrorRequestHandler, RequestHandler } from 'express'
import {
  createWebApi,
  type ApiAuthOptions,
  type AuthorizationContext,
  type AuthorizationRequirement,
  type ContextFor,
  type UserContext,
} from '../../api/index.ts'
import { ApiAuthBase, apiOf } from '../base/api-auth.ts'
import { appFirst, bindMethod, type AppApi, type AppFirst } from '../base/app-auth.ts'
import { toEnvironment } from '../base/environment.ts'
import { authorizationGuard, type Exactly } from '../base/guards.ts'
import { urlOf } from '../node.ts'
import { sendResponse, toHandler, type App, type Handler } from './respond.ts'

declare global {
  namespace Express {
    interface Request {
      /** The caller, behind `authorizationRequired()` as middleware. Absent elsewhere. */
      authorization?: AuthorizationContext
    }
  }
}

/**
 * A handler that runs only for callers with a valid access token. Its third argument describes the caller. It may be
 * async: Express's error handler receives its errors, in Express 4 too.
 * @public
 */
export type AuthorizationHandler<Context> = Handler<Context>

/** The type of {@link ApiAuth.authorizationRequired}. @public */
export type AuthorizationRequired = ApiAuth['authorizationRequired']

/** Protects the web API of an Express application (4 or 5) with access tokens, and calls other APIs for its users. @public */
export class ApiAuth extends ApiAuthBase implements AppApi<App> {
  /**
   * Protects an API and mounts the route that describes it to clients (RFC 9728), if `resource` is set.
   * It does not throw: configuration errors are logged at start, and guarded routes return them with status 500.
   * @param app - The Express application.
   * @param options - Missing options are read from environment variables.
   * @example const api = new ApiAuth(app, { resource: 'https://api.contoso.com' })
   */
  constructor(app: App, options?: ApiAuthOptions)
  /**
   * Protects an API. The application is not needed for guards.
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
  constructor(...given: AppFirst<App, ApiAuthOptions>) {
    const { app, options } = appFirst<App, ApiAuthOptions>('use', given)
    super(createWebApi(options, toEnvironment()))
    bindMethod(this, 'authorizationRequired')
    if (app !== undefined) this.initApp(app)
  }

  initApp(app: App): this {
    const api = apiOf(this)
    app.use((req, res, next) => {
      const route = api.route(urlOf(req), req.method)
      if (route === undefined) next()
      else sendResponse(route(), res, next)
    })
    return this
  }

  authorizationRequired<const Requirement extends AuthorizationRequirement>(
    requirement: Exactly<Requirement>,
    handler: AuthorizationHandler<ContextFor<Requirement>>,
  ): RequestHandler
  authorizationRequired(handler: AuthorizationHandler<UserContext>): RequestHandler
  authorizationRequired(requirement: AuthorizationRequirement): RequestHandler
  authorizationRequired(): RequestHandler
  authorizationRequired(...given: readonly unknown[]): RequestHandler {
    return toHandler(authorizationGuard(this, given), 'authorization')
  }

  /**
   * Tells the client that its user must consent or complete another step (401), if a handler behind the middleware form
   * fails with such an error. Handlers that you pass to `authorizationRequired` do not need it.
   * @example
   * ```ts
   * app.use('/todos', api.authorizationRequired({ scopes: ['Todos.Read'] }), todosRouter)
   * app.use(api.errorHandler)
   * ```
   */
  // oxlint-disable-next-line max-params -- Express recognizes an error handler by its four parameters.
  readonly errorHandler: ErrorRequestHandler = (error: unknown, _req, res, next) => {
    const response = res.headersSent ? undefined : apiOf(this).respondToClientError(error)
    if (response === undefined) next(error)
    else sendResponse(response, res, next)
  }
}
