// Checks the path that a user returns to (open redirects).
const MAX_LENGTH = 2000

/**
 * Reads the path that a user returns to after a sign-in. Only paths of this origin are accepted, in every spelling.
 *
 * @param value - A value from a query, a form or the application.
 * @param origin - The application's own origin.
 * @returns The path with its query and fragment, or `undefined` for every other value. It never throws
 *   (CVE-2022-31093).
 */
export function toReturnPath(value: unknown, origin: string): string | undefined {
  if (typeof value !== 'string' || value.length > MAX_LENGTH) return undefined
  // Browsers read `//host`, `/\host` and `/<tab>/host` as another host.
  if (!/^\/(?![/\\])/.test(value) || /[\p{Cc}\\]/u.test(value)) return undefined
  if (!URL.canParse(value, origin)) return undefined
  const url = new URL(value, origin)
  // `/.//host` becomes `//host` when its dots are resolved.
  if (url.origin !== origin || leadsAway(url.pathname, origin)) return undefined
  const path = url.pathname + url.search + url.hash
  return path.length > MAX_LENGTH ? undefined : path
}

/** The characters that change a path's segments, and the percent sign of a second encoding. */
const ENCODED = /%(?:0[9ad]|2[5ef]|5c)/gi
/** Matches the start of a path that leads to another host, directly or after it is decoded. */
const AWAY = /^\/(%0[9ad])*(\/|%2f|%5c)/i
/** The maximum number of times that a path is decoded. Applications do not encode a path so often. */
const MAX_ROUNDS = 4

/**
 * Returns whether a path leads to another host behind a proxy that decodes the path, once or several times, and then
 * resolves its dots. Such a proxy turns `/%2fhost`, `/%09/host` and `/..%2f/host` into `//host`.
 */
function leadsAway(pathname: string, origin: string): boolean {
  let path = pathname
  for (let round = 0; round < MAX_ROUNDS; round++) {
    if (AWAY.test(path)) return true
    const decoded = path.replace(ENCODED, decodeURIComponent)
    if (decoded === path) return false
    path = new URL(origin + decoded).pathname
  }
  return true
}
