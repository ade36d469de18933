import type { RequestHandler } from 'express'
import type { EitherContext, EitherRequirement } from '../base/session-or-bearer.ts'
import type { Handler } from './respond.ts'

/** A handler that runs for requests with a session or a bearer token. Its third argument is the context. @public */
export type EitherHandler<Context> = Handler<Context>

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
   * @param handler - Runs for authenticated requests. Its third argument is the context.
   * @throws {@link IdentityError} `configuration` for an invalid requirement, when you declare the route.
   * @example
   * ```ts
   * const requirement = { authorization: { scopes: ['Todos.Read'] } }
   * app.get('/todos', auth.or(api).required(requirement, (req, res, { claims }) => res.json(claims)))
   * ```
   */
  required<const Requirement extends EitherRequirement>(
    requirement: Requirement,
    handler: EitherHandler<EitherContext<User, Requirement>>,
  ): RequestHandler
  /**
   * Guards a route for every signed-in user, and for every caller whose token has a scope or an app role.
   *
   * @param handler - Runs for authenticated requests. Its third argument is the context.
   * @throws {@link IdentityError} `configuration` if `handler` is not a function.
   * @example app.get('/me', auth.or(api).required((req, res, { claims }) => res.json(claims)))
   */
  required(handler: EitherHandler<EitherContext<User>>): RequestHandler
}
