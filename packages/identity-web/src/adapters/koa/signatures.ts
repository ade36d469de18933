// The types of the guards of Koa.
import type { DefaultContext, DefaultState, Middleware, Next, ParameterizedContext } from 'koa'
import type {
  AuthorizationContext,
  AuthorizationRequirement,
  ContextFor,
  UserContext,
} from '../../api/index.ts'
import type {
  AuthorizationGuardDocs,
  EitherGuardDocs,
  Exactly,
  LoginGuardDocs,
  OfIssuer,
} from '../../classes/index.ts'
import type { RegisteredUser } from '../../registered-user.ts'
import type { EitherContext, EitherRequirement } from '../../session-or-bearer/index.ts'
import type {
  LoginContext,
  LoginRequirement,
  ScopesRequired,
  TokenContext,
} from '../../web/index.ts'

/**
 * A handler that runs only for authenticated requests and gets the context as its second argument. Koa receives its errors.
 * @public
 */
export type GuardedHandler<Context, StateT = DefaultState, ContextT = DefaultContext> = (
  ctx: ParameterizedContext<StateT, ContextT, any>,
  context: Context,
  next: Next,
) => unknown

/** The state that `authorizationRequired()` adds as middleware. @public */
export interface AuthorizationState<Context = AuthorizationContext> {
  /** The caller. */
  readonly identity: Context
}

/** The state that `loginRequired()` adds as middleware. @public */
export interface LoginState<Context = LoginContext<RegisteredUser>> {
  /** The signed-in user, and the token if the middleware requires scopes. */
  readonly identity: Context
}

/** The signatures of the `Auth` guard. */
export interface LoginGuards<User> extends LoginGuardDocs {
  loginRequired<StateT = DefaultState, ContextT = DefaultContext>(
    options: ScopesRequired,
    handler: GuardedHandler<TokenContext<User>, StateT, ContextT>,
  ): Middleware<StateT, ContextT>
  loginRequired<StateT = DefaultState, ContextT = DefaultContext>(
    options: LoginRequirement,
    handler: GuardedHandler<LoginContext<User>, StateT, ContextT>,
  ): Middleware<StateT, ContextT>
  loginRequired<StateT = DefaultState, ContextT = DefaultContext>(
    handler: GuardedHandler<LoginContext<User>, StateT, ContextT>,
  ): Middleware<StateT, ContextT>
  loginRequired(options: ScopesRequired): Middleware<LoginState<TokenContext<User>>, object>
  loginRequired(options?: LoginRequirement): Middleware<LoginState<LoginContext<User>>, object>
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
    StateT = DefaultState,
    ContextT = DefaultContext,
  >(
    requirement: Requirement,
    handler: GuardedHandler<ContextFor<Requirement> & More, StateT, ContextT>,
  ): Middleware<StateT, ContextT>
  authorizationRequired<StateT = DefaultState, ContextT = DefaultContext>(
    handler: GuardedHandler<UserContext & More, StateT, ContextT>,
  ): Middleware<StateT, ContextT>
  authorizationRequired<const Requirement extends Exactly<Requirement, Base>>(
    requirement: Requirement,
  ): Middleware<AuthorizationState<ContextFor<Requirement> & More>, object>
  authorizationRequired(): Middleware<AuthorizationState<AuthorizationContext & More>, object>
}

/** The guard that `auth.orBearer(api)` returns, for routes that accept a session or a bearer token. @public */
export interface Either<User> extends EitherGuardDocs {
  required<
    const Requirement extends EitherRequirement,
    StateT = DefaultState,
    ContextT = DefaultContext,
  >(
    requirement: Requirement,
    handler: GuardedHandler<EitherContext<User, Requirement>, StateT, ContextT>,
  ): Middleware<StateT, ContextT>
  required<StateT = DefaultState, ContextT = DefaultContext>(
    handler: GuardedHandler<EitherContext<User>, StateT, ContextT>,
  ): Middleware<StateT, ContextT>
}
