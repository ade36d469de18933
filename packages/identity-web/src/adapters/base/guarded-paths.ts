// Matches a URL with guarded paths, in any spelling.
/**
 * Returns a function that tells whether a URL leads to one of these paths or to a path below them, in any spelling.
 * Because routers differ in what they decode, resolve and compare without case, a URL matches if any of these readings
 * matches. A wrong match only asks a visitor to sign in, but a missing match opens the page to everyone.
 *
 * @returns A function that takes a request's path and query.
 */
export function guardedPaths(paths: readonly string[]): (url: string) => boolean {
  const folders = paths.map((path) => normalize(resolve(path)))
  return (url) => {
    const path = url.replace(/[?#].*/s, '')
    return [path, resolve(path)]
      .map(normalize)
      .some((reading) => folders.some((folder) => `${reading}/`.startsWith(`${folder}/`)))
  }
}

/**
 * Resolves `.` and `..`, even if they are encoded (URL Standard, section 4.4), and encodes the characters that are not
 * ASCII.
 */
function resolve(path: string): string {
  return new URL(`/${path.replace(/^[/\\]+/, '')}`, 'http://localhost').pathname
}

/** Returns a path with decoded ASCII characters, without double slashes, a slash at the end and differences in case. */
function normalize(path: string): string {
  return path
    .replaceAll(/%([0-7][\da-f])/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
    .replaceAll(/[/\\]+/g, '/')
    .replace(/\/$/, '')
    .toLowerCase()
}
