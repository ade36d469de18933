// Pages that repeat a request, for `SameSite=Strict`.
import type { HttpContext } from '../../http-context.ts'
import { findCookie, setCookie } from '../../session/index.ts'
import { continuePage, hasFields, type Continuation } from './pages/continue-page.ts'
import { isPrefetch } from './navigation.ts'
import { page, withCookies } from './responses.ts'
import type { RouteRequest } from './routes.ts'
import type { StrictCookies } from '../runtime/sessions.ts'
import type { HttpServices } from './services.ts'

// Browsers do not send `SameSite=Strict` cookies with a navigation that another site caused, and the redirects after it. A
// request that a page of this origin causes contains them again. So these responses are a page that repeats the request.

/**
 * The lifetime of the marker, in seconds. The page continues at once, so this time only needs to be longer than a
 * request in a slow network.
 */
const MARKER_SECONDS = 60

type Headers = Pick<HttpContext, 'header'>

/**
 * Returns a page that opens the requested page again, now with the session cookie.
 *
 * It returns the page only for a request that comes from a link of another site. The browser sends the marker with the
 * second request, so this page does not appear again, even if a proxy changes `Sec-Fetch-Site`.
 *
 * @param target - The path to open. @defaultValue the requested page
 * @returns `undefined` if the browser has sent all of its cookies, or if the request is not such a navigation.
 */
export async function continueFromLink(
  services: HttpServices,
  http: Headers & { readonly method: string },
  target?: string,
): Promise<Response | undefined> {
  const { sessions } = services
  if (sessions.strictCookies === undefined || http.method !== 'GET') return undefined
  const { linked } = sessions.strictCookies.markers
  const isFromLink =
    http.header('sec-fetch-site') === 'cross-site' && isDocument(http) && !isPrefetch(http)
  if (!isFromLink || has(http, linked)) return undefined
  const content = target === undefined ? 'reload' : { target }
  return respond(services, http, { ...sessions.strictCookies, content, marker: linked })
}

/**
 * Returns a page that sends an authorization response to the callback again, now with the cookies of the previous session. The
 * code is not redeemed before.
 *
 * @returns `undefined` if the browser has sent all of its cookies.
 */
export async function continueCallback(
  services: HttpServices,
  request: RouteRequest,
  {
    parameters,
    isBound,
  }: {
    readonly parameters: URLSearchParams
    /** `true` if the browser sent the cookie of the sign-in. Otherwise, the browser may not accept cookies at all. */
    readonly isBound: boolean
  },
): Promise<Response | undefined> {
  const { sessions } = services
  if (sessions.strictCookies === undefined) return undefined
  const { returned } = sessions.strictCookies.markers
  const site = request.header('sec-fetch-site')
  const isFromProvider = site === 'cross-site' || (site === undefined && isBound)
  if (!isFromProvider || !isDocument(request) || has(request, returned)) return undefined
  const content = request.method === 'POST' ? { fields: [...parameters] } : 'reload'
  return respond(services, request, { ...sessions.strictCookies, content, marker: returned })
}

/**
 * Returns whether a link of another site opened the requested page, which then continued by itself. The browser says
 * that the second request comes from this origin. But the continuing page does not send a referrer, and pages of the
 * application send one.
 *
 * @param origin - The application's own origin. `undefined` without a redirect URI.
 */
export function cameFromLink(
  { sessions }: Pick<HttpServices, 'sessions'>,
  request: Headers,
  origin: string | undefined,
): boolean {
  if (sessions.strictCookies === undefined || !has(request, sessions.strictCookies.markers.linked))
    return false
  const referrer = request.header('referer')
  return origin === undefined || referrer?.startsWith(`${origin}/`) !== true
}

/** Returns whether a response would replace the whole page. Browsers without fetch metadata do not tell this. */
function isDocument(request: Headers): boolean {
  const destination = request.header('sec-fetch-dest')
  return destination === undefined || destination === 'document'
}

function has(request: Headers, marker: string): boolean {
  return findCookie(request.header('cookie') ?? '', marker) !== undefined
}

async function respond(
  { pages }: HttpServices,
  request: Headers,
  { attributes: { path, secure }, content, marker }: StrictCookies & Step,
): Promise<Response> {
  const cookie = setCookie(marker, '1', {
    path,
    secure,
    sameSite: 'Strict',
    maxAge: MARKER_SECONDS,
  })
  // With `no-referrer`, a form has the origin `null`, which frameworks reject. A link must not pass on the code of its URL.
  const headers = { 'referrer-policy': hasFields(content) ? 'same-origin' : 'no-referrer' }
  return withCookies(page(200, continuePage(await pages.frames(request), content), headers), [
    cookie,
  ])
}

/** The next request, and the name of the cookie that comes with it. */
interface Step {
  readonly content: Continuation
  readonly marker: string
}
