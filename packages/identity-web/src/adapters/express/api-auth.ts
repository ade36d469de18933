import type { ErrorRequestHandler, NextFunction, Request, RequestHandler, Response } from 'express'
import {
  createWebApi,
  type ApiAuthOptions,
  type AuthorizationContext,
  type AuthorizationRequirement,
  type ContextFor,
  type WebApi,
} from '../../api/index.ts'
import type { TokenResult } from '../../tokens.ts'
import { NodeExchange, ignoreValue, urlOf } from '../node.ts'
import { isApp, send, type App } from './respond.ts'

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
export type AuthorizationHandler<Context> = (
  req: Request,
  res: Response,
  context: Context,
  next: NextFunction,
) => unknown

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
export class ApiAuth {
  readonly #api: WebApi

  /** @param options - Those not given are read from the environment. */
  constructor(options?: ApiAuthOptions)
  /**
   * @param app - Gets the route at which the API describes itself (RFC 9728), where `resource` is set.
   * @param options - Those not given are read from the environment.
   */
  constructor(app: App, options?: ApiAuthOptions)
  constructor(first: App | ApiAuthOptions = {}, second: ApiAuthOptions = {}) {
    this.#api = createWebApi(isApp(first) ? second : first, process.env)
    if (isApp(first)) this.initApp(first)
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
    app.use((req, res, next) => {
      const route = this.#api.route(urlOf(req), req.method)
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
  ): RequestHandler => {
    // A requirement that is missing by mistake, or stands behind its handler, must not be taken for none.
    const isBare = given.length === 0 || (given.length === 1 && typeof given[0] === 'function')
    const handler = given[isBare ? 0 : 1] as AuthorizationHandler<AuthorizationContext> | undefined
    const guard = this.#api.guard(isBare ? {} : (given[0] as AuthorizationRequirement))
    return (req, res, next) => {
      const outcome = guard(new NodeExchange(req, res), (context) => {
        if (handler !== undefined) return ignoreValue(handler(req, res, context, next))
        req.authorization = context
        next()
        return undefined
      })
      return send(outcome, res, next)
    }
  }

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
    const answer = res.headersSent ? undefined : this.#api.relay(error)
    if (answer === undefined) next(error)
    else send(answer, res, next)
  }

  /**
   * Gets an access token of the API itself, with no user (client credentials), to call another API.
   *
   * It is kept and renewed ahead of time, so call this for each use. At Entra ID the authority must name one tenant.
   *
   * @param scopes - At Entra ID one API's `/.default`, such as `https://graph.microsoft.com/.default`.
   * @returns The token, and for how many seconds it is good.
   * @throws {@link IdentityError} `configuration` without a credential, for an authority of many tenants and for scopes
   *   of several APIs; `provider_error` when the provider refuses; `provider_unavailable` when it can't answer now.
   *
   * @example
   * ```ts
   * const { accessToken } = await api.getTokenForClient('https://graph.microsoft.com/.default')
   * ```
   */
  getTokenForClient(scopes: string | readonly string[]): Promise<TokenResult> {
    return this.#api.getTokenForClient(scopes)
  }

  /**
   * Gets an access token for the user of a process that `context.startLongRunningProcess()` began, whether or not they
   * are there.
   *
   * @param key - What `startLongRunningProcess` gave.
   * @param scopes - Of one API, as a list or separated by spaces.
   * @returns The token, and for how many seconds it is good.
   * @throws {@link IdentityError} `interaction_required` when the process was stopped or its user has to start it again;
   *   `configuration` without `longRunning`; `provider_unavailable` when the provider can't answer now.
   *
   * @example A job of the night
   * ```ts
   * const { accessToken } = await api.getTokenInLongRunningProcess(job.key, ['Files.Read'])
   * ```
   */
  getTokenInLongRunningProcess(
    key: string,
    scopes: string | readonly string[],
  ): Promise<TokenResult> {
    return this.#api.getTokenInLongRunningProcess(key, scopes)
  }

  /**
   * Ends a long-running process: its tokens leave the store.
   *
   * @param key - What `startLongRunningProcess` gave. One that is not there any more is no error.
   * @throws {@link IdentityError} `configuration` without `longRunning`.
   *
   * @example
   * ```ts
   * await api.stopLongRunningProcess(job.key)
   * ```
   */
  stopLongRunningProcess(key: string): Promise<void> {
    return this.#api.stopLongRunningProcess(key)
  }

  /** What a guard of both kinds needs. @internal */
  static coreOf(api: ApiAuth): WebApi {
    return api.#api
  }
}
