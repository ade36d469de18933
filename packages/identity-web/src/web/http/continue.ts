import type { HttpContext } from '../../http-context.ts'
import { findCookie, setCookie, type CookieAttributes } from '../../session/index.ts'
import type { StrictMarkers } from '../../options/resolve-cookie.ts'
import type { PageFrames } from './pages/frame.ts'
import { continuePage, hasFields, type Continuation } from './pages/continue-page.ts'
import { isPrefetch } from './navigation.ts'
import { page, withCookies } from './responses.ts'
import type { RouteRequest } from './routes.ts'

// Browsers do not send `SameSite=Strict` cookies with a navigation that another site caused, and the redirects after it. A
// request that a page of this origin causes contains them again. So these responses are a page that repeats the request.

/** The settings of an application with `SameSite=Strict` cookies. */
export interface StrictCookies {
  readonly markers: StrictMarkers
  /** The attributes of the session cookie. */
  readonly attributes: CookieAttributes
}

/** The services that continue a request with the cookies. */
export interface ContinueServices {
  /** The settings for `SameSite=Strict`. Not set if the session cookie has another value of `SameSite`. */
  readonly strictCookies: StrictCookies | undefined
  readonly frames: PageFrames
}

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
  services: ContinueServices,
  http: Headers & { readonly method: string },
  target?: string,
): Promise<Response | undefined> {
  const { strictCookies } = services
  if (strictCookies === undefined || http.method !== 'GET') return undefined
  const { linked } = strictCookies.markers
  const isFromLink =
    http.header('sec-fetch-site') === 'cross-site' && isDocument(http) && !isPrefetch(http)
  if (!isFromLink || has(http, linked)) return undefined
  const content = target === undefined ? 'reload' : { target }
  return respond(services, http, { ...strictCookies, content, marker: linked })
}

/**
 * Returns a page that sends an authorization response to the callback again, now with the cookies of the previous session. The
 * code is not redeemed before.
 *
 * @returns `undefined` if the browser has sent all of its cookies.
 */
export async function continueCallback(
  services: ContinueServices,
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
  const { strictCookies } = services
  if (strictCookies === undefined) return undefined
  const { returned } = strictCookies.markers
  const site = request.header('sec-fetch-site')
  const isFromProvider = site === 'cross-site' || (site === undefined && isBound)
  if (!isFromProvider || !isDocument(request) || has(request, returned)) return undefined
  const content = request.method === 'POST' ? { fields: [...parameters] } : 'reload'
  return respond(services, request, { ...strictCookies, content, marker: returned })
}

/**
 * Returns whether a link of another site opened the requested page, which then continued by itself. The browser says
 * that the second request comes from this origin. But the continuing page does not send a referrer, and pages of the
 * application send one.
 *
 * @param origin - The application's own origin. `undefined` without a redirect URI.
 */
export function cameFromLink(
  { strictCookies }: Pick<ContinueServices, 'strictCookies'>,
  request: Headers,
  origin: string | undefined,
): boolean {
  if (strictCookies === undefined || !has(request, strictCookies.markers.linked)) return false
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
  { frames }: ContinueServices,
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
  return withCookies(page(200, continuePage(await frames(request), content), headers), [cookie])
}

/** The next request, and the name of the cookie that comes with it. */
interface Step {
  readonly content: Continuation
  readonly marker: string
}
