import type { ForwardReply } from '../http/forward.ts'
import type { ForwardSettings } from '../../options/resolve-forward.ts'
import { isEventStream, toResponseHeaders, type CopiedHeaders } from './headers.ts'
import { toBrowserLocation } from './location.ts'
import { hasBody, type Upstream, type UpstreamResponse } from './upstream.ts'
import { invalidResponse } from './upstream-failures.ts'

/** The path whose request got a response. */
interface RepliedPath {
  readonly settings: ForwardSettings
  readonly upstream: Upstream
  readonly copied: CopiedHeaders
}

/** The request that the API responded to. */
interface SentRequest {
  readonly method: string
  readonly pathAndQuery: string
}

/**
 * Turns the response of an API into the response for the browser.
 *
 * @throws ForwardFailure if it cannot be passed on.
 */
export function toReply(
  { settings, upstream, copied }: RepliedPath,
  response: UpstreamResponse,
  { method, pathAndQuery }: SentRequest,
): ForwardReply {
  const { status } = response
  try {
    // Other statuses are not valid in a `Response`.
    if (status < 200 || status > 599) throw invalidResponse()
    const headers = toResponseHeaders(copied, response, method)
    const location = response.header('location')
    if (location !== undefined) {
      const own = toBrowserLocation(settings, { status, location }, pathAndQuery)
      if (own !== undefined) headers.push(['location', own])
    }
    const body = hasBody(method, status) ? response.body : null
    if (body === null) response.discard()
    return {
      status,
      headers,
      body,
      isEventStream: isEventStream(response),
      destroy: () => response.destroy(),
      toResponse: () =>
        new Response(body === null ? null : upstream.toWebStream(body), {
          status,
          headers: headers.map(([name, value]): [string, string] => [name, value]),
        }),
    }
  } catch (error) {
    response.destroy()
    throw error
  }
}
