// Reads and writes cookies, in chunks.
import type { HttpContext } from '../http-context.ts'

/** Tells where a strategy's requests contain the session. */
export interface SessionSource {
  /**
   * Returns the header that contains the session. The function is not set if this is the `Cookie` header.
   *
   * @returns `undefined` if the request does not have a session.
   */
  sourceOf?(request: Pick<HttpContext, 'header'>): string | undefined
}

/** Returns the request header in which a strategy keeps its sessions. */
export function sessionHeader(
  sessions: SessionSource,
  request: Pick<HttpContext, 'header'>,
): string | undefined {
  return sessions.sourceOf === undefined ? request.header('cookie') : sessions.sourceOf(request)
}

/** The attributes that all chunks of a cookie share. */
export interface CookieAttributes {
  readonly path: string
  readonly secure: boolean
  readonly sameSite: 'Strict' | 'Lax' | 'None'
  readonly domain?: string | undefined
  /** `true` if the browser keeps a separate cookie for each site that embeds the application. */
  readonly partitioned?: boolean | undefined
  /** `true` if the browser deletes the cookie when it closes. Otherwise, the cookie has a lifetime. */
  readonly transient?: boolean | undefined
}

/**
 * The maximum length of a chunk, in characters. Browsers reject a cookie whose name and value exceed 4096 bytes, and
 * Safari also counts the attributes.
 */
const CHUNK_CHARACTERS = 3800
const MAX_CHUNKS = 9

const SPACE = 0x20
const SEMICOLON = 0x3b

/**
 * Returns the value of one cookie in a `Cookie` header, without parsing the other cookies.
 *
 * Only `;` separates cookies, because a value may contain spaces. Otherwise, a sibling subdomain could set a cookie whose
 * value contains a second cookie, even one whose name starts with `__Host-`.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6265#section-4.2 | RFC 6265, section 4.2}
 */
export function findCookie(header: string, name: string): string | undefined {
  const start = `${name}=`
  let from = 0
  for (;;) {
    const at = header.indexOf(start, from)
    if (at === -1) return undefined
    let before = at - 1
    while (header.charCodeAt(before) === SPACE) before--
    if (before < 0 || header.charCodeAt(before) === SEMICOLON) {
      const valueStart = at + start.length
      const end = header.indexOf(';', valueStart)
      return end === -1 ? header.slice(valueStart) : header.slice(valueStart, end)
    }
    from = at + start.length
  }
}

/** Returns the cookies in a `Cookie` header that start with a prefix, each as `name=value`. */
export function cookiePairs(header: string, prefix = ''): string[] {
  return header
    .split(';')
    .map(withoutLeadingSpaces)
    .filter((pair) => pair !== '' && pair.startsWith(prefix))
}

/**
 * Removes spaces at the start. `trim()` would remove other characters too, for example a no-break space, which can
 * belong to the name of a cookie.
 */
function withoutLeadingSpaces(pair: string): string {
  let start = 0
  while (pair.charCodeAt(start) === SPACE) start++
  return pair.slice(start)
}

/** Returns a cookie's name, from `name=value` or from a `Set-Cookie` value. */
export function cookieName(pair: string): string {
  return pair.slice(0, Math.max(pair.indexOf('='), 0))
}

/** Merges `Set-Cookie` values. Later values replace earlier ones with the same name. */
export function replaceCookies(earlier: readonly string[], later: readonly string[]): string[] {
  return [...withoutCookies(earlier, later), ...later]
}

/** Returns the `Set-Cookie` values whose names do not occur in the other values. */
export function withoutCookies(cookies: readonly string[], others: readonly string[]): string[] {
  const names = new Set(others.map(cookieName))
  return cookies.filter((cookie) => !names.has(cookieName(cookie)))
}

/** Returns the `Cookie` header that a browser would send after it received `Set-Cookie` values. */
export function withSetCookies(header: string, cookies: readonly string[]): string {
  const names = new Set(cookies.map(cookieName))
  const kept = cookiePairs(header).filter((pair) => !names.has(cookieName(pair)))
  const added = cookies
    .filter((cookie) => !/; *max-age=0(;|$)/i.test(cookie))
    .map((cookie) => cookie.split(';', 1)[0])
  return [...kept, ...added].join('; ')
}

