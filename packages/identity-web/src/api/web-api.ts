import type { GuardResponse, HttpContext } from '../http-context.ts'
import type { MaybePromise } from '../maybe-promise.ts'
import type { TokenResult } from '../tokens.ts'
import type { AuthorizedHandler } from './guard/guard.ts'
import type { AuthorizationRequirement } from './guard/requirement.ts'

/** Guards one route. */
export type ApiGuard = (
  http: HttpContext,
  handler: AuthorizedHandler,
) => MaybePromise<GuardResponse>

/** Protection of a web API, without a framework: what the adapters stand on. */
export interface WebApi {
  /** Makes a route's guard. Faults of the requirement throw here, when the route is declared. */
  guard(requirement: AuthorizationRequirement | undefined): ApiGuard
  /** The API's description of itself (RFC 9728), by path; `undefined` for any other path. */
  route(url: string, method: string): (() => Promise<Response>) | undefined
  /** `WWW-Authenticate` for whoever brings no token, for a guard that takes something else as well. */
  challenge(requirement: AuthorizationRequirement): string
  /** The answer to an error of acting for the caller's user; `undefined` for any other error. */
  relay(error: unknown): Promise<Response> | undefined
  getTokenForClient(scopes: string | readonly string[]): Promise<TokenResult>
  getTokenInLongRunningProcess(
    key: string,
    scopes: string | readonly string[],
  ): Promise<TokenResult>
  stopLongRunningProcess(key: string): Promise<void>
}
