import type { HttpContext } from '../../http-context.ts'

/** What a request tells of itself, where its answer is a response. */
export function toHttpContext({ method, url, headers }: Request): HttpContext {
  return {
    method,
    url,
    header: (name) => headers.get(name) ?? undefined,
    setCookies: () => false,
    noStore() {},
    isAnswered: false,
  }
}

/**
 * How a request that lacks a sign-in or a consent is answered: `'redirect'` to the provider, `'unauthorized'` with 401
 * and JSON, or by its kind (`'auto'`): pages are redirected, scripts get the JSON.
 *
 * @public
 */
export type ChallengeMode = 'auto' | 'redirect' | 'unauthorized'

/** Whether to send the browser to the provider, by a route's choice; a prefetch never is. */
export function leadsAway(http: HttpContext, mode: ChallengeMode): boolean {
  if (mode === 'unauthorized') return false
  return mode === 'redirect' ? !isPrefetch(http) : isNavigation(http)
}

/**
 * Whether a page visitor waits for the answer: they can be sent to the provider. A script can't follow there
 * (CORS), and a prefetch must not begin a sign-in that nobody asked for.
 *
 * @see {@link https://www.w3.org/TR/fetch-metadata/#sec-fetch-mode-header}
 */
export function isNavigation(http: HttpContext): boolean {
  if (isPrefetch(http)) return false
  const mode = http.header('sec-fetch-mode')
  // Browsers send the destination too; Node.js' fetch sends a mode alone, and no page waits for it.
  if (mode !== undefined && http.header('sec-fetch-dest') !== undefined) return mode === 'navigate'
  if (http.header('x-requested-with')?.toLowerCase() === 'xmlhttprequest') return false
  if (http.header('content-type')?.includes('json') === true) return false
  const accept = http.header('accept')
  if (accept?.includes('text/html') === true) return true
  return mode === undefined && (accept === undefined || accept.trim() === '*/*')
}

function isPrefetch(http: HttpContext): boolean {
  return ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'].some(
    (name) => http.header(name)?.includes('prefetch') === true,
  )
}