/**
 * Returns the value that `writeChunks` stored. The cookie `name` contains the number of chunks and the first chunk
 * (`2.<data>`), and the cookie `name.1` contains the second chunk.
 *
 * @returns `undefined` if a chunk is missing.
 */
export function readChunks(header: string, name: string): string | undefined {
  const first = findCookie(header, name)
  if (first === undefined || first[1] !== '.') return undefined
  const count = first.charCodeAt(0) - 48
  if (count === 1) return first.slice(2)
  if (!(count > 1 && count <= MAX_CHUNKS)) return undefined
  let value = first.slice(2)
  for (let index = 1; index < count; index++) {
    const chunk = findCookie(header, `${name}.${index}`)
    if (chunk === undefined) return undefined
    value += chunk
  }
  return value
}

export interface CookieToWrite extends CookieAttributes {
  readonly name: string
  readonly value: string
  /** The lifetime in seconds. */
  readonly maxAge: number
}

/**
 * Returns the `Set-Cookie` values that store a value, in chunks if it is long. They also delete the remaining chunks of a
 * longer, earlier value.
 *
 * @param header - The request's `Cookie` header.
 */
export function writeChunks(
  header: string,
  { name, value, ...attributes }: CookieToWrite,
): string[] {
  const count = Math.max(1, Math.ceil(value.length / CHUNK_CHARACTERS))
  const cookies: string[] = []
  const written = new Set<string>()
  for (let index = 0; index < count; index++) {
    const chunk = value.slice(index * CHUNK_CHARACTERS, (index + 1) * CHUNK_CHARACTERS)
    const chunkName = index === 0 ? name : `${name}.${index}`
    written.add(chunkName)
    cookies.push(setCookie(chunkName, index === 0 ? `${count}.${chunk}` : chunk, attributes))
  }
  for (const stale of new Set(chunkNames(header, name))) {
    if (!written.has(stale)) cookies.push(deleteCookie(stale, attributes))
  }
  return cookies
}

/** Returns the `Set-Cookie` values that delete a value and all its chunks. */
export function deleteChunks(header: string, name: string, attributes: CookieAttributes): string[] {
  // Always delete the first chunk. A cross-site POST request does not contain the cookies that the browser has.
  const names = new Set([name, ...chunkNames(header, name)])
  return [...names].map((chunk) => deleteCookie(chunk, attributes))
}

/** Returns the names of the chunks after the first one. */
function chunkNames(header: string, name: string): string[] {
  return cookiePairs(header, name)
    .map(cookieName)
    .filter((found) => /^\.\d{1,2}$/.test(found.slice(name.length)))
}

export function setCookie(
  name: string,
  value: string,
  attributes: CookieAttributes & { readonly maxAge: number },
): string {
  const { path, secure, sameSite, domain, partitioned, transient, maxAge } = attributes
  return (
    `${name}=${value}; Path=${path}` +
    // A deletion needs the lifetime 0 in any case.
    (transient === true && maxAge > 0 ? '' : `; Max-Age=${maxAge}`) +
    `; HttpOnly; SameSite=${sameSite}` +
    (domain === undefined ? '' : `; Domain=${domain}`) +
    (secure ? '; Secure' : '') +
    (partitioned === true ? '; Partitioned' : '')
  )
}

/** Returns the deletion of a cookie that a `Set-Cookie` value stores. */
export function toDeletion(cookie: string): string {
  return `${cookie.replace(/=[^;]*/, '=').replace(/; Max-Age=\d+/, '')}; Max-Age=0`
}

/**
 * Returns the `Set-Cookie` value that deletes a cookie.
 *
 * @param attributes - The cookie's attributes. Browsers ignore a deletion with another path, domain or partition.
 */
export function deleteCookie(name: string, attributes: CookieAttributes): string {
  return setCookie(name, '', { ...attributes, maxAge: 0 })
}
