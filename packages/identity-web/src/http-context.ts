import type { MaybePromise } from './maybe-promise.ts'

/**
 * A request and its response, as the core sees them in every framework.
 *
 * Adapters read each part only when it is needed, because most requests need only a cookie.
 */
export interface HttpContext {
  readonly method: string
  /** The path and query of the request, as the browser sent them. */
  readonly url: string
  /** The path and query of the page for which a router requests data, before the browser shows the page. */
  readonly pageUrl?: string | undefined
  /** Returns a request header by its lower-case name. */
  header(name: string): string | undefined
  /**
   * Adds `Set-Cookie` values to the response. A later value of a cookie replaces an earlier one.
   *
   * @returns `false` if the response headers were already sent.
   */
  setCookies(cookies: readonly string[]): boolean
  /**
   * Removes `Set-Cookie` values from the response again, before its headers are sent. The method is missing if the
   * framework cannot remove cookies.
   */
  removeCookies?(cookies: readonly string[]): void
  /** Prevents every cache from storing the response. */
  noStore(): void
  /**
   * Sets headers of the response, by their lower-case names. `vary` is added to the values that the application has
   * set. The method is missing if the request has no response.
   */
  setHeaders?(headers: Readonly<Record<string, string>>): void
  /**
   * Ends the response at a time if it is still a stream of events then. The method is missing if the request has no
   * response.
   */
  endStreamAt?(end: StreamEnd): void
  /** The host of the URL, on hosts that do not always keep the header `Host`. */
  readonly host?: string
  /** `true` if the connection to this server is known not to use TLS. A proxy may use TLS nevertheless. */
  readonly isPlain?: boolean | undefined
  /** `true` if the response headers were already sent, so that no other response can be sent. */
  readonly isResponseSent: boolean
  /**
   * `true` if the request is over: its response was sent, or its connection was closed. The tokens of its user must not be
   * used anymore. If the property is missing, `isResponseSent` decides.
   */
  readonly isEnded?: boolean | undefined
  /** Ends a request of which only the application knows the end. */
  end?(): void
  /**
   * `true` if cookies cannot be set, as in a render of Next.js. If the property is missing, `isResponseSent` decides. A
   * session in cookies is not refreshed then, because the new refresh token would be lost. Providers that rotate
   * refresh tokens treat the next use of the old refresh token as theft.
   */
  readonly isReadOnly?: boolean
  /**
   * `true` if a redirect is the only possible response, as in renders and server actions of Next.js. A user who must
   * sign in is sent to the login route, which can set the cookie of the sign-in. Errors are thrown.
   */
  readonly redirectsOnly?: boolean
  /**
   * `true` if the request has no response or outlasts it, as an upgrade or a stream does. A session in cookies is then
   * refreshed only if the application said where cookies go. Otherwise, errors say that a refresh is required.
   */
  readonly isDetached?: boolean
  /** `true` if an error response is possible in spite of `redirectsOnly`, as in the proxy of Next.js. */
  readonly sendsErrors?: boolean
  /**
   * Reads the body as JSON. The handler can still read the body. Only guards that decide by the body call this method.
   *
   * @param maxBytes - The maximum size of the body, in bytes.
   */
  readJson?(maxBytes: number): Promise<JsonBody>
  /**
   * `true` if the response is for a script, whatever the headers say, as in GraphQL. A redirect or a page is not
   * possible then.
   */
  readonly isScript?: boolean
  /**
   * `true` if the request calls a server action of Next.js. Such a request may change something, although it has the
   * URL of a page.
   */
  readonly isAction?: boolean
}

/** The JSON of a body, or the status of the response if the body is too large or not JSON. */
export type JsonBody = { readonly json: unknown } | { readonly failure: 400 | 413 }

export interface StreamEnd {
  /** Unix time in seconds. */
  readonly endsAt: number
  /** Returns the Unix time in seconds. */
  readonly now: () => number
}

/** The response that a guard sends; `undefined` when the handler of the framework sent one itself. */
export type GuardResponse = Response | undefined

/**
 * A guard. If the request is authenticated, it calls the handler with the context. Otherwise, it returns the response
 * of the guard.
 */
export type RouteGuard<Context> = (
  http: HttpContext,
  handler: (context: Context) => MaybePromise<GuardResponse>,
) => MaybePromise<GuardResponse>

// Adapters join several headers with a comma.
const ANY_BEARER = /(?:^|,)\s*bearer\b/i

/**
 * Returns whether a request is authenticated by a token: its `Authorization` header has the scheme `Bearer`. If a
 * request has several of these headers, one with this scheme is enough, and the request is then rejected.
 */
export function hasBearer(http: Pick<HttpContext, 'header'>): boolean {
  return ANY_BEARER.test(http.header('authorization') ?? '')
}
