// What the bridges to Node.js' http and to Request and Response have alike.

/** No authorization response is larger. */
export const MAX_BODY_BYTES = 100_000

/** The request that the core sees: only path and query count; the host would be whatever the client wrote. */
export function toLocalUrl(pathAndQuery: string): URL {
  // `//host/path` as a request target must not be read as another host.
  return new URL(`/${pathAndQuery.replace(/^[/\\]+/, '')}`, 'http://localhost')
}

/** `Set-Cookie` values in the place of earlier ones of the same names, and beside all others. */
export function replaceCookies(earlier: readonly string[], later: readonly string[]): string[] {
  return [...withoutCookies(earlier, later), ...later]
}

/** The `Set-Cookie` values whose names others have not. */
export function withoutCookies(cookies: readonly string[], others: readonly string[]): string[] {
  const names = new Set(others.map(nameOf))
  return cookies.filter((cookie) => !names.has(nameOf(cookie)))
}

/** A `Cookie` header as a browser sends it once it has what a response sets. */
export function withSetCookies(header: string, cookies: readonly string[]): string {
  const names = new Set(cookies.map(nameOf))
  const pairs = header.split(';').map((pair) => pair.trim())
  const kept = pairs.filter((pair) => pair !== '' && !names.has(nameOf(pair)))
  const added = cookies
    .filter((cookie) => !/; *max-age=0(;|$)/i.test(cookie))
    .map((cookie) => cookie.split(';', 1)[0])
  return [...kept, ...added].join('; ')
}

function nameOf(cookie: string): string {
  return cookie.slice(0, cookie.indexOf('='))
}
