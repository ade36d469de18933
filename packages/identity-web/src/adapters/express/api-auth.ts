import type { ErrorRequestHandler, RequestHandler } from 'express'
import type { AuthorizationRequirement, ContextFor, UserContext } from '../../api/index.ts'
import {
  apiOf,
  createApiAuthBase,
  sendErrorResponse,
  startIn,
  type ApiAuthBase,
  type ApiAuthConstructor,
  type ApiErrorScopes,
  type AppApi,
  type Exactly,
  type SendsApiResponse,
} from '../../members/index.ts'
import { failTo, serveRoute, urlOf } from '../node.ts'
import {
  HOST,
  sendResponse,
  GUARDS,
  type App,
  type ExpressCalls,
  type GuardedHandler,
} from './respond.ts'

/** The type of {@link ApiAuth.authorizationRequired}. @public */
export type AuthorizationRequired = ApiAuth['authorizationRequired']

const Base: ApiAuthConstructor<App, ExpressCalls> = createApiAuthBase({ method: 'use', host: HOST })

/** Protects the web API of an Express application (4 or 5) with access tokens, and calls other APIs for its users. @public */
export class ApiAuth extends Base implements AppApi<App>, SendsApiResponse {
  initApp(app: App): this {
    mountApi(this, app)
    return this
  }

  authorizationRequired<const Requirement extends AuthorizationRequirement>(
    requirement: Exactly<Requirement>,
    handler: GuardedHandler<ContextFor<Requirement>>,
  ): RequestHandler
  authorizationRequired(handler: GuardedHandler<UserContext>): RequestHandler
  authorizationRequired(requirement: AuthorizationRequirement): RequestHandler
  authorizationRequired(): RequestHandler
  authorizationRequired(...given: readonly unknown[]): RequestHandler {
    return GUARDS.authorization(this, given)
  }

  /**
   * An error handler for the middleware form of the guard. If a handler fails because the user must consent or complete
   * another step, it sends a 401 response that tells the client. You do not need it for handlers that you pass to
   * `authorizationRequired`.
   * @example
   * ```ts
   * app.use('/todos', api.authorizationRequired({ scopes: ['Todos.Read'] }), todosRouter)
   * app.use(api.errorHandler)
   * ```
   */
  readonly errorHandler: ErrorRequestHandler = toErrorHandler(this)

  sendResponse(
    ...args: [...ExpressCalls['route'], error: unknown, options?: ApiErrorScopes]
  ): Promise<void> {
    return sendErrorResponse(HOST, args, this)
  }
}

/** Mounts the routes that need no token. */
export function mountApi(owner: ApiAuthBase<ExpressCalls>, app: App): void {
  startIn(owner)
  const api = apiOf(owner)
  app.use((req, res, next) => {
    const route = api.route(urlOf(req), req.method)
    if (route === undefined) next()
    else serveRoute(req, res, route).catch(failTo(next))
  })
}

/** Makes the error handler for the middleware form of the guard. */
export function toErrorHandler(owner: ApiAuthBase<ExpressCalls>): ErrorRequestHandler {
  // oxlint-disable-next-line max-params -- Express recognizes an error handler by its four parameters.
  return (error: unknown, _req, res, next) => {
    const response = res.headersSent ? undefined : apiOf(owner).respondToClientError(error)
    if (response === undefined) next(error)
    else sendResponse(response, res, next)
  }
}
