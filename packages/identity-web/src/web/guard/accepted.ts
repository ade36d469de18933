import type { HttpContext } from '../../http-context.ts'

// The requests that a guard or `authenticate()` accepted.
const accepted = new WeakSet<HttpContext>()

/** Records that a guard accepted a request, so that its sender was checked or may be anyone (`csrf: false`). */
export function setAccepted(http: HttpContext): void {
  accepted.add(http)
}

/**
 * Whether the sender of a request decides whether it may use the session, because no guard did. Without this check, a page of
 * another site could post a form, or open a WebSocket, with the cookies of its visitor.
 */
export function needsOriginCheck(http: HttpContext): boolean {
  return !accepted.has(http)
}
