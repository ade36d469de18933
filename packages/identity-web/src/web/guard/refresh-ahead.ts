import { scopesOf } from '../../client/index.ts'
import { IdentityError } from '../../errors.ts'
import type { HttpContext } from '../../http-context.ts'
import { failureOf, levelOf } from '../../event-emitter.ts'
import { authenticate, bringUpToDate, type AuthenticationServices } from './authenticate.ts'
import { AuthenticationResult } from './authentication-result.ts'
import { isDenial, respondToDenial, type FailureServices } from './failures.ts'

/**
 * Refreshes a session and its access tokens if necessary, before the call of a handler that cannot set cookies.
 *
 * Errors are only logged, because the handler may not need the token.
 *
 * @returns The response for a user whom `onRefresh` rejected.
 */
export async function refreshAhead(
  services: FailureServices,
  http: HttpContext,
): Promise<Response | undefined> {
  try {
    await refreshAll(services, http)
  } catch (error) {
    if (!IdentityError.is(error)) throw error
    if (error.code === 'store_unavailable') return undefined
    if (isDenial(error)) {
      return respondToDenial(services, { http, requirement: { challenge: 'auto' } }, error)
    }
    services.events.emit('tokens.refresh_failed', { level: levelOf(error), ...failureOf(error) })
  }
  return undefined
}

async function refreshAll(services: AuthenticationServices, http: HttpContext): Promise<void> {
  let result = await authenticate(services, http)
  if (!AuthenticationResult.isAccepted(result)) return
  const { cookieHeader, session } = result.current
  const { access } = await services.sessions.readTokens(cookieHeader, session)
  for (const token of access) {
    if (services.now() < token.refreshAt) continue
    const { current } = result
    result = await bringUpToDate(services, { http, current, requested: scopesOf(token) })
  }
}
