// The types of guards of fetch and Next.js.
import type { AuthorizationRequirement, ContextFor, UserContext } from '../../api/index.ts'
import type {
  AuthorizationGuardDocs,
  EitherGuardDocs,
  Exactly,
  LoginGuardDocs,
  OfIssuer,
} from '../../classes/index.ts'
import type { McpMembers, McpRequirement } from '../../mcp/index.ts'
import type { EitherContext, EitherRequirement } from '../../session-or-bearer/index.ts'
import type {
  LoginContext,
  LoginRequirement,
  ScopesRequired,
  TokenContext,
} from '../../web/index.ts'

// The guards of frameworks whose handlers receive a `Request` and return a `Response`: the fetch entry and Next.js. The types of
// their results are written out, because the entries have a type of this name that differs in the request.

/**
 * A handler that runs only for authenticated requests and gets the context as its second argument.
 * @typeParam Rest - The arguments that the server passes after the request.
 * @typeParam Req - The server's request.
 * @public
 */
export type GuardedHandler<Context, Rest extends readonly unknown[] = [], Req = Request> = (
  request: Req,
  context: Context,
  ...rest: Rest
) => Response | Promise<Response>

/** The type of `auth.loginRequired`. Its signatures inherit their documentation. */
export type FetchLoginRequired<Req, User> = LoginGuards<Req, User>['loginRequired']

interface LoginGuards<Req, User> extends LoginGuardDocs {
  loginRequired<Rest extends readonly unknown[] = []>(
    options: ScopesRequired,
    handler: GuardedHandler<TokenContext<User>, Rest, Req>,
  ): (request: Req, ...rest: Rest) => Promise<Response>
  loginRequired<Rest extends readonly unknown[] = []>(
    options: LoginRequirement,
    handler: GuardedHandler<LoginContext<User>, Rest, Req>,
  ): (request: Req, ...rest: Rest) => Promise<Response>
  loginRequired<Rest extends readonly unknown[] = []>(
    handler: GuardedHandler<LoginContext<User>, Rest, Req>,
  ): (request: Req, ...rest: Rest) => Promise<Response>
}

/** The type of `api.authorizationRequired`. Its signatures inherit their documentation. */
export type FetchAuthorizationRequired<Req, Issuer extends string> = AuthorizationGuards<
  Req,
  AuthorizationRequirement<Issuer>,
  OfIssuer<Issuer>
>['authorizationRequired']

/** The type of `mcp.authorizationRequired`. */
export type FetchMcpRequired<Req, Issuer extends string> = AuthorizationGuards<
  Req,
  McpRequirement<Issuer>,
  McpMembers & OfIssuer<Issuer>
>['authorizationRequired']

/** @typeParam More - The context's additional members. */
interface AuthorizationGuards<
  Req,
  Base extends AuthorizationRequirement,
  More,
> extends AuthorizationGuardDocs {
  authorizationRequired<
    const Requirement extends Exactly<Requirement, Base>,
    Rest extends readonly unknown[] = [],
  >(
    requirement: Requirement,
    handler: GuardedHandler<ContextFor<Requirement> & More, Rest, Req>,
  ): (request: Req, ...rest: Rest) => Promise<Response>
  authorizationRequired<Rest extends readonly unknown[] = []>(
    handler: GuardedHandler<UserContext & More, Rest, Req>,
  ): (request: Req, ...rest: Rest) => Promise<Response>
}

/** Guards route handlers that accept a session or a bearer token. */
export interface FetchEither<Req, User> extends EitherGuardDocs {
  required<const Requirement extends EitherRequirement, Rest extends readonly unknown[] = []>(
    requirement: Requirement,
    handler: GuardedHandler<EitherContext<User, Requirement>, Rest, Req>,
  ): (request: Req, ...rest: Rest) => Promise<Response>
  required<Rest extends readonly unknown[] = []>(
    handler: GuardedHandler<EitherContext<User>, Rest, Req>,
  ): (request: Req, ...rest: Rest) => Promise<Response>
}
