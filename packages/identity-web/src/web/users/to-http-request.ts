import type { HttpContext } from '../../http-context.ts'
import type { HttpRequest } from '../../options/user-hooks.ts'

/**
 * Returns the part of a request that functions of the application may read.
 *
 * @param request - Its `url` may have an origin, which is not trusted and left out.
 */
export function toHttpRequest(
  request: Pick<HttpContext, 'method' | 'url' | 'header'>,
): HttpRequest {
  const { method, url } = request
  return Object.freeze({
    method,
    url: url.replace(/^https?:\/\/[^/]*/i, ''),
    header: (name: string) => request.header(name.toLowerCase()),
  })
}
