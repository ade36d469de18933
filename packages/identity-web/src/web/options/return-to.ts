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
  // `/.//host` becomes `//host` when its dots are resolved. A proxy that decodes `/%2fhost` or `/%09/host` gets the same.
  if (url.origin !== origin || /^\/(%0[9ad])*(\/|%2f|%5c)/i.test(url.pathname)) return undefined
  const path = url.pathname + url.search + url.hash
  return path.length > MAX_LENGTH ? undefined : path
}
