/**
 * One request and what can be answered with it: what a framework supplies to the guard. Everything is read
 * only when it is needed, since most requests need a cookie and nothing else.
 */
export interface HttpContext {
  readonly method: string
  /** Path and query, as the browser asked for them. */
  readonly url: string
  /** A request header, by its lower-case name. */
  header(name: string): string | undefined
  /**
   * Adds `Set-Cookie` values to the response; a later value of a cookie replaces an earlier one.
   *
   * @returns `false` when the response began already.
   */
  setCookies(cookies: readonly string[]): boolean
  /** Keeps the response out of every cache. */
  noStore(): void
  /** Whether the response began: nothing can be sent in its place any more. */
  readonly isAnswered: boolean
  /**
   * Whether no cookie can be set at all, as in a render of Next.js. A session in cookies is not refreshed then: a refresh
   * token that was used and whose successor is lost looks like a stolen one to providers that rotate them.
   */
  readonly isReadOnly?: boolean
  /**
   * Whether a redirect is the only answer there is, as in renders and server actions of Next.js. Who has to go to the
   * provider is sent to the login route, which can set the cookie of the sign-in; errors are thrown.
   */
  readonly redirectsOnly?: boolean
}

/** The response that a guard sends; `undefined` when the handler of the framework sent one itself. */
export type GuardResponse = Response | undefined
