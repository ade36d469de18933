import { isIdentityError } from '../errors.ts'
import type { ErrorResponses } from './http/error-response.ts'
import { toRouteRequest, type RouteRequest } from './http/route-request.ts'
import { isSignedOutUrl } from './sign-out/after-sign-out.ts'

/** A route of this library. */
export type Route = (request: Request) => Promise<Response>

/** Makes a route that turns its errors into error pages. Errors of the application reach the framework. */
export function createRoute(
  errorResponses: ErrorResponses,
  handle: (request: RouteRequest) => Promise<Response>,
): Route {
  return async (request) => {
    try {
      return await handle(toRouteRequest(request))
    } catch (error) {
      if (!isIdentityError(error)) throw error
      return errorResponses.toResponse(error, { returnTo: '/' })
    }
  }
}

/** The routes of an `Auth`. */
export interface RouteTable {
  readonly byPath: ReadonlyMap<string, Route>
  /** The path at which users come back from a sign-out at the provider, and its route. */
  readonly landing: string | undefined
  readonly afterSignOut: Route
}

/** Makes the function that finds the route of a request. It runs for every request of the application. */
export function createRouter({
  byPath,
  landing,
  afterSignOut,
}: RouteTable): (url: string, method: string) => Route | undefined {
  return (url, method) => {
    if (method !== 'GET' && method !== 'POST') return undefined
    const path = pathOf(url)
    const route = byPath.get(path)
    if (route !== undefined) return route
    return path === landing && isSignedOutUrl(url) ? afterSignOut : undefined
  }
}

/** Returns the path of a URL that has no origin. */
export function pathOf(url: string): string {
  const query = url.indexOf('?')
  return query === -1 ? url : url.slice(0, query)
}
