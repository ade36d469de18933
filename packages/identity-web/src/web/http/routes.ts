// The table of routes: methods, bodies, forms.
import { IdentityError } from '../../errors.ts'
import { Rejected } from '../../verdict.ts'
import type { HttpServices } from './services.ts'
import { isNavigation, isPrefetch } from './navigation.ts'
import type { ReportMisplaced } from './misplaced-callback.ts'
import type { Forward } from './forward.ts'
import type { AppLocation } from '../../seams/app-location.ts'

/**
 * The status of the response if a body was not read. 400: the client did not send the whole body. 413: the body is too
 * large.
 */
export type BodyFailure = 400 | 413

/** A request to a route, as the adapter of the framework passes it on. */
export interface WireRequest {
  readonly method: string
  /** The path and query, as they arrived. */
  readonly url: string
  /** Returns a request header by its lower-case name. */
  header(name: string): string | undefined
  /** The host of the URL, on hosts that do not always keep the header `Host`. */
  readonly host?: string
  /** As in `HttpContext`. */
  readonly isPlain?: boolean | undefined
  /** Reads the body. A route calls it once, and only for a POST request. */
  readBody(): Promise<string | BodyFailure>
}

/** A request to one of the routes of this library. The cookies are read only once, when this object is created. */
export interface RouteRequest {
  readonly method: string
  /** The absolute URL. Its host is fixed, because clients can send any `Host` header. */
  readonly url: string
  /** The query of the URL with its question mark. `''` if there is none. */
  readonly query: string
  /** The `Cookie` header. `''` if the request does not have cookies. */
  readonly cookieHeader: string
  header(name: string): string | undefined
  /** As in `HttpContext`. */
  readonly isPlain?: boolean | undefined
  /** Returns whether the request is a page navigation. */
  isNavigation(): boolean
  /**
   * Reads the body as a form.
   *
   * @returns `undefined` if the request is not a POST or the body is too long.
   */
  readForm(): URLSearchParams | undefined
}

/** The maximum length, in characters, of a form or a query that routes read. */
const MAX_FORM_CHARACTERS = 100_000

/** Parses a query or a form. Returns `undefined` if it is too long. */
export function parseForm(encoded: string): URLSearchParams | undefined {
  return encoded.length > MAX_FORM_CHARACTERS ? undefined : new URLSearchParams(encoded)
}

/** The methods that pages and providers do not use (Fetch Standard, section 2.2.1). */
const FORBIDDEN_METHODS: ReadonlySet<string> = new Set(['CONNECT', 'TRACE', 'TRACK'])

/**
 * Reads a request to a route.
 *
 * @returns The request. If it cannot be read because of a mistake of the client, the result is the error response.
 */
async function readRequest(incoming: WireRequest): Promise<RouteRequest | Rejected> {
  const { method, url } = incoming
  if (FORBIDDEN_METHODS.has(method)) {
    return new Rejected(reject(405, { allow: 'GET, HEAD, POST' }))
  }
  const body = method === 'POST' ? await incoming.readBody() : undefined
  if (typeof body === 'number') return new Rejected(reject(body))
  const { href, search } = toLocalUrl(url)
  const header = (name: string): string | undefined => incoming.header(name)
  return {
    method,
    url: href,
    query: search,
    cookieHeader: header('cookie') ?? '',
    header,
    isPlain: incoming.isPlain,
    isNavigation: () => isNavigation({ header }),
    readForm: () => (body === undefined ? undefined : parseForm(body)),
  }
}

function reject(status: number, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(null, {
    status,
    headers: { 'cache-control': 'private, no-store', ...headers },
  })
}

function toLocalUrl(pathAndQuery: string): URL {
  // The request target `//host/path` must not be parsed as another host.
  // `URL` also removes tabs and line breaks.
  return new URL(`/${pathAndQuery.replace(/^[/\\\t\r\n]+/, '')}`, 'http://localhost')
}

/** A route of this library. */
export interface Route {
  (request: WireRequest): Promise<Response>
  /** Forwards the request to an API instead, if the route is a forwarded path. */
  readonly forward?: Forward
}

/**
 * Creates a route that responds to its errors with error pages. Errors of the application are passed on to the
 * framework.
 */
export function createRoute<Services extends Pick<HttpServices, 'pages'>>(
  services: Services,
  handle: (services: Services, request: RouteRequest) => Promise<Response>,
): Route {
  return async (incoming) => {
    const request = await readRequest(incoming)
    if (Rejected.is(request)) return request.response
    try {
      return await handle(services, request)
    } catch (error) {
      if (!IdentityError.is(error)) throw error
      return services.pages.errors.toResponse(request, error)
    }
  }
}

/** Creates a route that changes something. A prefetch of such a route is rejected. */
export function createChangingRoute<Services extends Pick<HttpServices, 'pages'>>(
  services: Services,
  handle: (services: Services, request: RouteRequest) => Promise<Response>,
): Route {
  return createRoute(services, async (given, request) =>
    isPrefetch(request) ? rejectPrefetch() : handle(given, request),
  )
}

/**
 * Returns the response that rejects a prefetch. The browser discards this response, and sends another request when the
 * user follows the link.
 */
export function rejectPrefetch(): Response {
  return reject(503)
}

/** The routes of an `Auth`. */
export interface RouteTable {
  readonly byPath: ReadonlyMap<string, Route>
  /** The routes that scripts call. They respond to every method. */
  readonly endpoints: ReadonlyMap<string, Route>
  /** The page to which the provider redirects users after a sign-out. It belongs to the application. */
  readonly landing: {
    /** Returns whether a path is the path of the page after a sign-out. */
    readonly isLanding: (path: string) => boolean
    /** Returns whether a URL of this page comes from a sign-out at the provider. */
    readonly isSignedOutUrl: (url: string) => boolean
    readonly route: Route
  }
  readonly location: Pick<AppLocation, 'removedPath' | 'toBrowserUrl'>
  /**
   * Receives the requests that may be an authorization response at a wrong path. Not set if the application does not
   * have a callback.
   */
  readonly reportMisplaced: ReportMisplaced | undefined
}

/** Finds the route of a request. */
export type FindRoute = (url: string, method: string) => Route | undefined

/** Creates the function that finds the route of a request. This function runs for every request of the application. */
export function createRouter(table: RouteTable): FindRoute {
  const { byPath, endpoints, landing, location, reportMisplaced } = table
  return (url, method) => {
    const isOfPages = method === 'GET' || method === 'POST'
    if (!isOfPages && endpoints.size === 0) return undefined
    const query = url.indexOf('?')
    const received = query === -1 ? url : url.slice(0, query)
    // Most servers receive the path that the browser requested.
    const path = location.removedPath === '' ? received : location.toBrowserUrl(received)
    const route = (isOfPages ? byPath.get(path) : undefined) ?? endpoints.get(path)
    if (route !== undefined || !isOfPages) return route
    if (query === -1 && method === 'GET') return undefined
    if (landing.isSignedOutUrl(url) && landing.isLanding(path)) return landing.route
    reportMisplaced?.(received, url, method)
    return undefined
  }
}

/** The routes that the application declares after the start: its forwarded paths. */
export interface LaterRoutes {
  find?: (url: string) => Route | undefined
}

/**
 * Adds later routes to the routes of sign-in, which take precedence. The result runs for every request of the
 * application.
 */
export function withLaterRoutes(findRoute: FindRoute, later: LaterRoutes): FindRoute {
  return (url, method) => findRoute(url, method) ?? later.find?.(url)
}
