import type { ErrorRequestHandler, RequestHandler } from 'express'
import {
  createWebApi,
  type ApiAuthOptions,
  type AuthorizationContext,
  type AuthorizationRequirement,
  type ContextFor,
} from '../../api/index.ts'
import { ApiAuthBase, apiOf } from '../base/api-auth.ts'
import { appFirst, type AppFirst, type Mountable } from '../base/app-first.ts'
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
 *
 * @public
 */
export type AuthorizationHandler<Context> = Handler<Context>

/**
 * Guards routes of an API. Callers without a valid access token get a 401 or 403 response with `WWW-Authenticate`.
 *
 * @public
 */
export interface AuthorizationRequired {
  /**
   * Guards a route by scopes or app roles. Other callers get a 401 or 403 response.
   *
   * @param requirement - The scopes that a user's token needs, and the app roles that an application's token needs.
   * @param handler - Runs for authorized callers. Its third argument is the context of the user or the application.
   * @throws {@link IdentityError} `configuration` for an invalid requirement, when you declare the route.
   * @example
   * ```ts
   * const requirement = { scopes: ['Todos.Read'], roles: ['Todos.Read.All'] }
   * app.get('/todos', api.authorizationRequired(requirement, (req, res, { user }) => {
   *   res.json(user === undefined ? allTodos() : todosOf(user))
   * }))
   * ```
   */
  <const Requirement extends AuthorizationRequirement>(
    requirement: Exactly<Requirement>,
    handler: AuthorizationHandler<ContextFor<Requirement>>,
  ): RequestHandler
  /**
   * Guards a route for every caller whose token for this API has a scope or an app role.
   *
   * @param handler - Runs for authorized callers. Its third argument is the context.
   * @throws {@link IdentityError} `configuration` if `handler` is not a function.
   * @example app.get('/me', api.authorizationRequired((req, res, { claims }) => res.json(claims)))
   */
  (handler: AuthorizationHandler<AuthorizationContext>): RequestHandler
  /**
   * Makes a middleware that requires scopes or app roles. It stores the context as `req.authorization`.
   *
   * @param requirement - The scopes that a user's token needs, and the app roles that an application's token needs.
   * @throws {@link IdentityError} `configuration` for an invalid requirement, when you declare the route.
   * @example app.use('/admin', api.authorizationRequired({ roles: ['Admin.All'] }), adminRouter)
   */
  (requirement: AuthorizationRequirement): RequestHandler
  /**
   * Makes a middleware that requires a token for this API with a scope or an app role. It stores the context as
   * `req.authorization`. It does not throw.
   *
   *
   * @example app.use('/todos', api.authorizationRequired(), todosRouter)
   */
  (): RequestHandler
}

/** Protects the web API of an Express application (4 or 5) with access tokens, and calls other APIs for its users. @public */
export class ApiAuth extends ApiAuthBase implements Mountable<App> {
  /**
   * Protects an API and mounts the route that describes it to clients (RFC 9728), if `resource` is set.
   *
   * It does not throw: configuration errors are logged at start, and guarded routes return them with status 500.
   *
   * @param app - The Express application.
   * @param options - Missing options are read from environment variables.
   * @example const api = new ApiAuth(app, { resource: 'https://api.contoso.com' })
   */
  constructor(app: App, options?: ApiAuthOptions)
  /**
   * Protects an API. The application is not needed for guards.
   *
   * It does not throw: configuration errors are logged at start, and guarded routes return them with status 500.
   *
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

  /** Guards a route with access tokens. */
  readonly authorizationRequired: AuthorizationRequired = (
    ...given: readonly unknown[]
  ): RequestHandler => toHandler(authorizationGuard(this, given), 'authorization')

  /**
   * Tells the client that its user must consent or complete another step (401), if a handler behind the middleware form
   * fails with such an error. Handlers that you pass to `authorizationRequired` do not need it.
   *
   * @example
   * ```ts
   * app.use('/todos', api.authorizationRequired({ scopes: ['Todos.Read'] }), todosRouter)
   * app.use(api.errorHandler)
   * ```
   */
  readonly errorHandler: ErrorRequestHandler = (error: unknown, _req, res, next) => {
    const response = res.headersSent ? undefined : apiOf(this).relay(error)
    if (response === undefined) next(error)
    else sendResponse(response, res, next)
  }
}
