import { pathAndQuery } from '../request-response.ts'

/** The header by which the proxy tells the render which page it is for: nothing else does. */
export const PATH_HEADER = 'x-identity-path'

/**
 * Whether the router of Next.js asks, in the background: for a page that a link points to, or for one that is navigated
 * to. Nothing may begin or end for it. What is not answered as the router expects, it leaves to the browser.
 */
export function isFromRouter({ headers }: Request): boolean {
  return ROUTER_HEADERS.some((name) => headers.has(name))
}

const ROUTER_HEADERS = ['rsc', 'next-router-prefetch', 'next-router-state-tree']

/** A route handler's request under the address that the browser asked for: Next.js takes its `basePath` away. */
export function withBasePath(request: Request): Request {
  const url = pathAndQuery(request.url)
  return BASE_PATH === '' || isBelow(url, BASE_PATH)
    ? request
    : new Request(`http://localhost${BASE_PATH}${url}`, request)
}

/** Whether a path is another one, or below it. */
export function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`)
}

/** `basePath` of the configuration of Next.js. Written out, since Next.js replaces this very text when it builds. */
// oxlint-disable-next-line no-underscore-dangle
export const BASE_PATH: string = process.env.__NEXT_ROUTER_BASEPATH ?? ''
