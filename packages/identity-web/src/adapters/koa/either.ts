import type { DefaultContext, DefaultState, Middleware } from 'koa'
import type { EitherContext, EitherRequirement } from '../base/either.ts'
import type { GuardedHandler } from './respond.ts'

/**
 * Guards routes that take a session or a bearer token, as `auth.or(api)` gives it.
 *
 * A request with an `Authorization` header is judged by that alone: no cookie helps a token that is refused.
 *
 * @typeParam User - What `onLogin` returns; the ID token's claims without it.
 * @public
 */
export interface Either<User> {
  /**
   * Guards a route.
   *
   * @param requirement - What the route asks of either.
   * @param handler - Runs for those who are let in. Scripts without a sign-in are answered 401 with the login URL and
   *   with `WWW-Authenticate`.
   * @throws {@link IdentityError} `configuration`, when the route is declared, for a requirement that makes no sense.
   *
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
   * Guards a route that asks nothing in particular.
   *
   * @param handler - Runs for whoever is signed in, and for callers with a token that has a scope or a role.
   */
  required<StateT = DefaultState, ContextT = DefaultContext>(
    handler: GuardedHandler<EitherContext<User>, StateT, ContextT>,
  ): Middleware<StateT, ContextT>
}
