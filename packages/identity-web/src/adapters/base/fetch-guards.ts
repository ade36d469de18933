import type { AuthorizationRequirement, ContextFor, UserContext } from '../../api/index.ts'
import type {
  AuthorizationGuardDocs,
  EitherGuardDocs,
  Exactly,
  LoginGuardDocs,
  McpGuardDocs,
} from '../../members/index.ts'
import type { McpContextFor, McpMembers, McpRequirement } from '../../mcp/index.ts'
import type { EitherContext, EitherRequirement } from '../../session-or-bearer/index.ts'
import type {
  LoginContext,
  LoginRequirement,
  ScopesRequired,
  TokenContext,
} from '../../web/index.ts'

// The guards of frameworks whose handlers receive a `Request` and return a `Response`: the fetch entry and Next.js.

/** A handler that the framework calls with the request and with further arguments. */
export type FetchHandler<Req, Rest extends readonly unknown[]> = (
  request: Req,
  ...rest: Rest
) => Promise<Response>

/** A handler that runs only for authenticated requests. Its second argument is the context. */
export type GuardedFetchHandler<Req, Context, Rest extends readonly unknown[]> = (
  request: Req,
  context: Context,
  ...rest: Rest
) => Response | Promise<Response>

/** The type of `auth.loginRequired`. Its signatures inherit their documentation. */
export type FetchLoginRequired<Req, User> = LoginGuards<Req, User>['loginRequired']

interface LoginGuards<Req, User> extends LoginGuardDocs {
  loginRequired<Rest extends readonly unknown[] = []>(
    options: ScopesRequired,
    handler: GuardedFetchHandler<Req, TokenContext<User>, Rest>,
  ): FetchHandler<Req, Rest>
  loginRequired<Rest extends readonly unknown[] = []>(
    options: LoginRequirement,
    handler: GuardedFetchHandler<Req, LoginContext<User>, Rest>,
  ): FetchHandler<Req, Rest>
  loginRequired<Rest extends readonly unknown[] = []>(
    handler: GuardedFetchHandler<Req, LoginContext<User>, Rest>,
  ): FetchHandler<Req, Rest>
}

/** The type of `api.authorizationRequired`. Its signatures inherit their documentation. */
export type FetchAuthorizationRequired<Req> = AuthorizationGuards<Req>['authorizationRequired']

interface AuthorizationGuards<Req> extends AuthorizationGuardDocs {
  authorizationRequired<
    const Requirement extends AuthorizationRequirement,
    Rest extends readonly unknown[] = [],
  >(
    requirement: Exactly<Requirement>,
    handler: GuardedFetchHandler<Req, ContextFor<Requirement>, Rest>,
  ): FetchHandler<Req, Rest>
  authorizationRequired<Rest extends readonly unknown[] = []>(
    handler: GuardedFetchHandler<Req, UserContext, Rest>,
  ): FetchHandler<Req, Rest>
}

/** The type of `mcp.authorizationRequired`. Its signatures inherit their documentation. */
export type FetchMcpRequired<Req> = McpGuards<Req>['authorizationRequired']

interface McpGuards<Req> extends McpGuardDocs {
  authorizationRequired<
    const Requirement extends McpRequirement,
    Rest extends readonly unknown[] = [],
  >(
    requirement: Exactly<Requirement, McpRequirement>,
    handler: GuardedFetchHandler<Req, McpContextFor<Requirement>, Rest>,
  ): FetchHandler<Req, Rest>
  authorizationRequired<Rest extends readonly unknown[] = []>(
    handler: GuardedFetchHandler<Req, UserContext & McpMembers, Rest>,
  ): FetchHandler<Req, Rest>
}

/** Guards route handlers that accept a session or a bearer token. */
export interface FetchEither<Req, User> extends EitherGuardDocs {
  required<const Requirement extends EitherRequirement, Rest extends readonly unknown[] = []>(
    requirement: Requirement,
    handler: GuardedFetchHandler<Req, EitherContext<User, Requirement>, Rest>,
  ): FetchHandler<Req, Rest>
  required<Rest extends readonly unknown[] = []>(
    handler: GuardedFetchHandler<Req, EitherContext<User>, Rest>,
  ): FetchHandler<Req, Rest>
}
