import { scopesOf } from '../../client/index.ts'
import { IdentityError } from '../../errors.ts'
import type { HttpContext } from '../../http-context.ts'
import { logError } from '../../settings/logger.ts'
import { authenticate, bringUpToDate, type AuthenticationServices } from './authenticate.ts'

/**
 * Refreshes a session and its access tokens if necessary, before the call of a handler that cannot set cookies.
 *
 * Errors are only logged, because the handler may not need the token.
 */
export async function refreshAhead(
  services: AuthenticationServices,
  http: HttpContext,
): Promise<void> {
  try {
    let result = await authenticate(services, http)
    if (result === undefined || result.interactionRequired !== undefined) return
    const { cookieHeader, session } = result.current
    const { access } = await services.sessions.readTokens(cookieHeader, session)
    for (const token of access) {
      if (services.now() < token.refreshAt) continue
      const { current } = result
      result = await bringUpToDate(services, { http, current, requested: scopesOf(token) })
    }
  } catch (error) {
    if (!IdentityError.is(error)) throw error
    logError(services, error)
  }
}
