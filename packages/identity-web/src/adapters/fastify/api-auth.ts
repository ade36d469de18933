import type {
  ContextConfigDefault,
  FastifyBaseLogger,
  FastifyReply,
  FastifyRequest,
  FastifySchema,
  FastifyTypeProvider,
  FastifyTypeProviderDefault,
  RawServerBase,
  RawServerDefault,
  RouteGenericInterface,
} from 'fastify'
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
import type { GuardedHandler, GuardHook, RouteHandler, Wrapper } from './handlers.ts'
import { toPlugin, type App, type Plugin } from './plugin.ts'
import { answer, hook, send, wrap } from './respond.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Whoever calls, behind `authorizationRequired()` as a hook; null or absent elsewhere. */
    authorization?: AuthorizationContext | null
  }
}

/**
 * Lets callers with a good access token through, and answers others as clients of APIs expect it: 401 and 403 with
 * `WWW-Authenticate`, and a JSON body.
 *
 * @param requirement - What the route asks of its callers; without it, any token for this API with a scope or a role.
 * @param handler - Runs for those who are let in.
 * @returns A handler, or a hook for `preHandler` or `onRequest`.
 * @throws {@link IdentityError} `configuration`, when the route is declared, for a requirement that makes no sense.
 *
 * @example For users by their client's scope, and for applications by their role; a whole part of the application
 * ```ts
 * app.get('/todos', api.authorizationRequired({ scopes: ['Todos.Read'], roles: ['Todos.Read.All'] }, async (request, reply, { user }) =>
 *   user === undefined ? allTodos() : todosOf(user),
 * ))
 * app.register(async (part) => {
 *   part.addHook('onRequest', api.authorizationRequired({ roles: ['Admin.All'] }))
 *   part.get('/', async (request) => ({ by: request.authorization?.app?.clientId }))
 * }, { prefix: '/admin' })
 * ```
 * @public
 */
export interface AuthorizationRequired extends Wrapper<[], AuthorizationContext> {
  /** The handler's third argument is the context: of a user or an application, as the requirement has it. */
  <
    const Requirement extends AuthorizationRequirement,
    Server extends RawServerBase = RawServerDefault,
    Route extends RouteGenericInterface = RouteGenericInterface,
    Config = ContextConfigDefault,
    Schema extends FastifySchema = FastifySchema,
    Provider extends FastifyTypeProvider = FastifyTypeProviderDefault,
    Logger extends FastifyBaseLogger = FastifyBaseLogger,
  >(
    requirement: Requirement &
      Record<Exclude<keyof Requirement, keyof AuthorizationRequirement>, never>,
    handler: GuardedHandler<
      ContextFor<Requirement>,
      RouteHandler<Server, Route, Config, Schema, Provider, Logger>
    >,
  ): RouteHandler<Server, Route, Config, Schema, Provider, Logger>
  /** As a hook: puts the context on `request.authorization`. */
  (requirement: AuthorizationRequirement): GuardHook
  /** As a hook, for whoever has a token for this API with a scope or a role. */
  (): GuardHook
}

/**
 * Protects the web API of a Fastify application by access tokens, and calls other APIs on behalf of its users.
 *
 * Faults of the configuration don't throw: they are logged at start, and every guarded route answers 500 with them.
 *
 * @example
 * ```ts
 * import Fastify from 'fastify'
 * import { ApiAuth } from 'identity-web/fastify'
 *
 * const app = Fastify()
 * const api = new ApiAuth({
 *   authority: 'https://login.microsoftonline.com/contoso.onmicrosoft.com',
 *   clientId: '22222222-3333-4444-5555-666666666666',
 * })
 *
 * app.get('/todos', api.authorizationRequired({ scopes: ['Todos.Read'] }, async (request, reply, { user }) => ({
 *   todosOf: user.oid,
 * })))
 * await app.listen({ port: 5000 })
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
    const { app, options } = appFirst<App, ApiAuthOptions>('register', given)
    super(createWebApi(options, toEnvironment()))
    if (app !== undefined) this.initApp(app)
  }

  /**
   * Serves the API's description of itself: the same as `app.register(api.plugin())`, and as giving the application to
   * the constructor.
   *
   * @param app - A Fastify application.
   * @returns This object.
   *
   * @example
   * ```ts
   * const api = new ApiAuth({ resource: 'https://api.contoso.com' })
   * api.initApp(app)
   * ```
   */
  initApp(app: App): this {
    app.register(this.plugin())
    return this
  }

  /**
   * Makes the plugin that serves the API's description of itself (RFC 9728) at `/.well-known/oauth-protected-resource`,
   * where `resource` is set. Guards work without it.
   *
   * That path is at the root of the origin, so register it with the application itself and with no part of it.
   *
   * @returns A plugin for `app.register`.
   *
   * @example
   * ```ts
   * const api = new ApiAuth({ resource: 'https://api.contoso.com' })
   * await app.register(api.plugin())
   * ```
   */
  plugin(): Plugin {
    return toPlugin('identity-web-api', (app) => {
      const api = ApiAuthBase.api(this)
      if (!app.hasRequestDecorator('authorization')) app.decorateRequest('authorization', null)
      // Hooks of an application run for paths without a route, too.
      app.addHook('onRequest', (request, reply, done) => {
        const route = api.route(request.originalUrl, request.method)
        if (route !== undefined) return answer(request, reply, route)
        done()
        return undefined
      })
    })
  }

  /**
   * Guards a route by access tokens: see {@link AuthorizationRequired}.
   *
   * @example
   * ```ts
   * app.get('/todos', api.authorizationRequired({ scopes: ['Todos.Read'] }, async (request, reply, { user }) => user))
   * ```
   */
  readonly authorizationRequired: AuthorizationRequired = (...given: readonly unknown[]): any => {
    const guarded = authorizationGuard(this, given)
    return guarded.handler === undefined
      ? hook(guarded, (request, context) => (request.authorization = context))
      : wrap(guarded)
  }

  /**
   * Tells clients what their users have to do (401 with the claims, or that consent is missing) when a handler behind
   * the hook form throws such an error of `getTokenOnBehalfOf` or `fetch`. Handlers that are wrapped don't need it.
   *
   * Other errors are thrown on: Fastify gives them to the error handler of the part of the application around.
   *
   * @example
   * ```ts
   * app.register(async (part) => {
   *   part.setErrorHandler(api.errorHandler)
   *   part.addHook('onRequest', api.authorizationRequired({ scopes: ['Todos.Read'] }))
   *   part.get('/todos', async (request) => request.authorization?.fetch('https://graph.microsoft.com/v1.0/me/todo/lists'))
   * })
   * ```
   */
  readonly errorHandler: (
    error: unknown,
    request: FastifyRequest,
    reply: FastifyReply,
  ) => Promise<void> = async (error, _request, reply) => {
    const relayed = reply.sent ? undefined : ApiAuthBase.api(this).respondToClientError(error)
    if (relayed === undefined) throw error
    await send(await relayed, reply)
  }
}
