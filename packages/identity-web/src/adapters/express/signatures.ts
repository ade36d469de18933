// The types of the guards of Express.
import type { ErrorRequestHandler, NextFunction, Request, RequestHandler, Response } from 'express'
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

/**
 * A handler that runs only for authenticated requests and gets the context as its third argument. It may be async, and
 * Express's error handler receives its errors, also in Express 4.
 * @public
 */
// oxlint-disable-next-line max-params -- It has Express's three parameters, and the context.
export type GuardedHandler<Context> = (
  req: Request,
  res: Response,
  context: Context,
  next: NextFunction,
) => unknown

/** The signatures of the `Auth` guard. */
export interface LoginGuards<User> extends LoginGuardDocs {
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

/**
 * The signatures of the `ApiAuth` and `McpAuth` guards.
 * @typeParam Base - The type of the requirements.
 * @typeParam More - The context's additional members.
 */
export interface AuthorizationGuards<
  Base extends AuthorizationRequirement,
  More = OfIssuer<Base['issuer']>,
> extends AuthorizationGuardDocs {
  authorizationRequired<const Requirement extends Exactly<Requirement, Base>>(
    requirement: Requirement,
    handler: GuardedHandler<ContextFor<Requirement> & More>,
  ): RequestHandler
  authorizationRequired(handler: GuardedHandler<UserContext & More>): RequestHandler
  authorizationRequired<const Requirement extends object & Exactly<Requirement, Base>>(
    requirement: Requirement,
  ): RequestHandler
  authorizationRequired(): RequestHandler
}

/** The guard that `auth.orBearer(api)` returns, for routes that accept a session or a bearer token. @public */
export interface Either<User> extends EitherGuardDocs {
  required<const Requirement extends EitherRequirement>(
    requirement: Requirement,
    handler: GuardedHandler<EitherContext<User, Requirement>>,
  ): RequestHandler
  required(handler: GuardedHandler<EitherContext<User>>): RequestHandler
}

/** The member `errorHandler` that `ApiAuth` and `McpAuth` have. */
export interface HandlesErrors {
  /**
   * An error handler for the middleware form of the guard. If a handler fails because the user must consent or complete
   * another step, the error handler sends a 401 response that tells the client to ask the user. Handlers that you pass to
   * `authorizationRequired` do not need it.
   * @example
   * ```ts
   * app.use('/todos', api.authorizationRequired({ scopes: ['Todos.Read'] }), todosRouter)
   * app.use(api.errorHandler)
   * ```
   */
  readonly errorHandler: ErrorRequestHandler
}
