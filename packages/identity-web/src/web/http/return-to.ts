const MAX_LENGTH = 2000

/**
 * Reads where a user wants to be after a sign-in: a path of this origin, and nothing else however it is spelt.
 *
 * @param value - From a query, a form or the application.
 * @param origin - The application's own.
 * @returns The path with its query and fragment; `undefined` for anything else, never an exception
 *   (CVE-2022-31093).
 */
export function toReturnPath(value: unknown, origin: string): string | undefined {
  if (typeof value !== 'string' || value.length > MAX_LENGTH) return undefined
  // Browsers read `//host`, `/\host` and `/<tab>/host` as another host.
  if (!/^\/(?![/\\])/.test(value) || /[\p{Cc}\\]/u.test(value)) return undefined
  if (!URL.canParse(value, origin)) return undefined
  const url = new URL(value, origin)
  // `/.//host` becomes `//host` when its dots are resolved; of `/%2fhost`, a proxy that decodes makes the same.
  if (url.origin !== origin || /^\/(\/|%2f|%5c)/i.test(url.pathname)) return undefined
  const path = url.pathname + url.search + url.hash
  return path.length > MAX_LENGTH ? undefined : path
}
