import type { ErrorRequestHandler, RequestHandler } from 'express'
import {
  createWebApi,
  type ApiAuthOptions,
  type AuthorizationContext,
  type AuthorizationRequirement,
  type ContextFor,
} from '../../api/index.ts'
import { ApiAuthBase } from '../base/api-auth.ts'
import { appFirst } from '../base/app-first.ts'
import { toEnvironment } from '../base/environment.ts'
import { authorizationGuard } from '../base/guards.ts'
import { urlOf } from '../node.ts'
import { protect, send, type App, type Handler } from './respond.ts'

declare global {
  namespace Express {
    interface Request {
      /** Whoever calls, behind `authorizationRequired()` as middleware; absent elsewhere. */
      authorization?: AuthorizationContext
    }
  }
}

/**
 * A handler that runs only for a caller with a good access token, who is in its third argument. One that is async may
 * throw: the error reaches Express's error handler, in Express 4 as well.
 *
 * @public
 */
export type AuthorizationHandler<Context> = Handler<Context>

/**
 * Lets callers with a good access token through, and answers others as clients of APIs expect it: 401 and 403 with
 * `WWW-Authenticate`, and a JSON body.
 *
 * @param requirement - What the route asks of its callers; without it, any token for this API with a scope or a role.
 * @param handler - Runs for those who are let in.
 * @returns A handler or a middleware of Express.
 * @throws {@link IdentityError} `configuration`, when the route is declared, for a requirement that makes no sense.
 *
 * @example For users by their client's scope, and for applications by their role; a whole router
 * ```ts
 * app.get('/todos', api.authorizationRequired({ scopes: ['Todos.Read'], roles: ['Todos.Read.All'] }, (req, res, { user }) => {
 *   res.json(user === undefined ? allTodos() : todosOf(user))
 * }))
 * app.use('/admin', api.authorizationRequired({ roles: ['Admin.All'] }), adminRouter)
 * ```
 * @public
 */
export interface AuthorizationRequired {
  /** The handler's third argument is the context: of a user or an application, as the requirement has it. */
  <const Requirement extends AuthorizationRequirement>(
    requirement: Requirement &
      Record<Exclude<keyof Requirement, keyof AuthorizationRequirement>, never>,
    handler: AuthorizationHandler<ContextFor<Requirement>>,
  ): RequestHandler
  /** For whoever has a token for this API with a scope or a role. */
  (handler: AuthorizationHandler<AuthorizationContext>): RequestHandler
  /** As plain middleware: puts the context on `req.authorization`. */
  (requirement: AuthorizationRequirement): RequestHandler
  /** As plain middleware, for whoever has a token for this API with a scope or a role. */
  (): RequestHandler
}

/**
 * Protects the web API of an Express application (4 or 5) by access tokens, and calls other APIs on behalf of its users.
 *
 * Faults of the configuration don't throw: they are logged at start, and every guarded route answers 500 with them.
 *
 * @example
 * ```ts
 * import express from 'express'
 * import { ApiAuth } from 'identity-web/express'
 *
 * const app = express()
 * const api = new ApiAuth({
 *   authority: 'https://login.microsoftonline.com/contoso.onmicrosoft.com',
 *   clientId: '22222222-3333-4444-5555-666666666666',
 * })
 *
 * app.get('/todos', api.authorizationRequired({ scopes: ['Todos.Read'] }, (req, res, { user }) => {
 *   res.json({ todosOf: user.oid })
 * }))
 * app.listen(5000)
 * ```
 * @public
 */
export class ApiAuth extends ApiAuthBase {
  /** @param options - Those not given are read from the environment. */
  constructor(options?: ApiAuthOptions)
  /**
   * @param app - Gets the route at which the API describes itself (RFC 9728), where `resource` is set.
   * @param options - Those not given are read from the environment.
   */
  constructor(app: App, options?: ApiAuthOptions)
  constructor(...given: [first?: App | ApiAuthOptions, second?: ApiAuthOptions]) {
    const { app, options } = appFirst<App, ApiAuthOptions>('use', given)
    super(createWebApi(options, toEnvironment()))
    if (app !== undefined) this.initApp(app)
  }

  /**
   * Serves the API's description of itself (RFC 9728) at `/.well-known/oauth-protected-resource`, where `resource` is
   * set: the same as giving the application to the constructor. Guards work without it.
   *
   * @param app - An Express application.
   * @returns This object.
   *
   * @example
   * ```ts
   * const api = new ApiAuth({ resource: 'https://api.contoso.com' })
   * api.initApp(app)
   * ```
   */
  initApp(app: App): this {
    const api = ApiAuthBase.api(this)
    app.use((req, res, next) => {
      const route = api.route(urlOf(req), req.method)
      if (route === undefined) next()
      else send(route(), res, next)
    })
    return this
  }

  /**
   * Guards a route by access tokens: see {@link AuthorizationRequired}.
   *
   * @example
   * ```ts
   * app.get('/todos', api.authorizationRequired({ scopes: ['Todos.Read'] }, (req, res, { user }) => res.json(user)))
   * ```
   */
  readonly authorizationRequired: AuthorizationRequired = (
    ...given: readonly unknown[]
  ): RequestHandler =>
    protect(authorizationGuard(this, given), (req, context) => (req.authorization = context))

  /**
   * Tells clients what their users have to do (401 with the claims, or that consent is missing) when a handler behind
   * the middleware form throws such an error of `getTokenOnBehalfOf` or `fetch`. Handlers that are wrapped don't need it.
   *
   * @example
   * ```ts
   * app.use('/todos', api.authorizationRequired({ scopes: ['Todos.Read'] }), todosRouter)
   * app.use(api.errorHandler)
   * ```
   */
  readonly errorHandler: ErrorRequestHandler = (error: unknown, _req, res, next) => {
    const answer = res.headersSent ? undefined : ApiAuthBase.api(this).respondToClientError(error)
    if (answer === undefined) next(error)
    else send(answer, res, next)
  }
}
