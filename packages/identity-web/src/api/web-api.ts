import type { ConfigurationProblem } from '../settings/problems.ts'
import type { TokenResult } from '../tokens.ts'
import type { AuthorizationGuard } from './guard/guard.ts'
import type { AuthorizationRequirement } from './guard/requirement.ts'

/** The protection of a web API, without a framework. Each adapter's `ApiAuth` calls it. */
export interface WebApi {
  readonly problems: readonly ConfigurationProblem[]
  /** The problems with which the application must not start. Empty if it may start nevertheless. */
  readonly fatalProblems: readonly ConfigurationProblem[]
  /** Checks that everything that requests need is available: the provider's metadata and keys, the credential, the store. */
  ready(): Promise<void>
  /** Ends the timers. */
  close(): void
  /**
   * Makes the guard of one route.
   *
   * @throws IdentityError `configuration` for a wrong requirement, when the route is declared.
   */
  guard(requirement: AuthorizationRequirement | undefined): AuthorizationGuard
  /** Returns the handler of the API's metadata (RFC 9728); `undefined` for every other URL and method. */
  route(url: string, method: string): (() => Promise<Response>) | undefined
  /**
   * Returns the `WWW-Authenticate` value for a request without a token, for a guard that also accepts sessions.
   *
   * @throws IdentityError `configuration` for a wrong requirement.
   */
  challenge(requirement: AuthorizationRequirement): string
  /** Responds to an error that only the caller's user can solve; returns `undefined` for every other error. */
  respondToClientError(error: unknown): Promise<Response> | undefined
  getTokenForClient(scopes: string | readonly string[]): Promise<TokenResult>
  getTokenInLongRunningProcess(
    key: string,
    scopes: string | readonly string[],
  ): Promise<TokenResult>
  stopLongRunningProcess(key: string): Promise<void>
}
