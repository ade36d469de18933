const KEY = 'identity-web'

/**
 * Whether an automatic redirect to the sign-in may happen. If the last one was less than 10 seconds ago, another one would
 * only come back here again, for example because the browser does not keep the cookie.
 */
export function mayRedirect(): boolean {
  const now = Date.now()
  const isLoop = now - Number(sessionStorage[KEY]) < 10_000
  sessionStorage[KEY] = now
  return !isLoop
}
