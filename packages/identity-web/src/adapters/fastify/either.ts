import type {
  ContextConfigDefault,
  FastifyBaseLogger,
  FastifySchema,
  FastifyTypeProvider,
  FastifyTypeProviderDefault,
  RawServerBase,
  RawServerDefault,
  RouteGenericInterface,
} from 'fastify'
import type { EitherContext, EitherRequirement } from '../base/either.ts'
import type { GuardedHandler, RouteHandler, Wrapper } from './handlers.ts'

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
   * app.get('/todos', auth.or(api).required({ authorization: { scopes: ['Todos.Read'] } }, async (request, reply, { claims }) => ({
   *   todosOf: claims.oid,
   * })))
   * ```
   */
  readonly required: EitherRequired<User>
}

/**
 * Guards a route that takes either: one that asks for something, or one that asks nothing in particular.
 *
 * @typeParam User - What `onLogin` returns; the ID token's claims without it.
 * @public
 */
export interface EitherRequired<User> extends Wrapper<[], EitherContext<User>> {
  /** The handler's third argument is the context, of the one or the other. */
  <
    const Requirement extends EitherRequirement,
    Server extends RawServerBase = RawServerDefault,
    Route extends RouteGenericInterface = RouteGenericInterface,
    Config = ContextConfigDefault,
    Schema extends FastifySchema = FastifySchema,
    Provider extends FastifyTypeProvider = FastifyTypeProviderDefault,
    Logger extends FastifyBaseLogger = FastifyBaseLogger,
  >(
    requirement: Requirement,
    handler: GuardedHandler<
      EitherContext<User, Requirement>,
      RouteHandler<Server, Route, Config, Schema, Provider, Logger>
    >,
  ): RouteHandler<Server, Route, Config, Schema, Provider, Logger>
}
