import type { ProviderRequest } from '../protocol/http.js'

/**
 * Returns whether a page of this provider sent a form.
 *
 * Pages of other sites can send forms to this machine through the browser of their visitor. Browsers
 * send `Origin` with each form, so a request without it is rejected as well. The `Host` header was
 * checked before, and it is the name by which the browser knows this provider.
 */
export function isFromOwnPage({ headers, url }: ProviderRequest): boolean {
  const site = headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin') return false
  return (
    headers['origin']?.toLowerCase() === `${url.protocol}//${headers['host'] ?? ''}`.toLowerCase()
  )
}

/**
 * Returns whether a script or an element of another site requests a page. Another port of this
 * machine is another site as well. A link is allowed, because its site cannot read the page.
 */
export function isFromOtherSite({ headers }: ProviderRequest): boolean {
  const site = headers['sec-fetch-site']
  const isForeign = site === 'cross-site' || site === 'same-site'
  return isForeign && headers['sec-fetch-mode'] !== 'navigate'
}
