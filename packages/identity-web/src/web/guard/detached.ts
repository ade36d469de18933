import type { HttpContext } from '../../http-context.ts'
import { isUpgrade } from '../http/cross-site.ts'

// The upgrades and streams that `authenticate()` accepted.
const authenticated = new WeakSet<HttpContext>()

/** Records that a request was authenticated, so that its origin is known to be allowed. */
export function setAuthenticated(http: HttpContext): void {
  authenticated.add(http)
}

/**
 * Whether the origin of a request decides whether it may use the session, although no guard checks it. Any page can open a
 * WebSocket with the cookies of its visitor.
 */
export function needsOriginCheck(http: HttpContext): boolean {
  return http.isDetached === true && !authenticated.has(http) && isUpgrade(http)
}
