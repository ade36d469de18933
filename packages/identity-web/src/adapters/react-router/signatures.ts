// The types of the guards of React Router.
import type { AuthorizationRequirement } from '../../api/index.ts'
import type { AuthorizationGuardDocs, Exactly, LoginGuardDocs } from '../../classes/index.ts'
import type { LoginRequirement } from '../../web/index.ts'
import type {
  EventAuthorizationRequired,
  EventEither,
  EventLoginRequired,
} from '../base/event-guards.ts'

// The types describe the arguments of React Router by their members, so that they fit the generated types of every route
// (`Route.LoaderArgs`).

/** The argument for a loader, an action or a middleware. You can also pass `{ request, context }`. @public */
export interface RouteArgs {
  /** The request. */
  readonly request: Request
  /** The request's context, in which the `Auth` middleware stores its state. */
  readonly context: object
}

/** The argument for a handler whose parameter does not have a type. @public */
export interface HandlerArgs extends RouteArgs {
  /** The path's parameters. */
  readonly params: Readonly<Record<string, string | undefined>>
}

/** A middleware of a route, for the export `middleware`. @public */
export interface Middleware {
  /**
   * Runs around the loaders and actions of a route and all routes below it. React Router calls this function.
   * @param args - The request, and the router's context.
   * @param next - Runs the rest of the application.
   * @returns The response.
   * @throws The application's errors, and errors from `onLogin` that are not an {@link IdentityError}.
   * @example export const middleware = [auth.middleware]
   */
  (args: RouteArgs, next: () => Promise<Response>): Promise<Response>
}

interface LoginMiddleware extends LoginGuardDocs {
  loginRequired(options?: LoginRequirement): Middleware
}

/** Guards loaders and actions for signed-in users. Without a handler, the guard is a middleware. @public */
export type LoginRequired<User> = EventLoginRequired<RouteArgs, HandlerArgs, User> &
  LoginMiddleware['loginRequired']

interface AuthorizationMiddleware<Issuer extends string> extends AuthorizationGuardDocs {
  authorizationRequired<
    const Requirement extends Exactly<Requirement, AuthorizationRequirement<Issuer>>,
  >(
    requirement?: Requirement,
  ): Middleware
}

/**
 * Guards an API's loaders and actions, and responds with 401 or 403 and `WWW-Authenticate` to callers without a valid
 * access token.
 *
 * @public
 */
export type AuthorizationRequired<Issuer extends string = string> = EventAuthorizationRequired<
  RouteArgs,
  HandlerArgs,
  Issuer
> &
  AuthorizationMiddleware<Issuer>['authorizationRequired']

/**
 * The guard that `auth.orBearer(api)` returns, for loaders and actions that accept a session or a bearer token.
 * @public
 */
export type Either<User> = EventEither<RouteArgs, HandlerArgs, User>
