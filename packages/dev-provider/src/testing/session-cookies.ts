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
  return setCookies.map((line) => parse(line, host, now)).filter(({ expires }) => expires !== now)
}

function parse(line: string, host: string, now: number): SessionCookie {
  const [pair = '', ...parts] = line.split('; ')
  const at = pair.indexOf('=')
  const attributes = new Map(
    parts.map((part) => {
      const [name = '', value = ''] = part.split('=')
      return [name.toLowerCase(), value]
    }),
  )
  const maxAge = attributes.get('max-age')
  const sameSite = attributes.get('samesite')
  return {
    name: pair.slice(0, at),
    value: pair.slice(at + 1),
    domain: attributes.get('domain') ?? host,
    path: attributes.get('path') ?? '/',
    expires: maxAge === undefined ? -1 : now + Number(maxAge),
    httpOnly: attributes.has('httponly'),
    secure: attributes.has('secure'),
    sameSite: sameSite === 'None' || sameSite === 'Strict' ? sameSite : 'Lax',
  }
}
