import type { AuthorizationRequirement, ContextFor, UserContext } from '../../api/index.ts'
import type {
  AuthorizationGuardDocs,
  EitherGuardDocs,
  Exactly,
  LoginGuardDocs,
  McpGuardDocs,
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

interface AuthorizationGuards<Req> extends AuthorizationGuardDocs {
  authorizationRequired<
    const Requirement extends Exactly<Requirement>,
    Rest extends readonly unknown[] = [],
  >(
    requirement: Requirement,
    handler: (
      request: Req,
      context: ContextFor<Requirement>,
      ...rest: Rest
    ) => Response | Promise<Response>,
  ): (request: Req, ...rest: Rest) => Promise<Response>
  authorizationRequired<Rest extends readonly unknown[] = []>(
    handler: (request: Req, context: UserContext, ...rest: Rest) => Response | Promise<Response>,
  ): (request: Req, ...rest: Rest) => Promise<Response>
}

/** The type of `mcp.authorizationRequired`. Its signatures inherit their documentation. */
export type FetchMcpRequired<Req> = McpGuards<Req>['authorizationRequired']

interface McpGuards<Req> extends McpGuardDocs {
  authorizationRequired<
    const Requirement extends Exactly<Requirement, McpRequirement>,
    Rest extends readonly unknown[] = [],
  >(
    requirement: Requirement,
    handler: (
      request: Req,
      context: ContextFor<Requirement> & McpMembers,
      ...rest: Rest
    ) => Response | Promise<Response>,
  ): (request: Req, ...rest: Rest) => Promise<Response>
  authorizationRequired<Rest extends readonly unknown[] = []>(
    handler: (
      request: Req,
      context: UserContext & McpMembers,
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
