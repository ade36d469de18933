import type { MaybePromise } from '../maybe-promise.ts'
import type { TokenResult } from '../tokens.ts'
import type { GuardedHandler } from './guard/guard.ts'
import type { LoginRequirement } from './guard/requirement.ts'
import type { GuardResponse, HttpContext } from '../http-context.ts'
import type { SignInParameters } from './options/options.ts'
import type { Paths } from './options/paths.ts'
import type { RevokedSessions } from './sign-out/revoke-sessions.ts'

/**
 * What a sign-in that the application begins itself by `auth.login()` asks for, in place of the options' values.
 *
 * @public
 */
export interface LoginOptions extends SignInParameters {
  /** A path of this origin to come back to. @defaultValue `'/'` */
  readonly returnTo?: string | undefined
  /** Scopes to ask for beyond those of OpenID Connect. @defaultValue those of the options */
  readonly scopes?: string | readonly string[] | undefined
}

/** Guards one route. */
export type Guard<User> = (
  http: HttpContext,
  handler: GuardedHandler<User>,
) => MaybePromise<GuardResponse>

/** Sign-in for a web application, without a framework: what the adapters stand on. */
export interface WebAuth<User> {
  readonly paths: Paths
  /** Makes a route's guard. Faults of the requirement throw here, when the route is declared. */
  guard(requirement: LoginRequirement): Guard<User>
  /** The routes of sign-in, by path and query: from a request to a response. None with `routes: false`. */
  route(url: string, method: string): ((request: Request) => Promise<Response>) | undefined
  login(request: Request, options?: LoginOptions): Promise<Response>
  completeLogin(request: Request): Promise<Response>
  logout(request: Request, postLogoutRedirectUri?: string): Promise<Response>
  frontChannelLogout(request: Request): Promise<Response>
  backChannelLogout(request: Request): Promise<Response>
  /** Ends all sessions of a user, or of one session at the provider. */
  revokeSessions(of: RevokedSessions<User>): Promise<void>
  getUser(http: HttpContext): Promise<User | undefined>
  /** Renews and refreshes what is due, ahead of a handler that can't keep it. */
  renew(http: HttpContext): Promise<void>
  getTokenForUser(http: HttpContext, scopes: string | readonly string[]): Promise<TokenResult>
  getTokenForClient(scopes: string | readonly string[]): Promise<TokenResult>
  /** Where a user of Azure AD B2C edits their profile; `undefined` without such a user flow. */
  getEditProfileUrl(http: HttpContext): Promise<string | undefined>
}
