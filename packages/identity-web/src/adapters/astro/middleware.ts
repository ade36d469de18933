// The middleware: sign-in routes, and responses of guards.
import { changeableHeaders } from '../../fetch-api.ts'
import { AccessDenied } from '../../errors.ts'
import { webOf, type AuthBase } from '../../classes/index.ts'
import { needsSignIn } from '../../carried-errors.ts'
import { setIdentity } from '../base/locals.ts'
import { pathAndQuery, runRoute, withHttpContext } from '../request-response.ts'
import { toHttpContext, type AstroContext } from './context.ts'
import { Rejection, rejectionOf } from './rejection.ts'

/** The middleware that `src/middleware.ts` exports as `onRequest`. @public */
export interface OnRequest {
  /**
   * Handles a request. Astro calls this function.
   * @param context - The request's context.
   * @param next - Runs the rest of Astro.
   * @returns The response.
   * @throws Errors from pages and other middleware, and errors from `onLogin` that are not an `IdentityError`.
   * @example export const onRequest = auth.onRequest
   */
  (context: AstroContext, next: () => Promise<Response>): Promise<Response>
}

/** Responds to the sign-in routes, and lets Astro respond to all other requests. */
export async function runMiddleware(
  auth: AuthBase<any>,
  context: AstroContext,
  next: () => Promise<Response>,
): Promise<Response> {
  // Astro renders the page once for all visitors, and settings may be missing while it builds.
  if (context.isPrerendered) return next()
  const { request, locals } = context
  const act = async (): Promise<Response> => {
    const { method, url } = request
    const route = webOf(auth).route(pathAndQuery(url), method)
    const response = await (route === undefined
      ? respond(auth, context, next)
      : isBackgroundSignOut(auth, context)
        ? letBrowserNavigate()
        : runRoute(request, route))
    // Astro copies the response, and the headers must survive.
    changeableHeaders(response)
    return response
  }
  return withHttpContext(request, act, locals)
}

/**
 * Returns whether the router `<ClientRouter />` fetches the sign-out URL, for a link or a prefetch. The router could not
 * follow the redirect to the provider.
 */
function isBackgroundSignOut(auth: AuthBase<any>, { request, url }: AstroContext): boolean {
  const isFetch = request.headers.get('sec-fetch-dest') === 'empty'
  return isFetch && request.method === 'GET' && url.pathname === auth.paths.logout
}

/** Returns a response that the router does not understand, so that the browser loads the URL itself. */
const letBrowserNavigate = (): Response =>
  new Response(null, { status: 204, headers: { 'cache-control': 'private, no-store' } })

async function respond(
  auth: AuthBase<any>,
  context: AstroContext,
  next: () => Promise<Response>,
): Promise<Response> {
  const denial = await setIdentity(auth, toHttpContext(context), context.locals)
  if (denial !== undefined) return denial
  try {
    const response = await next()
    return rejectionOf(context) ?? response
  } catch (error) {
    if (error instanceof Rejection) return error.response
    // A sign-in solves the error, or the application rejects the user.
    if (!needsSignIn(error) && !AccessDenied.is(error)) throw error
    return webOf(auth).toResponse(toHttpContext(context), { error })
  }
}
