// The interface of a protected API, without a framework.
import type { Authentication, EndWatch } from '../authentication/index.ts'
import type { SourceOptions, TokenSource } from '../client/index.ts'
import type { HttpContext } from '../http-context.ts'
import type { ConfigurationProblem } from '../options/problems.ts'
import type { ApiTestAccess } from '../test-access.ts'
import type { TokenResult } from '../tokens.ts'
import type { CallerToken } from './guard/connection.ts'
import type { AuthorizationContext } from './guard/context.ts'
import type { AuthorizationGuard } from './guard/guard.ts'
import type { AuthorizationRequirement } from './guard/requirement.ts'

/** A connection's requirement, and the function that reports that the connection closes. */
export interface CallerConnection {
  readonly requirement: AuthorizationRequirement & CallerToken
  readonly onClose?: EndWatch['onClose']
}

/** The error of a request, and the scopes that the route needs. */
export interface FailedApiCall {
  readonly error: unknown
  /**
   * The scopes that the client must request. By default, these are the scopes of the guard that rejected the request.
   */
  readonly scopes?: string | readonly string[] | undefined
  /** The scopes for an error that does not come from a guard. */
  readonly defaultScopes?: readonly string[] | undefined
}

/** A route of an API that does not need a token. It reads only headers and the host. */
export type ApiRoute = (request: Pick<HttpContext, 'header' | 'host'>) => Promise<Response>

/** The protection of a web API, without a framework. Each adapter's `ApiAuth` calls it. */
export interface WebApi {
  readonly problems: readonly ConfigurationProblem[]
  /** The problems that prevent the application from starting. The list is empty if it may start. */
  readonly fatalProblems: readonly ConfigurationProblem[]
  /** Checks that everything that requests need is available: the provider's metadata and keys, the credential, the store. */
  ready(): Promise<void>
  /** Stops the timers. */
  close(): void
  /**
   * Makes the guard for one route.
   *
   * @throws IdentityError `configuration` for a wrong requirement, when the route is declared.
   */
  guard(requirement: AuthorizationRequirement | undefined): AuthorizationGuard
  /**
   * Authenticates the token that comes with an upgrade, a stream or a request to an unsupported server. It returns an
   * error that the caller has caused, instead of throwing it.
   */
  authenticate(
    http: HttpContext,
    connection: CallerConnection,
  ): Promise<Authentication<AuthorizationContext>>
  /**
   * Converts an error that occurred outside a guard to a response.
   *
   * @throws The error, if it is not an `IdentityError`.
   */
  toResponse(failed: FailedApiCall): Promise<Response>
  /** Returns the handler for the API's metadata (RFC 9728), or `undefined` for every other URL and method. */
  route(url: string, method: string): ApiRoute | undefined
  /**
   * Returns the `WWW-Authenticate` value for a request without a token, for a guard that also accepts sessions.
   *
   * @throws IdentityError `configuration` for a wrong requirement.
   */
  challenge(requirement: AuthorizationRequirement): string
  /** Responds to an error that only the caller's user can solve, but returns `undefined` for every other error. */
  respondToClientError(error: unknown): Promise<Response> | undefined
  /** Returns the internal functions that the testing kit uses. */
  testAccess(): ApiTestAccess
  getTokenForClient(scopes: string | readonly string[], issuer?: string): Promise<TokenResult>
  /** Returns the tokens for the application or for a long-running process. */
  tokenSource(options: SourceOptions): TokenSource
  getTokenInLongRunningProcess(
    key: string,
    scopes: string | readonly string[],
  ): Promise<TokenResult>
  stopLongRunningProcess(key: string): Promise<void>
}
