import { NextRequest, NextResponse, type NextFetchEvent } from 'next/server.js'
import type { WebAuth } from '../../web/index.ts'
import { AuthBase } from '../base/auth.ts'
import { withSetCookies } from '../base/wire.ts'
import { RequestHttpContext, pathAndQuery, runRoute } from '../request-response.ts'
import { PATH_HEADER, isBelow } from './urls.ts'

/**
 * The application's own part of the proxy.
 *
 * @param request - With the session's new cookies, where it was renewed.
 * @param user - Who is signed in; `undefined` for nobody, and on the routes of sign-in.
 * @param event - What Next.js gives besides.
 * @returns `NextResponse.next()`, a rewrite, or an answer; nothing for the first of them.
 * @public
 */
export type ProxyHandler<User> = (
  request: NextRequest,
  user: User | undefined,
  event: NextFetchEvent,
) => Response | undefined | Promise<Response | undefined>

/** What the proxy does besides keeping sessions. @public */
export interface ProxyOptions {
  /**
   * Paths that need a sign-in, with all below them, without `basePath`. A first line only: let pages, route handlers and
   * actions check by themselves.
   *
   * @defaultValue none
   */
  readonly loginRequired?: readonly string[] | undefined
}

/** Which headers Next.js hands on to the render in place of the request's own, and what they are. */
const OVERRIDDEN = 'x-middleware-override-headers'
const OVERRIDE = 'x-middleware-request-'

/**
 * Renews and refreshes the session of a request before it is rendered, and hands the new one to the browser and to the
 * render: there it could not be kept.
 */
export async function runProxy<User>(
  auth: AuthBase<User>,
  { loginRequired = [] }: ProxyOptions,
  { request, event, handler }: ProxyCall<User>,
): Promise<Response> {
  const web = AuthBase.web(auth)
  const url = pathAndQuery(request.url)
  const http = new ProxyHttpContext(request)
  let user: User | undefined
  // What the routes of sign-in do to a session comes first.
  if (!Object.values(web.paths).includes(url.split('?', 1)[0] ?? '')) {
    // Back from a sign-out: that lands on a page.
    const route = web.route(url, request.method)
    if (route !== undefined) return runRoute(request, route)
    await web.refreshAhead(http)
    user = await web.getUser(http)
    if (loginRequired.some((path) => isBelow(decoded(request.nextUrl.pathname), path))) {
      const answer = await keepOut(web, http)
      if (answer !== undefined) return http.finish(answer)
    }
  }
  const renewed = http.renewed(request)
  const answer = http.finish((await handler?.(renewed, user, event)) ?? NextResponse.next())
  // A copy: those of redirects can't be changed.
  const response = new Response(answer.body, answer)
  if (!leadsOn(response)) return response
  const headers = new Headers(renewed.headers)
  headers.set(PATH_HEADER, url)
  handOn(response.headers, headers)
  return response
}

/** A request, and what the application does with it. */
export interface ProxyCall<User> {
  readonly request: NextRequest
  readonly event: NextFetchEvent
  readonly handler: ProxyHandler<User> | undefined
}

async function keepOut<User>(
  web: WebAuth<User>,
  http: ProxyHttpContext,
): Promise<Response | undefined> {
  return web.guard({})(http, () => undefined)
}

/** A path as its page is found by it. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

/** Whether a render or a route handler follows. */
function leadsOn({ headers }: Response): boolean {
  return headers.has('x-middleware-next') || headers.has('x-middleware-rewrite')
}

/** Replaces the request's headers for what follows, as `NextResponse.next({ request })` does; what the application replaced stays. */
function handOn(response: Headers, request: Headers): void {
  const given = response.get(OVERRIDDEN)?.split(',') ?? []
  const added = given.length === 0 ? [...request.keys()] : [PATH_HEADER]
  for (const name of added) response.set(OVERRIDE + name, request.get(name) ?? '')
  response.set(OVERRIDDEN, [...new Set([...given, ...added])].join(','))
}

/** A request whose cookies are those that its response sets. */
class ProxyHttpContext extends RequestHttpContext {
  #cookie: string | undefined
  // Begun where its cookie can be set, and for nothing that the router asks for in the background.
  readonly redirectsOnly = true

  override header(name: string): string | undefined {
    return name === 'cookie' && this.#cookie !== undefined ? this.#cookie : super.header(name)
  }

  override setCookies(cookies: readonly string[]): boolean {
    this.#cookie = withSetCookies(this.header('cookie') ?? '', cookies)
    return super.setCookies(cookies)
  }

  /** The request as it goes on. */
  renewed(request: NextRequest): NextRequest {
    if (this.#cookie === undefined) return request
    const headers = new Headers(request.headers)
    headers.set('cookie', this.#cookie)
    const { basePath } = request.nextUrl
    return new NextRequest(request, { headers, nextConfig: { basePath } })
  }
}
