// The types of the guards of Azure Functions.
import type { AuthorizationRequirement, ContextFor, UserContext } from '../../api/index.ts'
import type {
  AuthorizationGuardDocs,
  EitherGuardDocs,
  Exactly,
  LoginGuardDocs,
  OfIssuer,
} from '../../classes/index.ts'
import type { EitherContext, EitherRequirement } from '../../session-or-bearer/index.ts'
import type {
  LoginContext,
  LoginRequirement,
  ScopesRequired,
  TokenContext,
} from '../../web/index.ts'
import type { GuardedHandler, Handler } from './host.ts'

/** The signatures of the `Auth` guard. */
export interface LoginGuards<User> extends LoginGuardDocs {
  loginRequired(options: ScopesRequired, handler: GuardedHandler<TokenContext<User>>): Handler
  loginRequired(options: LoginRequirement, handler: GuardedHandler<LoginContext<User>>): Handler
  loginRequired(handler: GuardedHandler<LoginContext<User>>): Handler
}

/**
 * The guard that `auth.orBearer(api)` returns, for functions that run only for callers with a session or a bearer
 * token.
 *
 * @public
 */
export interface Either<User> extends EitherGuardDocs {
  required<const Requirement extends EitherRequirement>(
    requirement: Requirement,
    handler: GuardedHandler<EitherContext<User, Requirement>>,
  ): Handler
  required(handler: GuardedHandler<EitherContext<User>>): Handler
}

/**
 * Guards API functions, and responds with 401 or 403 and `WWW-Authenticate` to callers without a valid access token.
 *
 * @public
 */
export type AuthorizationRequired<Issuer extends string = string> =
  AuthorizationGuards<Issuer>['authorizationRequired']

interface AuthorizationGuards<Issuer extends string> extends AuthorizationGuardDocs {
  authorizationRequired<
    const Requirement extends Exactly<Requirement, AuthorizationRequirement<Issuer>>,
  >(
    requirement: Requirement,
    handler: GuardedHandler<ContextFor<Requirement> & OfIssuer<Issuer>>,
  ): Handler
  authorizationRequired(handler: GuardedHandler<UserContext & OfIssuer<Issuer>>): Handler
}
