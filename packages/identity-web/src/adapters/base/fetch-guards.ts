import type { AuthorizationRequirement, ContextFor, UserContext } from '../../api/index.ts'
import type {
  AuthorizationGuardDocs,
  EitherGuardDocs,
  Exactly,
  LoginGuardDocs,
} from '../../classes/index.ts'
import type { McpMembers, McpRequirement } from '../../mcp/index.ts'
import type { EitherContext, EitherRequirement } from '../../session-or-bearer/index.ts'
import type {
  LoginContext,
  LoginRequirement,
  ScopesRequired,
  TokenContext,
} from '../../web/index.ts'

// The guards of frameworks whose handlers receive a `Request` and return a `Response`: the fetch entry and Next.js. The types
// of their handlers are written out, because an application could not name an alias of this file in its declarations.

/** The type of `auth.loginRequired`. Its signatures inherit their documentation. */
export type FetchLoginRequired<Req, User> = LoginGuards<Req, User>['loginRequired']

interface LoginGuards<Req, User> extends LoginGuardDocs {
  loginRequired<Rest extends readonly unknown[] = []>(
    options: ScopesRequired,
    handler: (
      request: Req,
      context: TokenContext<User>,
      ...rest: Rest
    ) => Response | Promise<Response>,
  ): (request: Req, ...rest: Rest) => Promise<Response>
  loginRequired<Rest extends readonly unknown[] = []>(
    options: LoginRequirement,
    handler: (
      request: Req,
      context: LoginContext<User>,
      ...rest: Rest
    ) => Response | Promise<Response>,
  ): (request: Req, ...rest: Rest) => Promise<Response>
  loginRequired<Rest extends readonly unknown[] = []>(
    handler: (
      request: Req,
      context: LoginContext<User>,
      ...rest: Rest
    ) => Response | Promise<Response>,
  ): (request: Req, ...rest: Rest) => Promise<Response>
}

/** The type of `api.authorizationRequired`. Its signatures inherit their documentation. */
export type FetchAuthorizationRequired<Req> = AuthorizationGuards<Req>['authorizationRequired']

/** The type of `mcp.authorizationRequired`. */
export type FetchMcpRequired<Req> = AuthorizationGuards<
  Req,
  McpRequirement,
  McpMembers
>['authorizationRequired']

/** @typeParam More - The additional members of the context. */
interface AuthorizationGuards<
  Req,
  Base extends AuthorizationRequirement = AuthorizationRequirement,
  More = unknown,
> extends AuthorizationGuardDocs {
  authorizationRequired<
    const Requirement extends Exactly<Requirement, Base>,
    Rest extends readonly unknown[] = [],
  >(
    requirement: Requirement,
    handler: (
      request: Req,
      context: ContextFor<Requirement> & More,
      ...rest: Rest
    ) => Response | Promise<Response>,
  ): (request: Req, ...rest: Rest) => Promise<Response>
  authorizationRequired<Rest extends readonly unknown[] = []>(
    handler: (
      request: Req,
      context: UserContext & More,
      ...rest: Rest
    ) => Response | Promise<Response>,
  ): (request: Req, ...rest: Rest) => Promise<Response>
}

/** Guards route handlers that accept a session or a bearer token. */
export interface FetchEither<Req, User> extends EitherGuardDocs {
  required<const Requirement extends EitherRequirement, Rest extends readonly unknown[] = []>(
    requirement: Requirement,
    handler: (
      request: Req,
      context: EitherContext<User, Requirement>,
      ...rest: Rest
    ) => Response | Promise<Response>,
  ): (request: Req, ...rest: Rest) => Promise<Response>
  required<Rest extends readonly unknown[] = []>(
    handler: (
      request: Req,
      context: EitherContext<User>,
      ...rest: Rest
    ) => Response | Promise<Response>,
  ): (request: Req, ...rest: Rest) => Promise<Response>
}
