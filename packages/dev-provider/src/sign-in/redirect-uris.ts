import type { AppConfig } from '../config/config.js'

const LOOPBACK_HOSTS: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]'])

/**
 * Returns whether a URI is registered. Registered URIs match exactly, and `'loopback'` allows any
 * URI on this machine.
 */
export function isRegisteredRedirectUri(app: AppConfig, uri: string): boolean {
  if (app.redirectUris !== 'loopback') return app.redirectUris.includes(uri)
  return isLoopbackUri(uri)
}

/**
 * Returns whether a URI is an http or https URI on this machine, without a fragment and a user
 * name.
 */
function isLoopbackUri(uri: string): boolean {
  // RFC 6749, section 3.1.2 forbids a fragment. A user name can hide the real host from a reader.
  if (uri.includes('#') || !URL.canParse(uri)) return false
  const url = new URL(uri)
  return (
    (url.protocol === 'http:' || url.protocol === 'https:') &&
    url.username === '' &&
    url.password === '' &&
    LOOPBACK_HOSTS.has(url.hostname)
  )
}
