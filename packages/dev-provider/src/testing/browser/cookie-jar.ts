import { CookieJar, type SerializedCookie } from 'tough-cookie'
import { toSameSite, type SessionCookie } from '../session-cookies.js'

/** The relation between a request and the site that started it, which decides which cookies the request contains. */
export type SameSiteContext = 'strict' | 'lax' | 'none'

/** One simulated browser's cookies, with the rules of RFC 6265bis. */
export interface BrowserCookies {
  /** Returns a request's `Cookie` header, or `undefined` without cookies. */
  headerFor(url: URL, context: SameSiteContext): string | undefined
  /** Stores a response's `Set-Cookie` values, except those that browsers reject. */
  store(setCookies: readonly string[], url: URL): void
  /** Adds cookies, for example those from `sessionFor`. */
  add(cookies: readonly SessionCookie[]): void
  list(): SessionCookie[]
  clear(): void
}

/** Creates an empty cookie jar. */
export function createCookies(): BrowserCookies {
  const jar = new CookieJar(undefined, { prefixSecurity: 'silent' })
  return {
    headerFor(url, sameSiteContext) {
      const header = jar.getCookieStringSync(url.href, { sameSiteContext })
      return header === '' ? undefined : header
    },
    store(setCookies, url) {
      for (const line of setCookies) {
        // A response to a navigation may set cookies of every kind of SameSite.
        jar.setCookieSync(line, url.href, { ignoreError: true, sameSiteContext: 'strict' })
      }
    },
    add(cookies) {
      for (const cookie of cookies) {
        const { name, value, domain, path, expires, httpOnly, secure, sameSite } = cookie
        const host = domain.replace(/^\./, '')
        const isHostOnly = host === domain
        const line = [
          `${name}=${value}`,
          `Path=${path}`,
          `SameSite=${sameSite}`,
          ...(isHostOnly ? [] : [`Domain=${host}`]),
          ...(expires < 0 ? [] : [`Expires=${new Date(expires * 1000).toUTCString()}`]),
          ...(httpOnly ? ['HttpOnly'] : []),
          ...(secure ? ['Secure'] : []),
        ].join('; ')
        const url = `${secure ? 'https' : 'http'}://${host}${path}`
        jar.setCookieSync(line, url, { sameSiteContext: 'strict' })
      }
    },
    list: () =>
      (jar.serializeSync()?.cookies ?? []).map((stored): SessionCookie => {
        const { key, value, domain, path, hostOnly, httpOnly, secure, sameSite } = stored
        const host = String(domain)
        return {
          name: String(key),
          value: String(value),
          domain: hostOnly === true ? host : `.${host}`,
          path: typeof path === 'string' ? path : '/',
          expires: toSeconds(stored),
          httpOnly: httpOnly === true,
          secure: secure === true,
          sameSite: toSameSite(sameSite),
        }
      }),
    clear: () => jar.removeAllCookiesSync(),
  }
}

/** Returns the time at which a cookie expires. `Max-Age` counts from the cookie's creation. */
function toSeconds({ maxAge, creation, expires }: SerializedCookie): number {
  if (typeof maxAge === 'number') {
    return Math.floor(new Date(String(creation)).getTime() / 1000) + maxAge
  }
  if (typeof expires !== 'string' || expires === 'Infinity') return -1
  return Math.floor(new Date(expires).getTime() / 1000)
}
