const KEY = 'identity-web'

/**
 * Whether an automatic redirect to the sign-in may happen. Less than 10 seconds after the last one, another one would only
 * come back here again. For example, the browser does not keep the cookie.
 */
export function mayRedirect(): boolean {
  const now = Date.now()
  const isLoop = now - Number(sessionStorage[KEY]) < 10_000
  sessionStorage[KEY] = now
  return !isLoop
}
