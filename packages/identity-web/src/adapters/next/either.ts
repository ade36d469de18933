import type { EitherContext, EitherRequirement } from '../base/either.ts'
import type { GuardedHandler, Handler } from './login-required.ts'

/** A route handler that runs for either kind of caller, who is in its second argument. @public */
export type EitherHandler<Context, Rest extends readonly unknown[] = []> = GuardedHandler<
  Context,
  Rest
>

/**
 * Guards route handlers that take a session or a bearer token, as `auth.or(api)` gives it.
 *
 * A request with an `Authorization` header is judged by that alone: no cookie helps a token that is refused.
 *
 * @typeParam User - What `onLogin` returns; the ID token's claims without it.
 * @public
 */
export interface Either<User> {
  /**
   * Guards a route handler.
   *
   * @param requirement - What the route asks of either.
   * @param handler - Runs for those who are let in. Scripts without a sign-in are answered 401 with the login URL and
   *   with `WWW-Authenticate`.
   * @throws {@link IdentityError} `configuration`, when the route is declared, for a requirement that makes no sense.
   *
   * @example
   * ```ts
   * export const GET = auth.or(api).required(
   *   { authorization: { scopes: ['Todos.Read'] } },
   *   (request, { claims }) => Response.json({ todosOf: claims.oid }),
   * )
   * ```
   */
  required<const Requirement extends EitherRequirement, Rest extends readonly unknown[] = []>(
    requirement: Requirement,
    handler: EitherHandler<EitherContext<User, Requirement>, Rest>,
  ): Handler<Rest>
  /**
   * Guards a route handler that asks nothing in particular.
   *
   * @param handler - Runs for whoever is signed in, and for callers with a token that has a scope or a role.
   */
  required<Rest extends readonly unknown[] = []>(
    handler: EitherHandler<EitherContext<User>, Rest>,
  ): Handler<Rest>
}
