import type { NextFunction, Request, RequestHandler, Response } from 'express'
import type { AuthorizationRequirement, ContextFor, UserContext } from '../../api/index.ts'
import type {
  AuthorizationGuardDocs,
  EitherGuardDocs,
  Exactly,
  LoginGuardDocs,
} from '../../classes/index.ts'
import type { McpMembers, McpRequirement } from '../../mcp/index.ts'
import type { EitherContext, EitherRequirement } from '../../session-or-bearer/index.ts'
import type {
  LoginContext,
  LoginRequirement,
  ScopesRequired,
  TokenContext,
} from '../../web/index.ts'

/**
 * A handler that runs only for authenticated requests. Its third argument is the context. It may be async. Express's error
 * handler receives its errors, also in Express 4.
 * @public
 */
// oxlint-disable-next-line max-params -- It has Express's three parameters, and the context.
export type GuardedHandler<Context> = (
  req: Request,
  res: Response,
  context: Context,
  next: NextFunction,
) => unknown

/** The type of `auth.loginRequired`. */
export type LoginRequired<User> = LoginGuards<User>['loginRequired']

interface LoginGuards<User> extends LoginGuardDocs {
  loginRequired(
    options: ScopesRequired,
    handler: GuardedHandler<TokenContext<User>>,
  ): RequestHandler
  loginRequired(
    options: LoginRequirement,
    handler?: GuardedHandler<LoginContext<User>>,
  ): RequestHandler
  loginRequired(handler: GuardedHandler<LoginContext<User>>): RequestHandler
  loginRequired(): RequestHandler
}

/** The type of `api.authorizationRequired`. */
export type AuthorizationRequired =
  AuthorizationGuards<AuthorizationRequirement>['authorizationRequired']

/** The type of `mcp.authorizationRequired`. */
export type McpRequired = AuthorizationGuards<McpRequirement, McpMembers>['authorizationRequired']

/** @typeParam More - The additional members of the context. */
interface AuthorizationGuards<
  Base extends AuthorizationRequirement,
  More = unknown,
> extends AuthorizationGuardDocs {
  authorizationRequired<const Requirement extends Base>(
    requirement: Exactly<Requirement, Base>,
    handler: GuardedHandler<ContextFor<Requirement> & More>,
  ): RequestHandler
  authorizationRequired(handler: GuardedHandler<UserContext & More>): RequestHandler
  authorizationRequired(requirement: Base): RequestHandler
  authorizationRequired(): RequestHandler
}

/** Guards routes that accept a session or a bearer token. `auth.orBearer(api)` returns it. @public */
export interface Either<User> extends EitherGuardDocs {
  required<const Requirement extends EitherRequirement>(
    requirement: Requirement,
    handler: GuardedHandler<EitherContext<User, Requirement>>,
  ): RequestHandler
  required(handler: GuardedHandler<EitherContext<User>>): RequestHandler
}
