// The types of the guards of Fastify.
import type * as Fastify from 'fastify'
import type { AuthorizationRequirement, ContextFor, UserContext } from '../../api/index.ts'
import type { Exactly, OfIssuer } from '../../classes/index.ts'
import type { McpMembers, McpRequirement } from '../../mcp/index.ts'
import type { EitherContext, EitherRequirement } from '../../session-or-bearer/index.ts'
import type {
  LoginContext,
  LoginRequirement,
  ScopesRequired,
  TokenContext,
} from '../../web/index.ts'

/** The type of a handler or a hook of any route. */
// oxlint-disable-next-line max-params -- A hook of Fastify has three parameters and `this`.
export type AnyHandler = (this: any, request: any, reply: any, done?: any) => any

/** The handler that Fastify expects for a route. @public */
export type RouteHandler<
  Server extends Fastify.RawServerBase = Fastify.RawServerDefault,
  Route extends Fastify.RouteGenericInterface = Fastify.RouteGenericInterface,
  Config = Fastify.ContextConfigDefault,
  Schema extends Fastify.FastifySchema = Fastify.FastifySchema,
  Provider extends Fastify.FastifyTypeProvider = Fastify.FastifyTypeProviderDefault,
  Logger extends Fastify.FastifyBaseLogger = Fastify.FastifyBaseLogger,
> = Fastify.RouteHandlerMethod<
  Server,
  Fastify.RawRequestDefaultExpression<Server>,
  Fastify.RawReplyDefaultExpression<Server>,
  Route,
  Config,
  Schema,
  Provider,
  Logger
>

/**
 * A handler that runs only for authenticated requests and gets the context as its third argument. Fastify sends its result and
 * receives its errors.
 * @typeParam Known - The context.
 * @typeParam Handler - The handler that Fastify expects for the route, with its types for the body, query and reply.
 * @public
 */
// oxlint-disable-next-line max-params -- It has `this` and the parameters of Fastify, and the context.
export type GuardedHandler<Known, Handler extends AnyHandler = RouteHandler> = (
  this: ThisParameterType<Handler>,
  request: Parameters<Handler>[0],
  reply: Parameters<Handler>[1],
  context: Known,
) => ReturnType<Handler>

/**
 * Wraps a handler, with the types of its route.
 * @typeParam Before - The arguments before the handler.
 * @typeParam Known - The context that the handler receives.
 * @public
 */
export interface Wrapper<Before extends readonly unknown[], Known> {
  /**
   * Guards a route, so that its handler runs only for authenticated requests. Other visitors sign in first, while API callers
   * get a 401 or 403 response.
   * @param options - The scopes of an access token for the handler, all of one API, and who may call the route.
   * @param handler - Its third argument is the context. It contains the user and, if you require scopes, the token and a
   *   `fetch` that sends it.
   * @returns The handler for Fastify.
   * @throws IdentityError `configuration` for scopes of several APIs or invalid values, when you declare the route.
   * @example
   * ```ts
   * app.get('/', auth.loginRequired(async (request, reply, { user }) => `Hello, ${user.name}`))
   * app.get('/mail', auth.loginRequired({ scopes: ['Mail.Read'] }, async (request, reply, context) => {
   *   const response = await context.fetch('https://graph.microsoft.com/v1.0/me/messages')
   *   return response.json()
   * }))
   * app.get('/todos', api.authorizationRequired(async (request, reply, { claims }) => todosOf(claims)))
   * app.get('/me', auth.orBearer(api).required(async (request, reply, { claims }) => claims))
   * ```
   */
  <
    Server extends Fastify.RawServerBase = Fastify.RawServerDefault,
    Route extends Fastify.RouteGenericInterface = Fastify.RouteGenericInterface,
    Config = Fastify.ContextConfigDefault,
    Schema extends Fastify.FastifySchema = Fastify.FastifySchema,
    Provider extends Fastify.FastifyTypeProvider = Fastify.FastifyTypeProviderDefault,
    Logger extends Fastify.FastifyBaseLogger = Fastify.FastifyBaseLogger,
  >(
    ...given: [
      ...before: Before,
      handler: GuardedHandler<Known, RouteHandler<Server, Route, Config, Schema, Provider, Logger>>,
    ]
  ): RouteHandler<Server, Route, Config, Schema, Provider, Logger>
}

/**
 * Wraps a handler by the requirements of its route.
 * @typeParam Base - The type of the requirements.
 * @typeParam User - The user of a session. `never` if the route accepts access tokens only.
 * @typeParam More - The context's additional members.
 */
export interface RequirementWrapper<Base, User = never, More = unknown> extends Wrapper<
  [],
  ContextBy<User, object> & More
