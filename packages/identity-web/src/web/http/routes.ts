import { IdentityError } from '../../errors.ts'
import type { ErrorResponses } from './error-response.ts'
import { isNavigation, isPrefetch } from './navigation.ts'
import type { AppLocation } from '../options/app-location.ts'

/** A request to one of the routes of this library. Its cookies are read once, here. */
export interface RouteRequest {
  readonly method: string
  /** The absolute URL. Its origin comes from the adapter and is not trusted. */
  readonly url: string
  /** `''` if the request has no cookies. */
  readonly cookieHeader: string
  header(name: string): string | undefined
  /** Whether the request is a page navigation. */
  isNavigation(): boolean
  /** Whether the application has already read the body. */
  readonly isBodyUsed: boolean
  /**
   * Reads the body as a form.
   *
   * @returns `undefined` if the request is not a POST or the body is too long.
   */
  readForm(): Promise<URLSearchParams | undefined>
}

/** The longest form and the longest query that routes read. */
const MAX_FORM_CHARACTERS = 100_000

/** Reads a query or a form. Returns `undefined` if it is too long. */
export function parseForm(encoded: string): URLSearchParams | undefined {
  return encoded.length > MAX_FORM_CHARACTERS ? undefined : new URLSearchParams(encoded)
}

/** Reads the parts of a request that the routes use. */
function toRouteRequest(request: Request): RouteRequest {
  const { method, url, headers } = request
  const header = (name: string): string | undefined => headers.get(name) ?? undefined
  let form: Promise<URLSearchParams | undefined> | undefined
  const readForm = async (): Promise<URLSearchParams | undefined> =>
    method === 'POST' ? parseForm(await request.text()) : undefined
  return {
    method,
    url,
    cookieHeader: headers.get('cookie') ?? '',
    header,
    isNavigation: () => isNavigation({ header }),
    isBodyUsed: request.bodyUsed,
    // A body can be read only once.
    readForm: () => (form ??= readForm()),
  }
}

/** A route of this library. */
export type Route = (request: Request) => Promise<Response>

/** Makes a route that turns its errors into error pages. Errors of the application reach the framework. */
export function createRoute<Services extends { readonly errorResponses: ErrorResponses }>(
  services: Services,
  handle: (services: Services, request: RouteRequest) => Promise<Response>,
): Route {
  return async (request) => {
    try {
      return await handle(services, toRouteRequest(request))
    } catch (error) {
      if (!IdentityError.is(error)) throw error
      return services.errorResponses.toResponse(toRouteRequest(request), error)
    }
  }
}

/** Makes a route that changes something, and that a prefetch therefore does not reach. */
export function createChangingRoute<Services extends { readonly errorResponses: ErrorResponses }>(
  services: Services,
  handle: (services: Services, request: RouteRequest) => Promise<Response>,
): Route {
  return createRoute(services, async (given, request) =>
    isPrefetch(request) ? rejectPrefetch() : handle(given, request),
  )
}

/** The browser discards this response, and loads the page itself when the user follows the link. */
export function rejectPrefetch(): Response {
  return new Response(null, { status: 503, headers: { 'cache-control': 'private, no-store' } })
}

/** The routes of an `Auth`. */
export interface RouteTable {
  readonly byPath: ReadonlyMap<string, Route>
  /** The page to which the provider redirects users after a sign-out. It belongs to the application. */
  readonly landing: {
    /** Whether a path is that of the page. */
    readonly isLanding: (path: string) => boolean
    /** Whether a URL of the page belongs to a sign-out. */
    readonly isSignedOutUrl: (url: string) => boolean
    readonly route: Route
  }
  readonly location: Pick<AppLocation, 'removedPath' | 'toBrowserUrl'>
}

/** Finds the route of a request. */
export type FindRoute = (url: string, method: string) => Route | undefined

/** Makes the function that finds the route of a request. It runs for every request of the application. */
export function createRouter({ byPath, landing, location }: RouteTable): FindRoute {
  return (url, method) => {
    if (method !== 'GET' && method !== 'POST') return undefined
    const query = url.indexOf('?')
    const received = query === -1 ? url : url.slice(0, query)
    // Most servers receive the path that the browser requested.
    const path = location.removedPath === '' ? received : location.toBrowserUrl(received)
    const route = byPath.get(path)
    if (route !== undefined) return route
    const isReturn = query !== -1 && landing.isSignedOutUrl(url)
    return isReturn && landing.isLanding(path) ? landing.route : undefined
  }
}
