// The middleware: sign-in routes, and responses of guards.
import { errorOf } from '../../authentication/index.ts'
import { unwrapped } from '../../carried-errors.ts'
import { IdentityError } from '../../errors.ts'
import { webOf, type AuthBase } from '../../classes/index.ts'
import { runRoute } from '../request-response.ts'
import type { RouteArgs } from './signatures.ts'
import { findHttpContext, openHttpContext, type RouterHttpContext } from './http-context.ts'

/** Responds to the sign-in routes, and sends the responses of guards that did not accept the request. */
export async function runMiddleware(
  auth: AuthBase<any>,
  args: RouteArgs,
  next: () => Promise<Response>,
): Promise<Response> {
  const outer = findHttpContext(args)
  const http = outer ?? openHttpContext(args)
  try {
    const response = await respond(auth, { args, http, next })
    return outer === undefined ? http.finish(response) : response
  } finally {
    if (outer === undefined) http.close()
  }
}

interface Call {
  readonly args: RouteArgs
  readonly http: RouterHttpContext
  readonly next: () => Promise<Response>
}

async function respond(auth: AuthBase<any>, { args, http, next }: Call): Promise<Response> {
  const { url } = http
  const route = webOf(auth).route(url, http.method)
  if (route === undefined) return settle(auth, http, next)
  // A link or a form of the router requests the data of a route of sign-in. The browser must load it instead.
  // The router requests a forwarded path only as data.
  const mayBeData = route.forward === undefined && mayBeForRouter(auth, http)
  const isForRouter = http.isDataUrl || (mayBeData && isData(await next()))
  if (isForRouter) return reload(auth, url)
  return runRoute(args.request, route)
}

/**
 * Returns whether the router in the browser may have sent the request. In React Router 7, every request of a script may
 * come from the router, except requests for the session endpoint.
 */
function mayBeForRouter(auth: AuthBase<any>, http: RouterHttpContext): boolean {
  if (http.method !== 'GET' || http.header('sec-fetch-dest') !== 'empty') return false
  return http.url.split('?', 1)[0] !== auth.paths.session
}

/** Returns whether a response is for the router in the browser. */
function isData({ headers }: Response): boolean {
  return headers.has('x-remix-response')
}

/** Lets the application respond to a request, and replaces the response if a guard did not accept the request. */
async function settle(
  auth: AuthBase<any>,
  http: RouterHttpContext,
  next: () => Promise<Response>,
): Promise<Response> {
  let response: Response
  try {
    response = await next()
  } catch (error) {
    // A middleware can fail too.
    const found = unwrapped(error)
    if (found !== http.failure || !IdentityError.is(found)) throw error
    return webOf(auth).toResponse(http, { error: found })
  }
  const refusal = http.refusal ?? (await refusalOfFailure(auth, http, response))
  if (refusal === undefined) return response
  if (!isData(response)) return refusal
  // The page shows the same response, and the user returns to it after the sign-in.
  if (http.method === 'GET' && !http.isPartial) return reload(auth, http.url)
  const loginUrl = errorOf(refusal)?.loginUrl
  // Without a sign-in that helps, the error boundary of the route shows the error.
  return loginUrl === undefined ? response : redirectDocument(loginUrl)
}

/** Returns the response to an `IdentityError` that a loader without a guard did not handle. */
async function refusalOfFailure(
  auth: AuthBase<any>,
  http: RouterHttpContext,
  { status }: Response,
): Promise<Response | undefined> {
  const { failure } = http
  // The router responds with 500 to errors. An error that the loader handled is not an error of the response.
  return status >= 500 && IdentityError.is(failure)
    ? webOf(auth).toResponse(http, { error: failure })
    : undefined
}

function reload(auth: AuthBase<any>, url: string): Response {
  // A browser would read `//host/path` as another site, if the URL has no origin.
  const path = url.replace(/^[/\\]+/, '/')
  // A relative URL would get the `basename` of the router once more.
  return redirectDocument(webOf(auth).toAbsoluteUrl(path))
}

/** Makes the router in the browser load a page, like `redirectDocument()` of React Router. */
function redirectDocument(location: string): Response {
  const headers = {
    location,
    'x-remix-reload-document': 'true',
    'cache-control': 'private, no-store',
  }
  return new Response(null, { status: 302, headers })
}
