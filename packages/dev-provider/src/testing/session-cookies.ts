import { Cookie } from 'tough-cookie'

/**
 * A cookie in the format of Playwright's `context.addCookies`.
 *
 * @example
 * ```ts
 * const { cookies } = await sessionFor({ auth }, { as: 'alex' })
 * await page.context().addCookies([...cookies])
 * ```
 */
export interface SessionCookie {
  readonly name: string
  readonly value: string
  readonly domain: string
  readonly path: string
  /** The Unix time in seconds at which the cookie expires, or -1 if it ends with the browser. */
  readonly expires: number
  readonly httpOnly: boolean
  readonly secure: boolean
  readonly sameSite: 'Strict' | 'Lax' | 'None'
}

/**
 * Converts a new session's `Set-Cookie` values, and omits those that delete a cookie.
 *
 * @param host - The application's host. A cookie without the attribute `Domain` belongs to it.
 */
export function toSessionCookies(
  setCookies: readonly string[],
  { host, now }: { readonly host: string; readonly now: number },
): SessionCookie[] {
  return setCookies
    .map((line) => Cookie.parse(line))
    .filter((cookie) => cookie !== undefined)
    .filter(({ maxAge }) => maxAge !== 0)
    .map(({ key, value, domain, path, maxAge, httpOnly, secure, sameSite }) => ({
      name: key,
      value,
      domain: domain ?? host,
      path: path ?? '/',
      expires: typeof maxAge === 'number' ? now + maxAge : -1,
      httpOnly,
      secure,
      sameSite: toSameSite(sameSite),
    }))
}

/** Converts the spelling of tough-cookie. `Lax` is the default of browsers. */
export function toSameSite(value: unknown): SessionCookie['sameSite'] {
  if (value === 'none') return 'None'
  return value === 'strict' ? 'Strict' : 'Lax'
}
