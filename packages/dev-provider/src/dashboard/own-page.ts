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
 * Returns whether a page of another site requests a page. Such a request comes from a frame or a
 * script, or from a link.
 */
export function isFromOtherSite({ headers }: ProviderRequest): boolean {
  const site = headers['sec-fetch-site']
  return site === 'cross-site' && headers['sec-fetch-mode'] !== 'navigate'
}
