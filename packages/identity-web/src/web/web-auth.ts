// The interface of sign-in, without a framework.
import type { Authentication, EndWatch } from '../authentication/index.ts'
import type { TokenSource } from '../client/index.ts'
import type { HttpContext } from '../http-context.ts'
import type { BrowserSession } from './browser-session/browser-session.ts'
import type { ConfigurationProblem } from '../options/problems.ts'
import type { TokenResult } from '../tokens.ts'
import type { AuthenticateOptions } from './guard/connection.ts'
import type { LoginContext } from './guard/context.ts'
import type { FailedCall } from './guard/error-to-response.ts'
import type { Guard } from './guard/guard.ts'
import type { Visitor } from './guard/identify.ts'
import type { RefreshedVisitor } from './guard/refresh-ahead.ts'
import type { LoginRequirement } from './guard/requirement.ts'
import type { WireRequest, Route } from './http/routes.ts'
import type { AppLocation } from '../seams/app-location.ts'
import type { AuthPaths } from '../seams/site.ts'
import type { ForwardTable } from './http/forward-table.ts'
import type { ForwardSettings } from '../options/resolve-forward.ts'
import type { LoginOptions } from './sign-in/login-options.ts'
import type { StartedCodeLogin } from './sign-in/start-login.ts'
import type { TestAccess } from './sign-in/test-sessions.ts'
import type { LogoutCall } from './sign-out/sign-out.ts'
import type { ListedSession, ListedUser } from './sign-out/list-sessions.ts'
import type { RevokedSessions } from './sign-out/revoke-sessions.ts'

/** The requirement of a connection, and the function that reports that the connection closes. */
export interface Connection {
  readonly requirement: AuthenticateOptions
  readonly onClose?: EndWatch['onClose']
}

/** Sign-in for web applications, independent of the framework. The adapters use it. */
export interface WebAuth<User> {
  /**
   * This `Auth`, as the code creates it, and then its paths and its cookie, in words. Only one `Auth` of an application can
   * have each of them. Not set if the options have problems.
   */
  readonly footprint?: readonly string[]
  readonly paths: AuthPaths
  /** The location of the application. Adapters report the path under which their framework has mounted it. */
  readonly location: Pick<AppLocation, 'learn' | 'toServerPath'>
  /** Returns the URL of a path and query in the browser. Without a redirect URI, it has no origin. */
  toAbsoluteUrl(path: string): string
  readonly problems: readonly ConfigurationProblem[]
  /** The problems that prevent the start of the application. The list is empty if the application may start. */
  readonly fatalProblems: readonly ConfigurationProblem[]
  /** Checks that everything that requests need is available: the provider's metadata and keys, the credential, the store. */
  ready(): Promise<void>
  /** Stops the timers. */
  close(): void
  /** Warns about a setting of the framework that does not match the options. */
  warn(message: string): void
  /** Creates the guard of a route. It throws for an invalid requirement, when the route is declared. */
  guard(requirement: LoginRequirement): Guard<User>
  /**
   * Authenticates an upgrade, a stream or a request to an unsupported server. An error that the caller has caused is
   * returned and not thrown.
   */
  authenticate(
    http: HttpContext,
    connection: Connection,
  ): Promise<Authentication<LoginContext<User>>>
  /**
   * Converts an error that occurred outside a guard to a response.
   *
   * @throws The error, if it is not an `IdentityError`.
   */
  toResponse(http: HttpContext, failed: FailedCall): Promise<Response>
  /** @throws IdentityError `configuration` if a forwarded path does not fit the other settings. */
  checkForward(settings: ForwardSettings): void
  /** Sets the forwarded paths of the application. The table can grow later. */
  useForwards(table: ForwardTable): void
  /**
   * Finds the route of a request.
   *
   * @param url - Path and query.
   * @returns `undefined` if the request belongs to the application.
   */
  route(url: string, method: string): Route | undefined
  login(request: WireRequest, options?: LoginOptions): Promise<Response>
  /** Starts a sign-in and returns the data for the browser. Sets the cookie of the flow. */
  startLogin(http: HttpContext, options?: LoginOptions): Promise<StartedCodeLogin>
  /**
   * Starts a sign-in with the option `signIn`, and returns its data. `undefined` if this way to sign in does not have
   * data for other pages.
   */
  startWay(http: HttpContext, options?: LoginOptions): Promise<unknown>
  completeLogin(request: WireRequest): Promise<Response>
  logout(request: WireRequest, call?: LogoutCall): Promise<Response>
  frontChannelLogout(request: WireRequest): Promise<Response>
  backChannelLogout(request: WireRequest): Promise<Response>
  /** Returns the sessions of a user. */
  listSessions(of: ListedUser<User>): Promise<ListedSession[]>
  /** Ends all sessions of a user or a tenant, or of one session at the provider. With a handle, ends only one session. */
  revokeSessions(of: RevokedSessions<User>): Promise<void>
  /** Returns the internal functions that the testing kit uses. */
  testAccess(): TestAccess
  getUser(http: HttpContext): Promise<User | undefined>
  /** Returns the context of a signed-in user, for a route without a guard. */
  getContext(http: HttpContext): Promise<LoginContext<User> | undefined>
  /** Returns the session for the scripts of a page. */
  browserSession(http: HttpContext): Promise<BrowserSession>
  /** The session endpoint. */
  sendBrowserSession(request: WireRequest): Promise<Response>
  /** Identifies the visitor for a hook that runs for all requests. Does not throw during an outage. */
  identify(http: HttpContext): Promise<Visitor<User>>
  /** Stores a changed user in the session of a request. */
  updateUser(http: HttpContext, user: NonNullable<User>): Promise<void>
  /** Refreshes the session and its access tokens if necessary, before the call of a handler that cannot set cookies. */
  refreshAhead(http: HttpContext): Promise<RefreshedVisitor<User>>
  getTokenForUser(http: HttpContext, scopes: string | readonly string[]): Promise<TokenResult>
  getTokenForClient(scopes: string | readonly string[]): Promise<TokenResult>
  /** Returns the tokens of the application. */
  tokenSource(): TokenSource
  /** Returns the URL at which a user of Azure AD B2C edits their profile, if that user flow is configured. */
  getEditProfileUrl(http: HttpContext): Promise<string | undefined>
  /** Returns the URL at which a user of Azure AD B2C resets their password, if that user flow is configured. */
  getResetPasswordUrl(http: HttpContext): Promise<string | undefined>
}
