import type { AppConfig } from '../config/config.js'
import type { IssuerProfile } from './issuer-profile.js'

const EXACT = { ignoresLoopbackPort: false }
const LOOPBACK_HOSTS: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]'])

/**
 * Returns whether a URI is registered. Registered URIs match exactly, and `'loopback'` allows any
 * URI on this machine.
 *
 * Entra ID ignores the port of a registered URI on this machine (reply-url, RFC 8252, section 7.3).
 */
export function isRegisteredRedirectUri(
  { redirectUris }: AppConfig,
  uri: string,
  { ignoresLoopbackPort }: Pick<IssuerProfile, 'ignoresLoopbackPort'> = EXACT,
): boolean {
  if (redirectUris === 'loopback') return isLoopbackUri(uri)
  if (redirectUris.includes(uri)) return true
  const portless = ignoresLoopbackPort ? withoutPort(uri) : undefined
  return portless !== undefined && redirectUris.some((known) => withoutPort(known) === portless)
}

/** Returns a URI on this machine without its port, or `undefined` for other URIs. */
function withoutPort(uri: string): string | undefined {
  // Entra ID does not support [::1] (reply-url).
  const [, start, rest] =
    /^(https?:\/\/(?:localhost|127\.0\.0\.1))(?::\d{1,5})?(\/.*)?$/.exec(uri) ?? []
  if (start === undefined || !isLoopbackUri(uri)) return undefined
  return `${start}${rest ?? '/'}`
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
