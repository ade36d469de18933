// Auth, ApiAuth and McpAuth for Next.js.
import type { NextFetchEvent, NextRequest } from 'next/server.js'
import { cache } from 'react'
import { createWebApi, type ApiAuthOptions } from '../../api/index.ts'
import {
  ApiAuthBase,
  apiOf,
  AuthBase,
  loginGuard,
  McpAuthBase,
  webOf,
  type OrBearerAuth,
} from '../../classes/index.ts'
import { createMcpApi, type McpAuthOptions } from '../../mcp/index.ts'
import { createWebAuth, type AuthOptions, type Claims } from '../../web/index.ts'
import { guardedPaths } from '../base/guarded-paths.ts'
import { serve } from '../request-response.ts'
import { API, AUTH, HOST, toServerFunction, type Next } from './host.ts'
import { createCore, setLocation } from './create-core.ts'
import { assertRequest, currentHttpContext } from './http-context.ts'
import { runProxy, type ProxyHandler, type ProxyOptions } from './proxy.ts'
import { warnAboutRewrites } from './rewrites.ts'
import type {
  AuthorizationRequired,
  Either,
  Handler,
  Handlers,
  LoginRequired,
  McpRequired,
  RequestProxy,
} from './signatures.ts'
import { isFromRouter, withBasePath } from './urls.ts'

export * from '../base/public.ts'
export type * from '../base/mcp.ts'
export type { GuardedHandler } from '../base/fetch-guards.ts'
export { type ProxyHandler, type ProxyOptions } from './proxy.ts'
export type {
  AuthorizationRequired,
  Either,
  Handler,
  Handlers,
  LoginRequired,
  McpRequired,
  RequestProxy,
} from './signatures.ts'

/**
 * Signs users in to a Next.js application (App Router, version 15 and 16), keeps their sessions and gets their tokens.
 * @typeParam User - The type that `onLogin` returns, or the ID token's claims.
 * @public
 */
export class Auth<User = Claims> extends AuthBase<User, Next> implements OrBearerAuth {
  /**
   * Prepares sign-in. Export {@link Auth.handlers} from the route of the redirect URI.
   *
   * If options are wrong, the constructor does not throw. Instead, guards respond with 503 in production, and the pages show
   * the problems in development.
   * @param options - Missing options are read from environment variables.
   * @example
   * ```tsx
   * // auth.ts
   * export const auth = new Auth({
   *   authority: 'https://login.microsoftonline.com/contoso.onmicrosoft.com',
   *   clientId: '11111111-2222-3333-4444-555555555555',
   *   redirectUri: 'http://localhost:3000/auth/redirect',
   * })
   *
   * // app/auth/[...identity]/route.ts
   * export const { GET, POST } = auth.handlers
   *
   * // proxy.ts (before Next.js 16, middleware.ts with an export named middleware)
   * export const proxy = auth.proxy
   *
   * // app/page.tsx
   * export default auth.loginRequired.page(({ user }) => <p>Hello, {user.name}</p>)
   * ```
   */
  constructor(options: AuthOptions<User> = {}) {
    super(createCore(createWebAuth<User>, options, setLocation), HOST)
  }

  /**
   * The route handlers for sign-in. Export them from the folder with the path of the redirect URI, without `basePath`.
   *
   * Next.js does not prefetch links to these routes, and opens such a link with a full page load.
   * @example
   * ```ts
   * // app/auth/[...identity]/route.ts, for a redirect URI that ends in /auth/redirect
   * export const { GET, POST } = auth.handlers
   *
   * // app/api/[...path]/route.ts, for the paths of auth.forward('/api', …)
   * export const { GET, HEAD, POST, PUT, PATCH, DELETE } = auth.handlers
   * ```
   */
  get handlers(): Handlers {
    const handle = async (given: NextRequest): Promise<Response> => {
      assertRequest(given.headers)
      // A background request of the router must not sign a user in or out. The browser then loads the page itself.
      if (isFromRouter(given)) return new Response(null, { status: 204, headers: NO_STORE })
      return serve(webOf(this), withBasePath(given)) ?? notFound()
    }
    return { GET: handle, POST: handle, HEAD: handle, PUT: handle, PATCH: handle, DELETE: handle }
  }

  /**
   * The proxy, which refreshes a session before the page is rendered, because a render cannot store the new session. It never
   * starts a sign-in.
   *
   * Responses to signed-in users are not cached, so exclude static files and images in `matcher`.
   * @example
   * ```ts
   * // proxy.ts (before Next.js 16, middleware.ts with an export named middleware)
   * export const proxy = auth.proxy
   *
   * export const config = { matcher: ['/', '/((?!_next/static|_next/image|favicon.ico).*)'] }
   * ```
   */
  readonly proxy: RequestProxy = this.createProxy()

