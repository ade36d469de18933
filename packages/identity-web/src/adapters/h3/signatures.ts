// The types of the guards of h3.
import type { EventHandler, EventHandlerRequest } from 'h3'
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
  AuthOptions,
  Claims,
  LoginContext,
  LoginRequirement,
  ScopesRequired,
  TokenContext,
} from '../../web/index.ts'
import type { GuardedHandler } from './host.ts'
import type { DefaultPageUser } from './page-user.ts'

/** The signatures of the `Auth` guard. */
export interface LoginGuards<User> extends LoginGuardDocs {
  loginRequired<Req extends EventHandlerRequest, Result>(
    options: ScopesRequired,
    handler: GuardedHandler<TokenContext<User>, Req, Result>,
  ): EventHandler<Req, Promise<Awaited<Result>>>
  loginRequired<Req extends EventHandlerRequest, Result>(
    options: LoginRequirement,
    handler: GuardedHandler<LoginContext<User>, Req, Result>,
  ): EventHandler<Req, Promise<Awaited<Result>>>
  loginRequired<Req extends EventHandlerRequest, Result>(
    handler: GuardedHandler<LoginContext<User>, Req, Result>,
  ): EventHandler<Req, Promise<Awaited<Result>>>
  loginRequired(options?: MiddlewareRequirement): EventHandler
}

/** The requirement for a guard without a handler, which is a middleware. @public */
export interface MiddlewareRequirement extends LoginRequirement {
  /**
   * The paths, without `app.baseURL`, that the middleware guards together with all paths below them. The guard also runs if a
   * client writes such a path in another way, for example with `%61` or in upper case.
   *
   * @defaultValue all paths, except the sign-in routes
   * @example
   * ```ts
   * // server/middleware/admin.ts
   * export default auth.loginRequired({ paths: ['/api/admin'], roles: ['Admin'] })
   * ```
   */
  readonly paths?: readonly string[] | undefined
}

/** The guard that `auth.orBearer(api)` returns, for event handlers that accept a session or a bearer token. @public */
export interface Either<User> extends EitherGuardDocs {
  required<const Requirement extends EitherRequirement, Req extends EventHandlerRequest, Result>(
    requirement: Requirement,
    handler: GuardedHandler<EitherContext<User, Requirement>, Req, Result>,
  ): EventHandler<Req, Promise<Awaited<Result>>>
  required<Req extends EventHandlerRequest, Result>(
    handler: GuardedHandler<EitherContext<User>, Req, Result>,
  ): EventHandler<Req, Promise<Awaited<Result>>>
}

/**
 * The options for `Auth` in Nuxt.
 * @typeParam User - The type that `onLogin` returns, or the ID token's claims.
 * @typeParam PageUser - The return type of `pageUser`.
 * @public
 */
export interface H3AuthOptions<
  User = Claims,
  PageUser = DefaultPageUser<User>,
> extends AuthOptions<User> {
  /**
   * Returns the user that pages get from `useIdentity()`. It must be valid JSON. Because the browser gets this object with
   * every page, return only what the user may read, and never tokens.
   *
   * @defaultValue the members `name`, `given_name`, `family_name`, `preferred_username`, `email`, `picture` and `roles`
   * @example new Auth({ pageUser: ({ name, oid }) => ({ name, id: oid }) })
   */
  readonly pageUser?: ((user: User) => PageUser) | undefined
}

/**
 * Guards API event handlers, and responds with 401 or 403 and `WWW-Authenticate` to callers without a valid access token.
 *
 * @public
 */
export type AuthorizationRequired<Issuer extends string = string> =
  AuthorizationGuards<Issuer>['authorizationRequired']

interface AuthorizationGuards<Issuer extends string> extends AuthorizationGuardDocs {
  authorizationRequired<
    const Requirement extends Exactly<Requirement, AuthorizationRequirement<Issuer>>,
    Req extends EventHandlerRequest,
    Result,
  >(
    requirement: Requirement,
    handler: GuardedHandler<ContextFor<Requirement> & OfIssuer<Issuer>, Req, Result>,
  ): EventHandler<Req, Promise<Awaited<Result>>>
  authorizationRequired<Req extends EventHandlerRequest, Result>(
    handler: GuardedHandler<UserContext & OfIssuer<Issuer>, Req, Result>,
  ): EventHandler<Req, Promise<Awaited<Result>>>
  authorizationRequired<
    const Requirement extends Exactly<Requirement, AuthorizationRequirement<Issuer>>,
  >(
    requirement?: Requirement,
  ): EventHandler
}
