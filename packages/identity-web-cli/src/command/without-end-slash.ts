/** Returns a URL or a path without the slash at its end, so that a path can be appended. */
export function withoutEndSlash(value: string): string {
  return value.endsWith('/') ? value.slice(0, -1) : value
}
