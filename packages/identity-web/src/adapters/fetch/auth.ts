import {
  AuthBase,
  loginGuard,
  sessionOrBearerGuard,
  setMounted,
  toEnvironment,
  webOf,
  type OrBearerAuth,
} from '../../classes/index.ts'
import { createWebAuth, type AuthOptions, type Claims, type Route } from '../../web/index.ts'
import type { FetchEither, FetchLoginRequired } from '../base/fetch-guards.ts'
import { pathAndQuery, runRoute, startHttpContext } from '../request-response.ts'
import type { ApiAuth } from './api-auth.ts'
import { HOST, toHandler, type FetchCalls } from './respond.ts'

/**
 * A request handler for servers of `Request` and `Response`.
 * @typeParam Rest - The arguments that the server passes after the request.
 * @public
 */
export type Handler<Rest extends readonly unknown[] = []> = (
  request: Request,
  ...rest: Rest
) => Promise<Response>

/** A handler that runs only for authenticated requests. Its second argument is the context. @public */
export type GuardedHandler<Context, Rest extends readonly unknown[] = []> = (
  request: Request,
  context: Context,
  ...rest: Rest
) => Response | Promise<Response>

/** Guards request handlers of signed-in users, and redirects other visitors to the provider. @public */
export type LoginRequired<User> = FetchLoginRequired<Request, User>

/** Guards request handlers that accept a session or a bearer token. `auth.orBearer(api)` returns it. @public */
export type Either<User> = FetchEither<Request, User>

/**
 * Signs in the users of an application on a server that uses `Request` and `Response`, such as Workers. It keeps their
 * sessions and gets their tokens.
 * @typeParam User - The return type of `onLogin`, or the claims of the ID token.
 * @public
 */
export class Auth<User = Claims> extends AuthBase<User, FetchCalls> implements OrBearerAuth {
  /**
   * Prepares sign-in. Pass every request to {@link Auth.respond}.
   *
   * It does not throw for wrong options. In production, guards respond with 503. In development, the pages show the problems.
   * @param options - Missing options are read from environment variables.
   * @param environment - The environment variables, on servers that pass them with each request. The default is
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
    setMounted(this)
  }

  /**
   * Responds to the routes of sign-in, and lets the application respond to all other requests. It adds the cookies of a
   * session that {@link Auth.getUser} or another member has refreshed.
   * @param request - Any request.
   * @param next - Returns the response of the application.
   * @returns The response.
   * @throws The errors of `next`, and errors of `onLogin` that are not an {@link IdentityError}.
   * @example A Worker
   * ```ts
   * export default { fetch: (request: Request) => auth.respond(request, () => app(request)) }
   * ```
   */
  async respond(request: Request, next: () => Response | Promise<Response>): Promise<Response> {
    const http = startHttpContext(request)
    try {
      const route = routeOf(this, request)
      const response = await (route === undefined ? next() : runRoute(request, route))
      return http === undefined ? response : http.finish(response)
    } finally {
      http?.close()
    }
  }

  /**
   * Responds to the routes of sign-in only. Most servers use {@link Auth.respond} instead.
   * @param request - Any request.
   * @returns The response, or `undefined` for paths that do not belong to sign-in.
   * @throws Errors of `onLogin` that are not an {@link IdentityError}.
   * @example
   * ```ts
   * const response = await auth.handle(request)
   * if (response !== undefined) return response
   * ```
   */
  async handle(request: Request): Promise<Response | undefined> {
    const route = routeOf(this, request)
    return route && runRoute(request, route)
  }

  /** Guards a request handler, so that it runs only for signed-in users. */
  readonly loginRequired: LoginRequired<User> = (...given: readonly unknown[]) =>
    toHandler(loginGuard(this, given))

  orBearer(api: ApiAuth): Either<User> {
    return {
      required: (...given: readonly unknown[]) =>
        toHandler(sessionOrBearerGuard({ auth: this, api }, given)),
    }
  }
}

function routeOf(auth: AuthBase<unknown>, { url, method }: Request): Route | undefined {
  return webOf(auth).route(pathAndQuery(url), method)
}
