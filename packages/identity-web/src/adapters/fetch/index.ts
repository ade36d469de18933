// Auth, ApiAuth and McpAuth for `Request` and `Response`.
import { createWebApi, type ApiAuthOptions } from '../../api/index.ts'
import {
  ApiAuthBase,
  apiOf,
  AuthBase,
  authorizationGuard,
  loginGuard,
  McpAuthBase,
  sessionOrBearerGuard,
  toEnvironment,
  webOf,
  type OrBearerAuth,
} from '../../classes/index.ts'
import { createMcpApi, type McpAuthOptions } from '../../mcp/index.ts'
import { createWebAuth, type AuthOptions, type Claims } from '../../web/index.ts'
import { serve, withHttpContext } from '../request-response.ts'
import { HOST, toHandler, type Fetch } from './host.ts'
import type { AuthorizationRequired, Either, LoginRequired, McpRequired } from './signatures.ts'

export * from '../base/public.ts'
export type * from '../base/mcp.ts'
export type { GuardedHandler } from '../base/fetch-guards.ts'
export type {
  AuthorizationRequired,
  Either,
  Handler,
  LoginRequired,
  McpRequired,
} from './signatures.ts'

/**
 * Signs users in on a server that uses `Request` and `Response`, such as Workers, keeps their sessions and gets their
 * tokens.
 * @typeParam User - The type that `onLogin` returns, or the ID token's claims.
 * @public
 */
export class Auth<User = Claims> extends AuthBase<User, Fetch> implements OrBearerAuth {
  /**
   * Prepares sign-in. Pass every request to {@link Auth.respond}.
   *
   * If options are wrong, the constructor does not throw. Instead, guards respond with 503 in production, and the pages
   * show the problems in development.
   * @param options - Missing options are read from environment variables.
   * @param environment - The environment variables, for servers that pass them with each request, by default
   *   `process.env`.
   * @example A Worker
   * ```ts
   * const auth = new Auth({
   *   authority: 'https://login.microsoftonline.com/contoso.onmicrosoft.com',
   *   clientId: '11111111-2222-3333-4444-555555555555',
   *   redirectUri: 'http://localhost:3000/redirect',
   * })
   * const home = auth.loginRequired((request, { user }) => new Response(`Hello, ${user.name}`))
   *
   * export default { fetch: (request: Request) => auth.respond(request, () => home(request)) }
   * ```
   */
  constructor(options: AuthOptions<User> = {}, environment?: object) {
    super(createWebAuth(options, toEnvironment(environment)), HOST)
  }

  /**
   * Responds to the sign-in routes, and lets the application respond to all other requests. If {@link Auth.getUser} or
   * another member has refreshed the session, it adds the session cookies.
   * @param request - Any request.
   * @param next - Returns the application's response.
   * @returns The response.
   * @throws The errors from `next`, and errors from `onLogin` that are not an {@link IdentityError}.
   * @example A Worker
   * ```ts
   * export default { fetch: (request: Request) => auth.respond(request, () => app(request)) }
   * ```
   */
  async respond(request: Request, next: () => Response | Promise<Response>): Promise<Response> {
    return withHttpContext(request, async () => serve(webOf(this), request) ?? next())
  }

  /**
   * Responds only to the sign-in routes, so most servers use {@link Auth.respond} instead.
   * @param request - Any request.
   * @returns The response, or `undefined` for paths that do not belong to sign-in.
   * @throws Errors from `onLogin` that are not an {@link IdentityError}.
   * @example
   * ```ts
   * const response = await auth.handle(request)
   * if (response !== undefined) return response
   * ```
   */
  async handle(request: Request): Promise<Response | undefined> {
    return serve(webOf(this), request)
  }

  /** Guards a request handler, so that it runs only for signed-in users. */
  readonly loginRequired: LoginRequired<User> = (...given: readonly unknown[]) =>
    toHandler(loginGuard(this, given))

  orBearer(api: ApiAuth<any>): Either<User> {
    return {
      required: (...given: readonly unknown[]) =>
        toHandler(sessionOrBearerGuard({ auth: this, api }, given)),
    }
  }
}

/** Protects a web API on a server that uses `Request` and `Response`, and calls other APIs for its users. @public */
export class ApiAuth<Issuer extends string = string> extends ApiAuthBase<Fetch, Issuer> {
  /**
   * Protects an API with access tokens. If options are wrong, the constructor does not throw. Instead, guards respond
   * with 503 in production, and return the problems in development.
   * @param options - Missing options are read from environment variables.
   * @param environment - The environment variables, for servers that pass them with each request, by default
   *   `process.env`.
   * @example
   * ```ts
   * const api = new ApiAuth({
   *   authority: 'https://login.microsoftonline.com/contoso.onmicrosoft.com',
   *   clientId: '22222222-3333-4444-5555-666666666666',
   * })
   * const todos = api.authorizationRequired({ scopes: ['Todos.Read'] }, (request, { user }) => Response.json(user))
   *
   * export default { fetch: (request: Request) => todos(request) }
   * ```
   */
  constructor(options: ApiAuthOptions<Issuer> = {}, environment?: object) {
    super(createWebApi(options, toEnvironment(environment)), HOST)
  }

  /**
   * Serves the API's description at `/.well-known/oauth-protected-resource` (RFC 9728), if `resource` is set. Guards also
   * work without this route. It does not throw.
   * @param request - Any request.
   * @returns The response, or `undefined` for other paths.
   * @example export default { fetch: async (request: Request) => (await api.handle(request)) ?? todos(request) }
   */
  async handle(request: Request): Promise<Response | undefined> {
    return serve(apiOf(this), request)
  }

  /** Guards a request handler with access tokens. */
  readonly authorizationRequired: AuthorizationRequired<Issuer> = (...given: readonly unknown[]) =>
    toHandler(authorizationGuard(this, given))
}

/** Protects an MCP server with access tokens, on a server that uses `Request` and `Response`. @beta */
export class McpAuth<Issuer extends string = string> extends McpAuthBase<Fetch, Issuer> {
  /**
   * Protects an MCP server. If options are wrong, the constructor does not throw. Instead, guards respond with 503 in
   * production, and return the problems in development.
   * @param options - Missing options are read from environment variables.
   * @param environment - The environment variables, for servers that pass them with each request, by default
   *   `process.env`.
   * @example
   * ```ts
   * const mcp = new McpAuth({
   *   authority: 'https://login.microsoftonline.com/c0000000-0000-4000-8000-000000000001',
   *   clientId: '22222222-3333-4444-5555-666666666666',
   *   resource: 'https://tools.contoso.com/mcp',
   *   scopes: ['Tools.Use'],
   * })
   * const endpoint = mcp.authorizationRequired((request, { authInfo }) => handler.fetch(request, { authInfo }))
   *
   * export default { fetch: async (request: Request) => (await mcp.handle(request)) ?? endpoint(request) }
   * ```
   */
  constructor(options: McpAuthOptions<Issuer> = {}, environment?: object) {
    super(createMcpApi(options, toEnvironment(environment)), HOST)
  }

  /**
   * Serves the server's metadata (RFC 9728), and responds to preflight requests from browsers. It does not throw.
   * @param request - Any request.
   * @returns The response, or `undefined` for other requests.
   * @example export default { fetch: async (request: Request) => (await mcp.handle(request)) ?? endpoint(request) }
   */
  async handle(request: Request): Promise<Response | undefined> {
    return serve(apiOf(this), request)
  }

  /** Guards the endpoint with access tokens. */
  readonly authorizationRequired: McpRequired<Issuer> = (...given: readonly unknown[]) =>
    toHandler(authorizationGuard(this, given))
}
