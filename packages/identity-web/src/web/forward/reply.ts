// Converts the response of the API for the browser.
import { isBelow } from '../../seams/app-location.ts'
import type { ForwardReply, ForwardRequest } from '../http/forward.ts'
import type { ForwardSettings } from '../../options/resolve-forward.ts'
import { isEventStream, toResponseHeaders, type CopiedHeaders } from './headers.ts'
import { hasBody, type Upstream, type UpstreamResponse } from './upstream.ts'
import { invalidResponse } from './upstream-failures.ts'
import { ForwardFailure } from './failure.ts'

/** A request that the API responded to. */
interface SentCall {
  readonly connected: {
    readonly settings: ForwardSettings
    readonly upstream: Upstream
    readonly copied: CopiedHeaders
  }
  readonly request: Pick<ForwardRequest, 'http'>
  readonly pathAndQuery: string
}

/**
 * Converts the response of an API to the response for the browser.
 *
 * @throws ForwardFailure if it cannot be passed on.
 */
export function toReply(
  { connected: { settings, upstream, copied }, request, pathAndQuery }: SentCall,
  response: UpstreamResponse,
): ForwardReply {
  const { status } = response
  const { method } = request.http
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
    if (body === null) endWithoutBody(method, response)
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

/**
 * Ends a response without a body. An API may send a body nevertheless, for example the stored text of a user, and the next
 * user of the connection would get it as their response. The connection is therefore used again only if a body was not
 * announced.
 */
function endWithoutBody(method: string, response: UpstreamResponse): void {
  const isAnnounced =
    response.header('transfer-encoding') !== undefined ||
    (response.header('content-length') ?? '0') !== '0'
  if (method === 'HEAD' || isAnnounced) response.destroy()
  else response.discard()
}

/**
 * Returns the `Location` for the browser: the same resource, below the forwarded path.
 *
 * @param requested - The path and query that the API got, to which a relative location refers.
 * @returns `undefined` if the location is not below the target, and the response is not a redirect.
 * @throws ForwardFailure 502 for a redirect to another location. The browser could not follow such a redirect, and this
 *   server must not follow it.
 */
function toBrowserLocation(
  { path, target }: ForwardSettings,
  { status, location }: { readonly status: number; readonly location: string },
  requested: string,
): string | undefined {
  const url = URL.canParse(location, target.origin + requested)
    ? new URL(location, target.origin + requested)
    : undefined
  const { basePath } = target
  if (url?.origin === target.origin && isBelow(url.pathname, basePath)) {
    return path + url.pathname.slice(basePath.length) + url.search + url.hash
  }
  if (status < 300 || status > 399) return undefined
  throw new ForwardFailure(
    'upstream_redirect',
    'The API redirects to a URL that does not start with the URL in the option target.',
    {
      hint: 'Set target in auth.forward(path, { target }) to the URL that the API redirects to, for example with https instead of http. An API that redirects to a sign-in page does not accept access tokens.',
    },
  )
}
