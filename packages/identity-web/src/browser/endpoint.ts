// Sends requests to the session endpoint.
import type { BrowserSession } from './types.ts'
import { SessionError } from './errors.ts'

/** Sends a request to the session endpoint, and returns an error if the response is not a session. */
export async function requestSession<View>(
  method: string,
  path: string,
): Promise<BrowserSession<View> | SessionError> {
  const response = await fetch(path, {
    method,
    headers: { 'x-csrf': '1' },
    cache: 'no-store',
    // A redirect is always a mistake. Its target would be a page of this application or of the provider.
    redirect: 'manual',
    // A request that hangs must not keep later ones waiting, because they share it.
    signal: AbortSignal.timeout(30_000),
  }).catch(() => {})
  if (!response) return new SessionError('offline', `${path} cannot be reached.`)
  const { ok, status } = response
  const session = (await response.json().catch(() => {})) as BrowserSession<View> | undefined
  if (ok && session?.loginUrl) return session
  const isTemporary = status === 429 || status > 499
  return new SessionError(
    isTemporary ? 'unavailable' : 'configuration',
    `${path} returned ${ok ? 'no session' : status || 'a redirect'}.${
      isTemporary
        ? ''
        : status === 403
          ? ' Open the page at the origin of redirectUri, or add its origin to Auth({ trustedOrigins }).'
          : ' Set Auth({ browser }) and createSession({ path }). In development, forward this path to the server.'
    }`,
  )
}
