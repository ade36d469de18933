import type { AuthorizationContext, AuthorizationRequirement, ContextFor } from '../../api/index.ts'
import type {
  LoginContext,
  LoginRequirement,
  ScopesRequired,
  TokenContext,
} from '../../web/index.ts'
import type { AuthorizationGuardDocs, LoginGuardDocs } from './app-auth.ts'
import type { Exactly } from './guards.ts'
import type { EitherContext, EitherGuardDocs, EitherRequirement } from './session-or-bearer.ts'

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

/** The type of `auth.loginRequired`. Its signatures inherit their documentation. */
export type RouteLoginRequired<Req, User> = LoginGuards<Req, User>['loginRequired']

interface LoginGuards<Req, User> extends LoginGuardDocs {
  loginRequired<Rest extends readonly unknown[] = []>(
    options: ScopesRequired,
    handler: GuardedRouteHandler<Req, TokenContext<User>, Rest>,
  ): RouteHandler<Req, Rest>
  loginRequired<Rest extends readonly unknown[] = []>(
    options: LoginRequirement,
    handler: GuardedRouteHandler<Req, LoginContext<User>, Rest>,
  ): RouteHandler<Req, Rest>
  loginRequired<Rest extends readonly unknown[] = []>(
    handler: GuardedRouteHandler<Req, LoginContext<User>, Rest>,
  ): RouteHandler<Req, Rest>
}

/** The type of `api.authorizationRequired`. Its signatures inherit their documentation. */
export type RouteAuthorizationRequired<Req> = AuthorizationGuards<Req>['authorizationRequired']

interface AuthorizationGuards<Req> extends AuthorizationGuardDocs {
  authorizationRequired<
    const Requirement extends AuthorizationRequirement,
    Rest extends readonly unknown[] = [],
  >(
    requirement: Exactly<Requirement>,
    handler: GuardedRouteHandler<Req, ContextFor<Requirement>, Rest>,
  ): RouteHandler<Req, Rest>
  authorizationRequired<Rest extends readonly unknown[] = []>(
    handler: GuardedRouteHandler<Req, AuthorizationContext, Rest>,
  ): RouteHandler<Req, Rest>
}

/** Guards route handlers that accept a session or a bearer token. */
export interface RouteEither<Req, User> extends EitherGuardDocs {
  required<const Requirement extends EitherRequirement, Rest extends readonly unknown[] = []>(
    requirement: Requirement,
    handler: GuardedRouteHandler<Req, EitherContext<User, Requirement>, Rest>,
  ): RouteHandler<Req, Rest>
  required<Rest extends readonly unknown[] = []>(
    handler: GuardedRouteHandler<Req, EitherContext<User>, Rest>,
  ): RouteHandler<Req, Rest>
}
