import type { AppConfig } from '../config/config.js'

const LOOPBACK_HOSTS: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]'])

/** Whether a URI is registered: an exact match, or any on this machine for `'loopback'`. */
export function isRegisteredRedirectUri(app: AppConfig, uri: string): boolean {
  if (app.redirectUris !== 'loopback') return app.redirectUris.includes(uri)
  return isLoopbackUri(uri)
}

/** Whether a URI is a web address on this machine, without a fragment or a user name. */
function isLoopbackUri(uri: string): boolean {
  // RFC 6749, 3.1.2: no fragment. A user name could hide the real host from a reader.
  if (uri.includes('#') || !URL.canParse(uri)) return false
  const url = new URL(uri)
  return (
    (url.protocol === 'http:' || url.protocol === 'https:') &&
    url.username === '' &&
    url.password === '' &&
    LOOPBACK_HOSTS.has(url.hostname)
  )
}
