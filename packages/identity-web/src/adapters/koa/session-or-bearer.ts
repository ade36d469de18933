import type { DefaultContext, DefaultState, Middleware } from 'koa'
import type { EitherContext, EitherRequirement } from '../base/session-or-bearer.ts'
import type { GuardedHandler } from './respond.ts'

/**
 * Guards routes that accept a session or a bearer token. `auth.or(api)` returns it.
 *
 * A request with an `Authorization` header is authenticated by its token alone. A cookie cannot replace a rejected token.
 *
 * @typeParam User - The return type of `onLogin`, or the claims of the ID token.
 * @public
 */
export interface Either<User> {
  /**
   * Guards a route with requirements. A script without a session gets a 401 response with the login URL.
   *
   * @param requirement - What the route requires of users and of clients.
   * @param handler - Runs for authenticated requests. Its second argument is the context.
   * @throws {@link IdentityError} `configuration` for an invalid requirement, when you declare the route.
   * @example
   * ```ts
   * router.get('/todos', auth.or(api).required({ authorization: { scopes: ['Todos.Read'] } }, (ctx, { claims }) => {
   *   ctx.body = { todosOf: claims.oid }
   * }))
   * ```
   */
  required<
    const Requirement extends EitherRequirement,
    StateT = DefaultState,
    ContextT = DefaultContext,
  >(
    requirement: Requirement,
    handler: GuardedHandler<EitherContext<User, Requirement>, StateT, ContextT>,
  ): Middleware<StateT, ContextT>
  /**
   * Guards a route for every signed-in user, and for every caller whose token has a scope or an app role.
   *
   * @param handler - Runs for authenticated requests. Its second argument is the context.
   * @throws {@link IdentityError} `configuration` if `handler` is not a function.
   * @example router.get('/me', auth.or(api).required((ctx, { claims }) => void (ctx.body = claims)))
   */
  required<StateT = DefaultState, ContextT = DefaultContext>(
    handler: GuardedHandler<EitherContext<User>, StateT, ContextT>,
  ): Middleware<StateT, ContextT>
}
