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

/** The requirement of a connection, and the function that reports that the connection closes. */
export interface CallerConnection {
  readonly requirement: AuthorizationRequirement & CallerToken
  readonly onClose?: EndWatch['onClose']
}

/** An error of a request, and the scopes that the route needs. */
export interface FailedApiCall {
  readonly error: unknown
  /**
   * The scopes that the client must request. If they are not set, the scopes of the guard that rejected the request are
   * used.
   */
  readonly scopes?: string | readonly string[] | undefined
  /** The scopes for an error that does not come from a guard. */
  readonly defaultScopes?: readonly string[] | undefined
}

/** A route of an API that needs no token. It reads only headers and the host. */
export type ApiRoute = (request: Pick<HttpContext, 'header' | 'host'>) => Promise<Response>

/** The protection of a web API, without a framework. Each adapter's `ApiAuth` calls it. */
export interface WebApi {
  readonly problems: readonly ConfigurationProblem[]
  /** The problems that prevent the start of the application. The list is empty if the application may start. */
  readonly fatalProblems: readonly ConfigurationProblem[]
  /** Checks that everything that requests need is available: the provider's metadata and keys, the credential, the store. */
  ready(): Promise<void>
  /** Stops the timers. */
  close(): void
  /**
   * Makes the guard of one route.
   *
   * @throws IdentityError `configuration` for a wrong requirement, when the route is declared.
   */
  guard(requirement: AuthorizationRequirement | undefined): AuthorizationGuard
  /**
   * Authenticates the token of an upgrade, a stream or a request to an unsupported server. An error that the caller has
   * caused is returned and not thrown.
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
  /** Returns the handler of the API's metadata (RFC 9728); `undefined` for every other URL and method. */
  route(url: string, method: string): ApiRoute | undefined
  /**
   * Returns the `WWW-Authenticate` value for a request without a token, for a guard that also accepts sessions.
   *
   * @throws IdentityError `configuration` for a wrong requirement.
   */
  challenge(requirement: AuthorizationRequirement): string
  /** Responds to an error that only the caller's user can solve; returns `undefined` for every other error. */
  respondToClientError(error: unknown): Promise<Response> | undefined
  /** Returns the internal functions that the testing kit uses. */
  testAccess(): ApiTestAccess
  getTokenForClient(scopes: string | readonly string[], issuer?: string): Promise<TokenResult>
  /** Returns the tokens of the application, or of a long-running process. */
  tokenSource(options: SourceOptions): TokenSource
  getTokenInLongRunningProcess(
    key: string,
    scopes: string | readonly string[],
  ): Promise<TokenResult>
  stopLongRunningProcess(key: string): Promise<void>
}