  /**
   * Returns a proxy that runs your code, or that requires sign-in for some paths. It does not throw.
   * @param options - The paths that require sign-in.
   * @param handler - Your code.
   * @example
   * ```ts
   * export const proxy = auth.createProxy({ loginRequired: ['/account'] }, (request, user) => {
   *   if (user !== undefined && request.nextUrl.pathname === '/') {
   *     return NextResponse.redirect(new URL('/account', request.url))
   *   }
   * })
   * ```
   */
  createProxy(
    { loginRequired = [] }: ProxyOptions = {},
    handler?: ProxyHandler<User>,
  ): RequestProxy {
    const isGuarded = guardedPaths(loginRequired)
    let isFirstRequest = loginRequired.length > 0
    return (request, event) => {
      if (isFirstRequest) {
        isFirstRequest = false
        warnAboutRewrites(webOf(this), loginRequired)
      }
      return runProxy(this, { request, event: event as NextFetchEvent, handler, isGuarded })
    }
  }

  /** Guards a route handler, a page or a server action, so that it runs only for signed-in users. */
  readonly loginRequired: LoginRequired<User> = Object.assign(AUTH.login(this), {
    page: (...given: readonly unknown[]) => toServerFunction('page', loginGuard(this, given)),
    action: (...given: readonly unknown[]) => toServerFunction('action', loginGuard(this, given)),
  }) as LoginRequired<User>

  orBearer(api: ApiAuth<any>): Either<User> {
    return AUTH.orBearer(this, api)
  }

  /**
   * Returns the signed-in user, for a page or a component that unauthenticated visitors may see too. It never redirects, and
   * the components of one render share its result.
   * @returns The user, or `undefined` if the visitor is not signed in.
   * @throws IdentityError `store_unavailable` if the session store does not respond.
   * @example
   * ```tsx
   * const user = await auth.getUser()
   * return user === undefined ? <a href={auth.paths.login}>Sign in</a> : <b>{user.name}</b>
   * ```
   */
  override readonly getUser: () => Promise<User | undefined> = cache(async () =>
    webOf(this).getUser(await currentHttpContext()),
  )
}

const NO_STORE = { 'cache-control': 'private, no-store' }

/** Protects route handlers in a Next.js application with access tokens, and calls other APIs for its users. @public */
export class ApiAuth<Issuer extends string = string> extends ApiAuthBase<Next, Issuer> {
  /**
   * Protects an API with access tokens. If options are wrong, the constructor does not throw. Instead, guards respond with 503
   * in production, and return the problems in development.
   * @param options - Missing options are read from environment variables.
   * @example
   * ```ts
   * // api.ts
   * export const api = new ApiAuth({
   *   authority: 'https://login.microsoftonline.com/contoso.onmicrosoft.com',
   *   clientId: '22222222-3333-4444-5555-666666666666',
   * })
   *
   * // app/todos/route.ts
   * export const GET = api.authorizationRequired({ scopes: ['Todos.Read'] }, (request, { user }) => Response.json(user))
   * ```
   */
  constructor(options: ApiAuthOptions<Issuer> = {}) {
    super(createCore(createWebApi, options), HOST)
  }

  /**
   * The route handler that describes the API to clients (RFC 9728), if `resource` is set. Guards also work without this
   * route.
   * @example
   * ```ts
   * // app/.well-known/oauth-protected-resource/[[...path]]/route.ts
   * export const { GET } = api.handlers
   * ```
   */
  readonly handlers: Readonly<Record<'GET', Handler>> = { GET: toRouteHandler(this) }

  /** Guards a route handler with access tokens. */
  readonly authorizationRequired: AuthorizationRequired<Issuer> = API.authorization(this)
}

/** Makes the route handler for the routes that need no token. */
function toRouteHandler(owner: ApiAuthBase<Next>): Handler {
  return async (request: NextRequest) => serve(apiOf(owner), withBasePath(request)) ?? notFound()
}

const notFound = (): Response => new Response(null, { status: 404 })

/** Protects an MCP server in a Next.js application with access tokens. @beta */
export class McpAuth<Issuer extends string = string> extends McpAuthBase<Next, Issuer> {
  /**
   * Protects an MCP server. If options are wrong, the constructor does not throw. Instead, guards respond with 503 in
   * production, and return the problems in development.
   * @param options - Missing options are read from environment variables.
   * @example
   * ```ts
   * // mcp.ts
   * export const mcp = new McpAuth({
   *   authority: 'https://login.microsoftonline.com/c0000000-0000-4000-8000-000000000001',
   *   clientId: '22222222-3333-4444-5555-666666666666',
   *   resource: 'https://tools.contoso.com/mcp',
   *   scopes: ['Tools.Use'],
   * })
   *
   * // app/mcp/route.ts
   * const endpoint = mcp.authorizationRequired((request, { authInfo }) => handler.fetch(request, { authInfo }))
   * export { endpoint as GET, endpoint as POST, endpoint as DELETE, endpoint as OPTIONS }
   * ```
   */
  constructor(options: McpAuthOptions<Issuer> = {}) {
    super(createCore(createMcpApi, options), HOST)
  }

  /**
   * The route handlers that serve the server's metadata (RFC 9728), which MCP clients need.
   * @example
   * ```ts
   * // app/.well-known/oauth-protected-resource/[[...path]]/route.ts
   * export const { GET, OPTIONS } = mcp.handlers
   * ```
   */
  readonly handlers: Readonly<Record<'GET' | 'OPTIONS', Handler>> = {
    GET: toRouteHandler(this),
    OPTIONS: toRouteHandler(this),
  }

  /** Guards the endpoint with access tokens. */
  readonly authorizationRequired: McpRequired<Issuer> = API.authorization(this)
}