> {
  /**
   * Guards a route with requirements. Callers who do not meet them get a 401 or 403 response.
   * @param requirement - The requirements for a user's token, and the app permissions that an application's token needs. For
   *   routes that also accept a session, it contains the requirements of both.
   * @param handler - Runs for authorized callers, with the context of the user or the application as its third argument.
   * @throws IdentityError `configuration` for an invalid requirement, when you declare the route.
   * @example
   * ```ts
   * app.get('/todos', api.authorizationRequired({ scopes: ['Todos.Read'] }, async (request, reply, { user }) => user))
   *
   * const requirement = { authorization: { scopes: ['Todos.Read'] } }
   * app.get('/todos', auth.orBearer(api).required(requirement, async (request, reply, { claims }) => claims))
   * ```
   */
  <
    const Requirement extends Exactly<Requirement, Base>,
    Server extends Fastify.RawServerBase = Fastify.RawServerDefault,
    Route extends Fastify.RouteGenericInterface = Fastify.RouteGenericInterface,
    Config = Fastify.ContextConfigDefault,
    Schema extends Fastify.FastifySchema = Fastify.FastifySchema,
    Provider extends Fastify.FastifyTypeProvider = Fastify.FastifyTypeProviderDefault,
    Logger extends Fastify.FastifyBaseLogger = Fastify.FastifyBaseLogger,
  >(
    requirement: Requirement,
    handler: GuardedHandler<
      ContextBy<User, Requirement> & More,
      RouteHandler<Server, Route, Config, Schema, Provider, Logger>
    >,
  ): RouteHandler<Server, Route, Config, Schema, Provider, Logger>
}

type ContextBy<User, Requirement> = [User] extends [never]
  ? Requirement extends AuthorizationRequirement
    ? ContextFor<Requirement>
    : UserContext
  : Requirement extends EitherRequirement
    ? EitherContext<User, Requirement>
    : never

/**
 * A hook that guards routes with any types. In `onRequest`, it runs before the body is read. In `preHandler`, it runs after
 * the body is read.
 * @public
 */
export type GuardHook = (
  request: object,
  reply: object,
  done: Fastify.HookHandlerDoneFunction,
) => void | Promise<void>

/**
 * Guards routes for signed-in users, and redirects other visitors to the provider, which sends them back to the requested page
 * after the sign-in. A script gets a 401 response with the login URL instead.
 * @public
 */
export interface LoginRequired<User>
  extends
    Wrapper<[options: ScopesRequired], TokenContext<User>>,
    Wrapper<[options: LoginRequirement], LoginContext<User>>,
    Wrapper<[], LoginContext<User>> {
  /**
   * Makes a hook that requires a signed-in user and stores the context as `request.identity`.
   * @param options - The requirements, such as authentication contexts, the maximum age of the sign-in, or the scopes of one
   *   API.
   * @throws IdentityError `configuration` for scopes of several APIs or invalid values.
   * @example part.addHook('preHandler', auth.loginRequired())
   */
  (options?: LoginRequirement): GuardHook
}

/** The guard {@link Either.required}. @public */
export type EitherRequired<User> = RequirementWrapper<EitherRequirement, User>

/**
 * The guard that `auth.orBearer(api)` returns, for routes that accept a session or a bearer token.
 *
 * With the scheme `Bearer`, only the token can authenticate a request, because a cookie must not replace a rejected token.
 * @public
 */
export interface Either<User> {
  /** Guards a route. A script without a session gets a 401 response with the login URL. */
  readonly required: EitherRequired<User>
}

/**
 * Wraps the handlers of routes that need an access token, and makes hooks.
 * @typeParam Base - The type of the requirements.
 * @typeParam More - The context's additional members.
 */
interface TokenRequired<Base, More = unknown> extends RequirementWrapper<Base, never, More> {
  /**
   * Makes a hook with a requirement. The hook stores the context as `request.identity`.
   * @param requirement - The requirements for a user's token, and the app permissions that an application's token needs.
   * @throws IdentityError `configuration` for an invalid requirement, when you declare the route.
   * @example part.addHook('onRequest', api.authorizationRequired({ roles: ['Admin.All'] }))
   */
  <const Requirement extends object & Exactly<Requirement, Base>>(
    requirement: Requirement,
  ): GuardHook
  /**
   * Makes a hook that requires a user's token with a scope of this API, or with the scopes of the option `scopes` of
   * `McpAuth`. The hook stores the context as `request.identity`. The call does not throw.
   * @example part.addHook('onRequest', api.authorizationRequired())
   */
  (): GuardHook
}

/**
 * Guards API routes, and responds with 401 or 403 and `WWW-Authenticate` to callers without a valid access token.
 * @public
 */
export interface AuthorizationRequired<Issuer extends string = string> extends TokenRequired<
  AuthorizationRequirement<Issuer>,
  OfIssuer<Issuer>
> {}

/**
 * Guards the endpoint of an MCP server, and responds with 401 or 403 and `WWW-Authenticate` to callers without a valid access
 * token. The guard sets `request.raw.auth`, which the official SDK reads.
 * @public
 */
export interface McpRequired<Issuer extends string = string> extends TokenRequired<
  McpRequirement<Issuer>,
  McpMembers & OfIssuer<Issuer>
> {}

/** The member `errorHandler` that `ApiAuth` and `McpAuth` have. */
export interface HandlesErrors {
  /**
   * An error handler for the hook form of the guard. If a handler fails because the user must consent or complete another
   * step, this error handler sends a 401 response that tells the client to ask the user. Handlers that you pass to
   * `authorizationRequired` do not need it.
   * @param error - The handler's error.
   * @param request - Its request.
   * @param reply - Its reply.
   * @throws Every other error, which Fastify's next error handler receives.
   * @example part.setErrorHandler(api.errorHandler)
   */
  errorHandler(
    error: unknown,
    request: Fastify.FastifyRequest,
    reply: Fastify.FastifyReply,
  ): Promise<void>
}
