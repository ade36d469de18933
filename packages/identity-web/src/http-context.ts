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
   * Whether cookies can be set now, which changes during a request. If the property is missing, `isResponseSent`
   * decides. A session in cookies is refreshed only with `'open'`, because the new refresh token would otherwise be
   * lost, and providers that rotate refresh tokens treat the next use of the old one as theft.
   */
  readonly cookies?: CookieAccess
  /** The responses of a guard that can reach the browser. If the property is missing, it is `'response'`. */
  readonly delivery?: Delivery
  /**
   * Reads the body as JSON. The handler can still read the body. Only guards that decide by the body call this method.
   *
   * @param maxBytes - The maximum size of the body, in bytes.
   */
  readJson?(maxBytes: number): Promise<JsonBody>
  /**
   * `true` if the request calls a server action of Next.js. Such a request may change something, although it has the
   * URL of a page.
   */
  readonly isAction?: boolean
}

/**
 * The responses of a guard that can reach the browser.
 *
 * - `'response'`: every response. All adapters set it, unless another value fits.
 * - `'redirect'`: a redirect or an error. A user who must sign in is sent to the login route, which can set the cookie of
 *   the sign-in (the proxy of Next.js).
 * - `'throw'`: only a redirect, which leads to the login route as well. Errors are thrown (renders and server actions of
 *   Next.js, pages of Nuxt and requests of their render, load functions of SvelteKit).
 * - `'script'`: JSON, whatever the headers say. A redirect or a page is not possible (GraphQL in NestJS, after the first
 *   guarded resolver).
 */
export type Delivery = 'response' | 'redirect' | 'throw' | 'script'

/**
 * Whether a request can set cookies.
 *
 * - `'open'`: they can be set, also in Koa after a handler has set `ctx.respond` to `false`.
 * - `'closed'`: they cannot be set, because the headers were sent (every adapter) or during a render (Next.js). A user
 *   can sign in instead, as long as a response is possible.
 * - `'later'`: they cannot be set, because the request has no response or outlasts it, as an upgrade or a stream does
 *   (`authenticate()` in every adapter, unless the application said where cookies go). Errors say that an ordinary
 *   request must refresh the session.
 */
export type CookieAccess = 'open' | 'closed' | 'later'

/** Returns whether a user who must sign in is sent to the login route. */
export function leadsToLogin({ delivery }: Pick<HttpContext, 'delivery'>): boolean {
  return delivery === 'redirect' || delivery === 'throw'
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
