// The session endpoint, for GET and POST.
import { IdentityError } from '../../errors.ts'
import { type Session, replaceCookies } from '../../session/index.ts'
import { checkCaller } from '../http/browser-caller.ts'
import { json, withCookies } from '../http/responses.ts'
import type { WireRequest } from '../http/routes.ts'
import { extendSession, readSession } from './find-session.ts'
import { missingBrowserOption } from './session-view.ts'
import { toBrowserSession } from './browser-session.ts'
import type { HttpContext } from '../../http-context.ts'
import type { GuardServices } from '../guard/services.ts'
import type { BrowserSessionServices } from './services.ts'

const METHODS = 'GET, HEAD, POST'

/**
 * The session endpoint. A script reads the session with GET, and starts the idle time of the session again with POST.
 * The request does not have a body.
 *
 * Only scripts of this application and of trusted origins may call it. This also applies to GET, because the response
 * contains the user.
 *
 * @see RFC 10017, section 6.1.2.1
 */
export async function sessionRoute<User>(
  services: BrowserSessionServices<User>,
  request: WireRequest,
): Promise<Response> {
  const http = toHttpContext(request)
  try {
    const response = await respond(services, http)
    return withCookies(response, http.added)
  } catch (error) {
    if (!IdentityError.is(error)) throw error
    return services.pages.errors.toResponse(request, error, {
      isNavigation: false,
      isSignIn: false,
      hasSession: true,
      cookies: http.added,
    })
  }
}

async function respond<User>(
  services: BrowserSessionServices<User>,
  http: HttpContext,
): Promise<Response> {
  if (services.browser === undefined) throw missingBrowserOption()
  const checked = checkCaller(services.site, http)
  if (checked !== true) {
    return services.pages.errors.toResponse(http, checked, {
      isNavigation: false,
      reason: 'cross-site',
    })
  }
  const find = findSessionOf(http.method)
  if (find === undefined) return json(405, { error: 'method_not_allowed' }, { allow: METHODS })
  const session = toBrowserSession(services, await find(services, http))
  // Servers leave out the body for HEAD.
  return json(200, session, { 'x-content-type-options': 'nosniff' })
}

type FindSession = (services: GuardServices, http: HttpContext) => Promise<Session | undefined>

function findSessionOf(method: string): FindSession | undefined {
  if (method === 'GET' || method === 'HEAD') return readSession
  return method === 'POST' ? extendSession : undefined
}

/** Wraps a request to a route of this library. The response does not exist yet. */
function toHttpContext(request: WireRequest): HttpContext & { readonly added: readonly string[] } {
  let cookies: readonly string[] = []
  return {
    method: request.method,
    url: request.url,
    header: (name) => request.header(name),
    isResponseSent: false,
    get added() {
      return cookies
    },
    setCookies(values) {
      cookies = replaceCookies(cookies, values)
      return true
    },
    // Every response of a route is private.
    noStore: () => undefined,
  }
}
