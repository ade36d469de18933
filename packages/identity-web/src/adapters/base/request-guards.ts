import type { AuthorizationContext, AuthorizationRequirement, ContextFor } from '../../api/index.ts'
import type {
  LoginContext,
  LoginRequirement,
  ScopesRequired,
  TokenContext,
} from '../../web/index.ts'
import type { Exactly } from './guards.ts'
import type { EitherContext, EitherRequirement } from './session-or-bearer.ts'

// The guards of frameworks whose handlers receive a `Request` and return a `Response`: the fetch entry and Next.js.

/** A handler that the framework calls with the request and with further arguments. */
export type RouteHandler<Req, Rest extends readonly unknown[]> = (
  request: Req,
  ...rest: Rest
) => Promise<Response>

/** A handler that runs only for authenticated requests. Its second argument is the context. */
export type GuardedRouteHandler<Req, Context, Rest extends readonly unknown[]> = (
  request: Req,
  context: Context,
  ...rest: Rest
) => Response | Promise<Response>

/**
 * Guards route handlers of signed-in users. It redirects other visitors to the provider, and then back to the requested
 * page. A script gets a 401 response with the login URL instead.
 *
 * @typeParam Req - The request of the framework.
 * @typeParam User - The return type of `onLogin`, or the claims of the ID token.
 */
export interface RouteLoginRequired<Req, User> {
  /**
   * Guards a route handler and gets an access token for it. The user signs in and consents first if necessary.
   *
   * @param options - The scopes of the token, all of one API, and other requirements.
   * @param handler - Runs for signed-in users. Its second argument contains the user, the token and a `fetch` with it.
   * @throws {@link IdentityError} `configuration` for scopes of several APIs or invalid values, when you declare the route.
   * @example Next.js, fetch
   * ```ts
   * export const GET = auth.loginRequired({ scopes: ['Mail.Read'] }, (request, context) =>
   *   context.fetch('https://graph.microsoft.com/v1.0/me/messages'),
   * )
   * ```
   */
  <Rest extends readonly unknown[] = []>(
    options: ScopesRequired,
    handler: GuardedRouteHandler<Req, TokenContext<User>, Rest>,
  ): RouteHandler<Req, Rest>
  /**
   * Guards a route handler without an access token.
   *
   * @param options - How and how recently the user must have signed in.
   * @param handler - Runs for signed-in users. Its second argument contains the user.
   * @throws {@link IdentityError} `configuration` for invalid values, when you declare the route.
   * @example Next.js, fetch
   * ```ts
   * export const POST = auth.loginRequired({ maxAge: 600 }, (request, { user }) => changePassword(request, user))
   * ```
   */
  <Rest extends readonly unknown[] = []>(
    options: LoginRequirement,
    handler: GuardedRouteHandler<Req, LoginContext<User>, Rest>,
  ): RouteHandler<Req, Rest>
  /**
   * Guards a route handler for every signed-in user.
   *
   * @param handler - Runs for signed-in users. Its second argument contains the user.
   * @throws {@link IdentityError} `configuration` if `handler` is not a function.
   * @example Next.js, fetch
   * ```ts
   * export const GET = auth.loginRequired((request, { user }) => Response.json(user))
   * ```
   */
  <Rest extends readonly unknown[] = []>(
    handler: GuardedRouteHandler<Req, LoginContext<User>, Rest>,
  ): RouteHandler<Req, Rest>
}

/**
 * Guards route handlers of an API. Callers without a valid access token get a 401 or 403 response with
 * `WWW-Authenticate`.
 *
 * @typeParam Req - The request of the framework.
 */
export interface RouteAuthorizationRequired<Req> {
  /**
   * Guards a route handler by scopes or app roles. Other callers get a 401 or 403 response.
   *
   * @param requirement - The scopes that a user's token needs, and the app roles that an application's token needs.
   * @param handler - Runs for authorized callers. Its second argument is the context of the user or the application.
   * @throws {@link IdentityError} `configuration` for an invalid requirement, when you declare the route.
   * @example Next.js, fetch
   * ```ts
   * export const GET = api.authorizationRequired(
   *   { scopes: ['Todos.Read'], roles: ['Todos.Read.All'] },
   *   (request, { user }) => Response.json(user === undefined ? allTodos() : todosOf(user)),
   * )
   * ```
   */
  <const Requirement extends AuthorizationRequirement, Rest extends readonly unknown[] = []>(
    requirement: Exactly<Requirement>,
    handler: GuardedRouteHandler<Req, ContextFor<Requirement>, Rest>,
  ): RouteHandler<Req, Rest>
  /**
   * Guards a route handler for every caller whose token for this API has a scope or an app role.
   *
   * @param handler - Runs for authorized callers. Its second argument is the context.
   * @throws {@link IdentityError} `configuration` if `handler` is not a function.
   * @example Next.js, fetch
   * ```ts
   * export const GET = api.authorizationRequired((request, { claims }) => Response.json(claims))
   * ```
   */
  <Rest extends readonly unknown[] = []>(
    handler: GuardedRouteHandler<Req, AuthorizationContext, Rest>,
  ): RouteHandler<Req, Rest>
}

/**
 * Guards route handlers that accept a session or a bearer token. `auth.or(api)` returns it.
 *
 * A request with an `Authorization` header is authenticated by its token alone. A cookie cannot replace a rejected token.
 *
 * @typeParam Req - The request of the framework.
 * @typeParam User - The return type of `onLogin`, or the claims of the ID token.
 */
export interface RouteEither<Req, User> {
  /**
   * Guards a route handler with requirements. A script without a session gets a 401 response with the login URL.
   *
   * @param requirement - What the route requires of users and of clients.
   * @param handler - Runs for authenticated requests. Its second argument is the context.
   * @throws {@link IdentityError} `configuration` for an invalid requirement, when you declare the route.
   * @example Next.js, fetch
   * ```ts
   * export const GET = auth.or(api).required(
   *   { authorization: { scopes: ['Todos.Read'] } },
   *   (request, { claims }) => Response.json({ todosOf: claims.oid }),
   * )
   * ```
   */
  required<const Requirement extends EitherRequirement, Rest extends readonly unknown[] = []>(
    requirement: Requirement,
    handler: GuardedRouteHandler<Req, EitherContext<User, Requirement>, Rest>,
  ): RouteHandler<Req, Rest>
  /**
   * Guards a route handler for every signed-in user, and for every caller whose token has a scope or an app role.
   *
   * @param handler - Runs for authenticated requests. Its second argument is the context.
   * @throws {@link IdentityError} `configuration` if `handler` is not a function.
   * @example Next.js, fetch
   * ```ts
   * export const GET = auth.or(api).required((request, { claims }) => Response.json(claims))
   * ```
   */
  required<Rest extends readonly unknown[] = []>(
    handler: GuardedRouteHandler<Req, EitherContext<User>, Rest>,
  ): RouteHandler<Req, Rest>
}
