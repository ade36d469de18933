// Paths with `basePath`, and requests of the router.
import { pathAndQuery } from '../request-response.ts'

/** The header in which the proxy sends the path to a render, because Next.js does not tell the path to a render. */
export const PATH_HEADER = 'x-identity-path'

/**
 * Returns whether the Next.js router requests a page in the background, for a prefetch or a navigation. Such a request
 * must not start or end a sign-in. However, if the router does not understand a response, the browser loads the page
 * itself.
 */
export function isFromRouter({ headers }: Request): boolean {
  return ROUTER_HEADERS.some((name) => headers.has(name))
}

export const ROUTER_HEADERS: readonly string[] = [
  'rsc',
  'next-router-prefetch',
  'next-router-state-tree',
]

/** Returns a request with the URL that the browser requested, because Next.js removes its `basePath`. */
export function withBasePath(request: Request): Request {
  const url = pathAndQuery(request.url)
  return BASE_PATH === '' || isBelow(url, BASE_PATH)
    ? request
    : new Request(`http://localhost${BASE_PATH}${url}`, request)
}

/** Returns whether two paths are equal, or the first path is below the second. */
export function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`)
}

/** The `basePath` of the Next.js configuration. Next.js replaces this exact expression when it builds. */
// oxlint-disable-next-line no-underscore-dangle
export const BASE_PATH: string = process.env.__NEXT_ROUTER_BASEPATH ?? ''
