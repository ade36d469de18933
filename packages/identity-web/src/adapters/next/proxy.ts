// The proxy: refreshes sessions before a render, and guards paths.
import { NextRequest, NextResponse, type NextFetchEvent } from 'next/server.js'
import { webOf, type AuthBase } from '../../classes/index.ts'
import { isAllowedBy } from '../../verdict.ts'
import { withSetCookies } from '../../web/index.ts'
import { RequestHttpContext, pathAndQuery, runRoute } from '../request-response.ts'
import { PATH_HEADER } from './urls.ts'

/**
 * Your own code in the proxy.
 * @param request - The request, with the new cookies of a refreshed session.
 * @param user - The signed-in user, or `undefined` for unauthenticated visitors and on the sign-in routes.
 * @param event - The Next.js event.
 * @returns `NextResponse.next()`, a rewrite, or another response. `undefined` means `NextResponse.next()`.
 * @public
 */
export type ProxyHandler<User> = (
  request: NextRequest,
  user: User | undefined,
  event: NextFetchEvent,
) => Response | undefined | Promise<Response | undefined>

/** The options for `auth.createProxy()`. @public */
export interface ProxyOptions {
  /**
   * Paths that require sign-in, without `basePath`. All paths below them require sign-in too. Also guard the pages, route
   * handlers and actions, because this check cannot replace a guard. If `rewrites` in `next.config` leads to one of these
   * paths, list the rewrite's source too, because Next.js rewrites after the proxy.
   *
   * @defaultValue `[]`
   * @example
   * ```ts
   * import { auth } from '@/auth'
   *
   * export const proxy = auth.createProxy({ loginRequired: ['/account'] })
   * ```
   */
  readonly loginRequired?: readonly string[] | undefined
}

/** A request, and the function with which the application handles the request in the proxy. */
export interface ProxyCall<User> {
  readonly request: NextRequest
  readonly event: NextFetchEvent
  readonly handler: ProxyHandler<User> | undefined
  /** Returns whether a path, without `basePath`, requires sign-in. */
  readonly isGuarded: (path: string) => boolean
}

/** Refreshes a request's session before the page is rendered, so that the browser and the render get the new session. */
export async function runProxy<User>(
  auth: AuthBase<User>,
  { request, event, handler, isGuarded }: ProxyCall<User>,
): Promise<Response> {
  const web = webOf(auth)
  const url = pathAndQuery(request.url)
  const http = new ProxyHttpContext(request)
  let user: User | undefined
  // The routes of sign-in change the session themselves.
  if (!Object.values(web.paths).includes(url.split('?', 1)[0] ?? '')) {
    // The page after a sign-out is one of these routes too, and does not have a path.
    const route = web.route(url, request.method)
    // A route handler forwards requests to APIs, because Next.js limits the body of a request here.
    if (route !== undefined && route.forward === undefined) return runRoute(request, route)
    // The guard comes first, because a request that it rejects must not refresh anything.
    if (isGuarded(request.nextUrl.pathname)) {
      const outcome = await isAllowedBy(web.guard({}), http, () => undefined)
      if (outcome !== true) return http.finish(outcome)
    }
    const visitor = await web.refreshAhead(http)
    if (visitor.rejection !== undefined) return http.finish(visitor.rejection)
    user = visitor.user
  }
  const refreshed = http.refreshed(request)
  const given = http.finish((await handler?.(refreshed, user, event)) ?? NextResponse.next())
  // The headers of a redirect cannot be changed, but those of its copy can.
  const response = new Response(given.body, given)
  const isFinal =
    !given.headers.has('x-middleware-next') && !given.headers.has('x-middleware-rewrite')
  if (isFinal) return response
  const headers = new Headers(refreshed.headers)
  headers.set(PATH_HEADER, url)
  overrideHeaders(response.headers, headers)
  return response
}

// Next.js passes these headers to the render instead of the request's own.
const OVERRIDDEN = 'x-middleware-override-headers'
const OVERRIDE = 'x-middleware-request-'

/**
 * Replaces the request's headers, as `NextResponse.next({ request })` does. Headers that the application changed stay changed.
 */
function overrideHeaders(response: Headers, request: Headers): void {
  const given = response.get(OVERRIDDEN)?.split(',') ?? []
  const added = given.length === 0 ? [...request.keys()] : [PATH_HEADER]
  for (const name of added) response.set(OVERRIDE + name, request.get(name) ?? '')
  response.set(OVERRIDDEN, [...new Set([...given, ...added])].join(','))
}

/** Wraps a request for the core, and collects the cookies that the response sets. */
class ProxyHttpContext extends RequestHttpContext {
  #cookie: string | undefined
  // The login route starts the sign-in, because it can set a cookie and the router does not call it in the background.
  readonly delivery = 'redirect'

  override header(name: string): string | undefined {
    return name === 'cookie' && this.#cookie !== undefined ? this.#cookie : super.header(name)
  }

  override setCookies(cookies: readonly string[]): boolean {
    this.#cookie = withSetCookies(this.header('cookie') ?? '', cookies)
    return super.setCookies(cookies)
  }

  /** Returns the request with its new cookies. */
  refreshed(request: NextRequest): NextRequest {
    if (this.#cookie === undefined) return request
    const headers = new Headers(request.headers)
    headers.set('cookie', this.#cookie)
    const { basePath } = request.nextUrl
    return new NextRequest(request, { headers, nextConfig: { basePath } })
  }
}
