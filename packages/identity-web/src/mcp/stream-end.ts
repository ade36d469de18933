import type { ApiServices, AuthorizationContext } from '../api/index.ts'
import type { HttpContext } from '../http-context.ts'

/** The time that a tool has at least, in seconds. */
const CALL_SECONDS = 300

/**
 * Returns the time at which the stream of a request ends: when its token expires.
 *
 * A stream must not end before the result of a tool that has already run, because the client would repeat the call. The SDK
 * starts a stream before it runs a tool. A call can therefore last longer than its token, and a token that is accepted after
 * its expiry, because the clocks differ, has its streams until it is rejected.
 */
export function streamEndOf(
  { client, now }: Pick<ApiServices, 'client' | 'now'>,
  http: Pick<HttpContext, 'header' | 'method'>,
  { claims: { exp } }: AuthorizationContext,
): number {
  const current = now()
  const end = current < exp ? exp : exp + client.issuing.clock().tolerance
  return isCall(http) ? Math.max(end, current + CALL_SECONDS) : end
}

/** The stream of a subscription has no end, and does not respond to a call. */
function isCall(http: Pick<HttpContext, 'header' | 'method'>): boolean {
  return http.method === 'POST' && http.header('mcp-method') !== 'subscriptions/listen'
}
