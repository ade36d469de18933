import type { Env, Handler, Input } from 'hono'
import type { HandlerResponse } from 'hono/types'
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
   * const requirement = { authorization: { scopes: ['Todos.Read'] } }
   * app.get('/todos', auth.or(api).required(requirement, (c, { claims }) => c.json({ todosOf: claims.oid })))
   * ```
   */
  required<
    const Requirement extends EitherRequirement,
    E extends Env,
    P extends string,
    I extends Input,
    R extends HandlerResponse<any>,
  >(
    requirement: Requirement,
    handler: GuardedHandler<EitherContext<User, Requirement>, E, P, I, R>,
  ): Handler<E, P, I, R>
  /**
   * Guards a route for every signed-in user, and for every caller whose token has a scope or an app role.
   *
   * @param handler - Runs for authenticated requests. Its second argument is the context.
   * @throws {@link IdentityError} `configuration` if `handler` is not a function.
   * @example app.get('/me', auth.or(api).required((c, { claims }) => c.json(claims)))
   */
  required<E extends Env, P extends string, I extends Input, R extends HandlerResponse<any>>(
    handler: GuardedHandler<EitherContext<User>, E, P, I, R>,
  ): Handler<E, P, I, R>
}
