import { jsonResponse } from '../fetch-api.ts'
import { IdentityError } from '../errors.ts'
import type { HttpContext } from '../http-context.ts'
import type { BearerResponses } from './guard/bearer-responses.ts'
import type { WebApi } from './web-api.ts'

const METHODS: readonly string[] = ['GET', 'HEAD', 'OPTIONS']

/**
 * Creates the route of a JSON document that every client may read, such as metadata.
 *
 * @param isPath - Whether a path is one of the document.
 * @param read - Returns the document. Its `IdentityError` becomes a response.
 */
export function publishedDocument(
  isPath: (path: string) => boolean,
  bearerResponses: Pick<BearerResponses, 'toResponse'>,
  read: () => Promise<Readonly<Record<string, unknown>>>,
): WebApi['route'] {
  const respond = async (): Promise<Response> => {
    try {
      // Clients in browsers read the document from any origin. It does not contain personal data.
      return jsonResponse(await read(), {
        headers: { 'cache-control': 'max-age=3600', 'access-control-allow-origin': '*' },
      })
    } catch (error) {
      if (!IdentityError.is(error)) throw error
      return bearerResponses.toResponse(error)
    }
  }
  return (url, method) => {
    if (!METHODS.includes(method) || !isPath(url.split('?', 1)[0] ?? '')) return undefined
    return method === 'OPTIONS' ? toPreflightResponse : respond
  }
}

/** Browsers ask first, because MCP clients send the header `MCP-Protocol-Version`. */
async function toPreflightResponse(
  request: Pick<HttpContext, 'header'>,
): Promise<Response> {
  const asked = request.header('access-control-request-headers')
  return new Response(null, {
    status: 204,
    headers: {
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET, HEAD',
      ...(asked !== undefined && { 'access-control-allow-headers': asked }),
      'access-control-max-age': '3600',
      vary: 'Access-Control-Request-Headers',
    },
  })
}
