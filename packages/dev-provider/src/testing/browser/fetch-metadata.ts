import { getPublicSuffix } from 'tough-cookie'
import type { SameSiteContext } from './cookie-jar.js'

/** The value of `Sec-Fetch-Site`. */
export type FetchSite = 'none' | 'same-origin' | 'same-site' | 'cross-site'

/**
 * Returns `Sec-Fetch-Site` of a request.
 *
 * @param initiator - The page that caused the request. `undefined` when the user entered the URL.
 * @param chain - The URLs that redirected to the request, and then the request's URL.
 * @see {@link https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header}
 */
export function fetchSiteOf(initiator: URL | undefined, chain: readonly URL[]): FetchSite {
  if (initiator === undefined) return 'none'
  if (chain.every((url) => url.origin === initiator.origin)) return 'same-origin'
  return chain.every((url) => isSameSite(url, initiator)) ? 'same-site' : 'cross-site'
}

/** Returns which cookies a request contains. A form that another site posts contains the fewest cookies. */
export function sameSiteContextOf(site: FetchSite, method: string): SameSiteContext {
  if (site !== 'cross-site') return 'strict'
  return method === 'GET' || method === 'HEAD' ? 'lax' : 'none'
}

/** Returns whether two URLs belong to the same site, which includes the scheme but not the port. */
function isSameSite(one: URL, other: URL): boolean {
  return one.protocol === other.protocol && siteOf(one.hostname) === siteOf(other.hostname)
}

function siteOf(host: string): string {
  // An IP address and localhost do not have a public suffix.
  const domain = /^[\d.]+$|^\[|^localhost$/.test(host)
    ? undefined
    : getPublicSuffix(host, { allowSpecialUseDomain: true, ignoreError: true })
  return domain ?? host
}
