// The types of the guards of Hono.
import type { Context, Env, Handler, Input, MiddlewareHandler } from 'hono'
import type { HandlerResponse } from 'hono/types'
import type {
  ApiAuthOptions,
  AuthorizationContext,
  AuthorizationRequirement,
  ContextFor,
  UserContext,
} from '../../api/index.ts'
import type {
  ApiAuthBase,
  AuthorizationGuardDocs,
  EitherGuardDocs,
  Exactly,
  LoginGuardDocs,
  McpAuthBase,
  OptionsFor,
  OfIssuer,
} from '../../classes/index.ts'
import type { McpAuthOptions } from '../../mcp/index.ts'
import type { RegisteredUser } from '../../registered-user.ts'
import type { EitherContext, EitherRequirement } from '../../session-or-bearer/index.ts'
import type {
  LoginContext,
  LoginRequirement,
  ScopesRequired,
  TokenContext,
} from '../../web/index.ts'
import type { App, Hono } from './host.ts'

/**
 * A handler that runs only for authenticated requests and gets the context as its second argument. `app.onError`
 * receives its errors.
 * @public
 */
export type GuardedHandler<
  Known,
  E extends Env = any,
  P extends string = any,
  I extends Input = {},
  R extends HandlerResponse<any> = any,
> = (c: Context<E, P, I>, context: Known) => R

/** The variables that `loginRequired()` adds to `c.var` as middleware. @public */
export interface LoginEnv<Known = LoginContext<RegisteredUser>> {
  /** The added variables. */
  readonly Variables: {
    /** The signed-in user, and the token if the middleware requires scopes. */
    readonly identity: Known
  }
}

/** The variables that `authorizationRequired()` adds to `c.var` as middleware. @public */
export interface AuthorizationEnv<Known = AuthorizationContext> {
  /** The added variables. */
  readonly Variables: {
    /** The caller. */
    readonly identity: Known
  }
}

/** The signatures of the `Auth` guard. */
export interface LoginGuards<User> extends LoginGuardDocs {
  loginRequired<E extends Env, P extends string, I extends Input, R extends HandlerResponse<any>>(
    options: ScopesRequired,
    handler: GuardedHandler<TokenContext<User>, E, P, I, R>,
  ): Handler<E, P, I, R>
  loginRequired<E extends Env, P extends string, I extends Input, R extends HandlerResponse<any>>(
    options: LoginRequirement,
    handler: GuardedHandler<LoginContext<User>, E, P, I, R>,
  ): Handler<E, P, I, R>
  loginRequired<E extends Env, P extends string, I extends Input, R extends HandlerResponse<any>>(
    handler: GuardedHandler<LoginContext<User>, E, P, I, R>,
  ): Handler<E, P, I, R>
  loginRequired(options: ScopesRequired): MiddlewareHandler<LoginEnv<TokenContext<User>>>
  loginRequired(options?: LoginRequirement): MiddlewareHandler<LoginEnv<LoginContext<User>>>
}

/**
 * The signatures of the `ApiAuth` and `McpAuth` guards.
 * @typeParam Base - The type of the requirements.
 * @typeParam More - The context's additional members.
 */
export interface AuthorizationGuards<
  Base extends AuthorizationRequirement,
  More = OfIssuer<Base['issuer']>,
> extends AuthorizationGuardDocs {
  authorizationRequired<
    const Requirement extends Exactly<Requirement, Base>,
    E extends Env,
    P extends string,
    I extends Input,
    R extends HandlerResponse<any>,
  >(
    requirement: Requirement,
    handler: GuardedHandler<ContextFor<Requirement> & More, E, P, I, R>,
  ): Handler<E, P, I, R>
  authorizationRequired<
    E extends Env,
    P extends string,
    I extends Input,
    R extends HandlerResponse<any>,
  >(
    handler: GuardedHandler<UserContext & More, E, P, I, R>,
  ): Handler<E, P, I, R>
  authorizationRequired<const Requirement extends Exactly<Requirement, Base>>(
    requirement: Requirement,
  ): MiddlewareHandler<AuthorizationEnv<ContextFor<Requirement> & More>>
  authorizationRequired(): MiddlewareHandler<AuthorizationEnv<UserContext & More>>
}

