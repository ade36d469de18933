import type { Cookie } from '@azure/functions'
import { IdentityError } from '../../errors.ts'

const SAME_SITE: ReadonlyMap<string, Cookie['sameSite']> = new Map([
  ['strict', 'Strict'],
  ['lax', 'Lax'],
  ['none', 'None'],
])

/** Sets the property of a cookie for the attribute of a `Set-Cookie` value. */
const ATTRIBUTES: ReadonlyMap<string, (cookie: Cookie, value: string) => void> = new Map([
  ['domain', (cookie: Cookie, value: string) => void (cookie.domain = value)],
  ['path', (cookie: Cookie, value: string) => void (cookie.path = value)],
  ['max-age', (cookie: Cookie, value: string) => void (cookie.maxAge = Number(value))],
  ['expires', (cookie: Cookie, value: string) => void (cookie.expires = new Date(value))],
  ['secure', (cookie: Cookie) => void (cookie.secure = true)],
  ['httponly', (cookie: Cookie) => void (cookie.httpOnly = true)],
  [
    'samesite',
    (cookie: Cookie, value: string) => void (cookie.sameSite = SAME_SITE.get(value.toLowerCase())),
  ],
  [
    'partitioned',
    (cookie: Cookie) => {
      throw new IdentityError(
        'configuration',
        `Azure Functions cannot send the cookie ${cookie.name} with the attribute Partitioned. Remove the attribute, or use a host that sends Set-Cookie headers unchanged, such as App Service or Container Apps.`,
      )
    },
  ],
])

/**
 * Converts a `Set-Cookie` value to a cookie of Azure Functions, which passes cookies to its host in parts.
 * @throws IdentityError `configuration` for a partitioned cookie, which would be sent without the attribute.
 */
export function toCookie(setCookie: string): Cookie {
  const [pair = '', ...attributes] = setCookie.split(';')
  const [name, value] = splitPair(pair)
  const cookie: Cookie = { name, value: decode(value) }
  for (const attribute of attributes) {
    const [key, text] = splitPair(attribute)
    ATTRIBUTES.get(key.toLowerCase())?.(cookie, text)
  }
  return cookie
}

function splitPair(pair: string): readonly [name: string, value: string] {
  const at = pair.indexOf('=')
  return at === -1 ? [pair.trim(), ''] : [pair.slice(0, at).trim(), pair.slice(at + 1).trim()]
}

/** The host encodes the value. Without this, it would encode a `%` a second time. */
function decode(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}
