// Tells page navigations from scripts and prefetches.
import type { HttpContext } from '../../http-context.ts'

type Headers = Pick<HttpContext, 'header' | 'delivery'>

/**
 * The response if the user must sign in or consent.
 *
 * `'redirect'` sends the browser to the provider, and `'unauthorized'` returns 401 with JSON. `'auto'` redirects page
 * navigations and returns the JSON to scripts.
 *
 * @public
 */
export type ChallengeMode = 'auto' | 'redirect' | 'unauthorized'

/**
 * Returns whether to redirect the browser to the provider, according to the route's option. A prefetch is never
 * redirected.
 */
export function shouldRedirect(http: Headers, mode: ChallengeMode): boolean {
  if (mode === 'unauthorized' || http.delivery === 'script') return false
  return mode === 'redirect' ? !isPrefetch(http) : isNavigation(http)
}

/**
 * Returns whether a request is a page navigation, which can be redirected to the provider.
 *
 * A script cannot follow the redirect to the provider (CORS), and a prefetch must not start a sign-in.
 *
 * @see {@link https://www.w3.org/TR/fetch-metadata/#sec-fetch-mode-header}
 */
export function isNavigation(http: Headers): boolean {
  if (http.delivery === 'script' || isPrefetch(http)) return false
  if (http.header('upgrade') === 'websocket') return false
  const mode = http.header('sec-fetch-mode')
  // Browsers send the destination as well. The fetch of Node.js sends only a mode, and it is not a navigation.
  const destination = http.header('sec-fetch-dest')
  if (mode !== undefined && destination !== undefined) {
    // Another site could start so many sign-ins in hidden iframes that their cookies exceed the limit of a server.
    const isForeignFrame =
      destination !== 'document' && http.header('sec-fetch-site') === 'cross-site'
    return mode === 'navigate' && !isForeignFrame
  }
  if (http.header('x-requested-with')?.toLowerCase() === 'xmlhttprequest') return false
  if (http.header('content-type')?.includes('json') === true) return false
  const accept = http.header('accept')
  if (accept?.includes('text/html') === true) return true
  return mode === undefined && (accept === undefined || accept.trim() === '*/*')
}

// Safari sends `preview` for the thumbnails of its start page.
const EARLY = /prefetch|prerender|preview/i

/**
 * Returns whether the browser loads a page before the user asks for it. Such a request must not change anything.
 */
export function isPrefetch(http: Headers): boolean {
  return ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'].some((name) =>
    EARLY.test(http.header(name) ?? ''),
  )
}
