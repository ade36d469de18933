// Auth and ApiAuth for Azure Functions, and their location.
import type { HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions'
import { createWebApi, type ApiAuthOptions } from '../../api/index.ts'
import {
  ApiAuthBase,
  apiOf,
  AuthBase,
  authorizationGuard,
  loginGuard,
  sessionOrBearerGuard,
  toEnvironment,
  webOf,
  type OrBearerAuth,
} from '../../classes/index.ts'
import { createWebAuth, type AuthOptions, type Claims } from '../../web/index.ts'
import { pathAndQuery, serve } from '../request-response.ts'
import {
  asRequest,
  collectChanges,
  HOST,
  toHandler,
  type AzureFunctions,
  type FunctionResponse,
} from './host.ts'
import { toHttpResponseInit } from './response.ts'
import type { AuthorizationRequired, Either, LoginGuards } from './signatures.ts'

export * from '../base/public.ts'
export type { FunctionResponse, GuardedHandler, Handler } from './host.ts'
export { toHttpResponseInit } from './response.ts'
export type { AuthorizationRequired, Either } from './signatures.ts'

/** The default port of Azure Functions Core Tools, the default route prefix, and the route of the guide. */
const REDIRECT_URI = 'http://localhost:7071/api/auth/redirect'

/**
 * Signs users in to an application on Azure Functions, keeps their sessions and gets their tokens.
 * @typeParam User - The type that `onLogin` returns, or the ID token's claims.
 * @public
 */
export class Auth<User = Claims> extends AuthBase<User, AzureFunctions> implements OrBearerAuth {
  /**
   * Prepares sign-in. Register {@link Auth.handler} for the folder of `redirectUri`, and wrap your handlers with
   * `loginRequired`.
   *
   * `redirectUri` contains the route prefix of host.json, which is `api` by default. If options are wrong, the
   * constructor does not throw. Instead, guards respond with 503 in production, and the pages show the problems in
   * development.
   * @param options - Missing options are read from the application settings.
   * @example
   * ```ts
   * const auth = new Auth({
   *   authority: 'https://login.microsoftonline.com/contoso.onmicrosoft.com',
   *   clientId: '11111111-2222-3333-4444-555555555555',
   *   redirectUri: 'http://localhost:7071/api/auth/redirect',
   * })
   *
   * app.http('identity', { route: 'auth/{*path}', methods: ['GET', 'POST'], handler: auth.handler })
   * app.http('hello', { handler: auth.loginRequired((request, { user }) => ({ body: `Hello, ${user.name}` })) })
   * ```
   */
  constructor(options: AuthOptions<User> = {}) {
    super(createWebAuth(options, toEnvironment(), { redirectUriExample: REDIRECT_URI }), HOST)
  }

  /**
   * A handler that serves sign-in and sign-out, and responds with 404 to other paths.
   *
   * If two functions match a request, Azure Functions calls the one whose name comes first in the alphabet, so use a
   * route that matches only the folder of `redirectUri`.
   * @param request - A request for a path of sign-in, such as `/api/auth/login`.
   * @param invocation - Logs a warning if the path of a callback differs from the path of `redirectUri`.
   * @throws Errors from `onLogin` that are not an {@link IdentityError}.
   * @example
   * ```ts
   * app.http('identity', { route: 'auth/{*path}', methods: ['GET', 'POST'], handler: auth.handler })
   * ```
   */
  readonly handler = (
    request: HttpRequest,
    invocation?: InvocationContext,
  ): Promise<HttpResponseInit> =>
    this.respond(request, () => {
      warnIfMisplaced(this.paths.callback, request, invocation)
      return { status: 404, body: 'Not found' }
    })

  /**
   * Responds to the sign-in routes, and lets a function respond to all other requests. If {@link Auth.getUser} or
   * another member has refreshed the session, it adds the session cookies. Guards also add them, so you need this
   * method only for functions without a guard.
   * @param request - The request that the function receives.
   * @param next - Returns the function's response.
   * @returns The response.
   * @throws The errors from `next`, and errors from `onLogin` that are not an {@link IdentityError}.
   * @example
   * ```ts
   * app.http('home', {
   *   handler: (request) =>
   *     auth.respond(request, async () => ({ body: `Welcome, ${(await auth.getUser(request))?.name ?? 'visitor'}` })),
   * })
   * ```
   */
  respond(
    request: HttpRequest,
    next: () => FunctionResponse | Promise<FunctionResponse>,
  ): Promise<HttpResponseInit> {
    return collectChanges(request, async () => serve(webOf(this), asRequest(request)) ?? next())
  }

  /** Guards a function, so that it runs only for signed-in users. */
  readonly loginRequired: LoginGuards<User>['loginRequired'] = (...given: readonly unknown[]) =>
    toHandler(loginGuard(this, given))

  orBearer(api: ApiAuth<any>): Either<User> {
    return {
      required: (...given: readonly unknown[]) =>
        toHandler(sessionOrBearerGuard({ auth: this, api }, given)),
    }
  }
}

/** Warns if a callback arrives at another folder than `redirectUri`, because the route prefix is then wrong. */
function warnIfMisplaced(
  callback: string,
  request: HttpRequest,
  invocation: InvocationContext | undefined,
): void {
  const [path = ''] = pathAndQuery(request.url).split('?', 1)
  if (!path.endsWith(callback.slice(callback.lastIndexOf('/')))) return
  invocation?.warn(
    `The sign-in received a request for ${path}, but the path of redirectUri is ${callback}. Set redirectUri (IDENTITY_REDIRECT_URI) to the URL of the function. This URL contains the route prefix of host.json ("api" by default).`,
  )
}

/** Protects a web API on Azure Functions, and calls other APIs for its users. @public */
export class ApiAuth<Issuer extends string = string> extends ApiAuthBase<AzureFunctions, Issuer> {
  /**
   * Protects an API with access tokens. You don't need the keys of Azure Functions, so set `authLevel` to `anonymous`.
   * If options are wrong, the constructor does not throw. Instead, guards respond with 503 in production, and return
   * the problems in development.
   * @param options - Missing options are read from the application settings.
   * @example
   * ```ts
   * const api = new ApiAuth({
   *   authority: 'https://login.microsoftonline.com/contoso.onmicrosoft.com',
   *   clientId: '22222222-3333-4444-5555-666666666666',
   * })
   *
   * app.http('todos', {
   *   handler: api.authorizationRequired({ scopes: ['Todos.Read'] }, (request, { user }) => ({ jsonBody: user })),
   * })
   * ```
   */
  constructor(options: ApiAuthOptions<Issuer> = {}) {
    super(createWebApi(options, toEnvironment()), HOST)
  }

  /**
   * A handler that serves the API's description (RFC 9728), if `resource` is set. Its path starts with
   * `/.well-known/oauth-protected-resource`, so the route prefix in host.json must be empty. Guards also work without this
   * handler. The handler does not throw.
   * @param request - Any request. Other paths get a 404 response.
   * @example
   * ```ts
   * app.http('description', { route: '.well-known/{*path}', methods: ['GET'], handler: api.handler })
   * ```
   */
  readonly handler = async (request: HttpRequest): Promise<HttpResponseInit> => {
    const response = await serve(apiOf(this), asRequest(request))
    return response === undefined ? { status: 404 } : toHttpResponseInit(response)
  }

  /** Guards a function with access tokens. */
  readonly authorizationRequired: AuthorizationRequired<Issuer> = (...given: readonly unknown[]) =>
    toHandler(authorizationGuard(this, given))
}