/** The guard that `auth.orBearer(api)` returns, for routes that accept a session or a bearer token. @public */
export interface Either<User> extends EitherGuardDocs {
  required<
    const Requirement extends EitherRequirement,
    E extends Env,
    P extends string,
    I extends Input,
    R extends HandlerResponse<any>,
  >(
    requirement: Requirement,
    handler: GuardedHandler<EitherContext<User, Requirement>, E, P, I, R>,
  ): Handler<E, P, I, R>
  required<E extends Env, P extends string, I extends Input, R extends HandlerResponse<any>>(
    handler: GuardedHandler<EitherContext<User>, E, P, I, R>,
  ): Handler<E, P, I, R>
}

/** The `ApiAuth` constructor, whose options may depend on a request's environment. */
export interface HonoApiAuthConstructor {
  /**
   * Protects an API. You do not need to pass the application to use the guards. The constructor does not throw, because the
   * first guard checks the options, as `new ApiAuth(app)` does.
   * @param options - The options, or a function that receives the environment's bindings and returns the options.
   *   Missing options are read from the environment.
   * @example
   * ```ts
   * const api = new ApiAuth({
   *   authority: 'https://login.microsoftonline.com/contoso.onmicrosoft.com',
   *   clientId: '22222222-3333-4444-5555-666666666666',
   * })
   * ```
   */
  new <Bindings extends object, Issuer extends string = string>(
    options?: OptionsFor<ApiAuthOptions<Issuer>, Bindings>,
  ): ApiAuthBase<Hono, Issuer>
  /**
   * Protects an API and mounts the route that describes it to clients (RFC 9728), if `resource` is set. On Workers, and
   * in development, wrong options do not throw. Instead, guarded routes on a Worker respond with 503 in production.
   * @throws IdentityError `configuration` with all problems in the options, only in production and only if
   *   `strictStart` is not `false`.
   * @param app - The Hono application.
   * @param options - The options, or a function that receives the environment's bindings and returns the options.
   *   Missing options are read from the environment.
   * @example const api = new ApiAuth(app, { resource: 'https://api.contoso.com' })
   */
  new <Bindings extends object, Issuer extends string = string>(
    app: App,
    options?: OptionsFor<ApiAuthOptions<Issuer>, Bindings>,
  ): ApiAuthBase<Hono, Issuer>
}

/** The `McpAuth` constructor, whose options may depend on a request's environment. */
export interface HonoMcpAuthConstructor {
  /**
   * Protects an MCP server. You do not need to pass the application to use the guards. The constructor does not throw,
   * because the first guard checks the options, as `new McpAuth(app)` does.
   * @param options - The options, or a function that receives the environment's bindings and returns the options.
   *   Missing options are read from the environment.
   * @example
   * ```ts
   * const mcp = new McpAuth({
   *   authority: 'https://login.microsoftonline.com/c0000000-0000-4000-8000-000000000001',
   *   clientId: '22222222-3333-4444-5555-666666666666',
   *   resource: 'https://tools.contoso.com/mcp',
   * })
   * ```
   */
  new <Bindings extends object, Issuer extends string = string>(
    options?: OptionsFor<McpAuthOptions<Issuer>, Bindings>,
  ): McpAuthBase<Hono, Issuer>
  /**
   * Protects an MCP server. It mounts the route for its metadata (RFC 9728), and responds to preflight requests from
   * browsers. On Workers, and in development, wrong options do not throw. Instead, guarded routes on a Worker respond
   * with 503 in production.
   * @throws IdentityError `configuration` with all problems in the options, only in production and only if
   *   `strictStart` is not `false`.
   * @param app - The Hono application.
   * @param options - The options, or a function that receives the environment's bindings and returns the options.
   *   Missing options are read from the environment.
   * @example const mcp = new McpAuth(app, { resource: 'https://tools.contoso.com/mcp', scopes: ['Tools.Use'] })
   */
  new <Bindings extends object, Issuer extends string = string>(
    app: App,
    options?: OptionsFor<McpAuthOptions<Issuer>, Bindings>,
  ): McpAuthBase<Hono, Issuer>
}
