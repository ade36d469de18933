// Refreshes before a handler that cannot set cookies.
import { scopesOf } from '../../client/index.ts'
import { IdentityError } from '../../errors.ts'
import type { HttpContext } from '../../http-context.ts'
import { failureOf, levelOf } from '../../event-emitter.ts'
import { userOf } from '../../session/index.ts'
import { needsOriginCheck } from '../http/cross-site.ts'
import { authenticate, bringUpToDate } from './authenticate.ts'
import { AuthenticationResult } from './authentication-result.ts'
import { isDenial, respondToError } from './failures.ts'
import type { GuardServices } from './services.ts'

/** A visitor whose session and access tokens were refreshed if necessary. */
export interface RefreshedVisitor<User> {
  /** `undefined` if the visitor is not signed in. */
  readonly user?: User
  /** The response to send instead of the page: `onRefresh` rejected the user, or the session cannot be checked now. */
  readonly rejection?: Response
}

/**
 * Refreshes a session and its access tokens if necessary, before the call of a handler that cannot set cookies.
 *
 * Errors that concern only an access token are logged, because the handler may not need the token.
 */
export async function refreshAhead<User>(
  services: GuardServices,
  http: HttpContext,
): Promise<RefreshedVisitor<User>> {
  const respond = async (error: unknown): Promise<RefreshedVisitor<User>> => {
    const request = { http, requirement: { challenge: 'auto' } } as const
    return { rejection: await respondToError(services, request, error) }
  }
  let result: AuthenticationResult | undefined
  try {
    result = await authenticate(services, http, { csrf: needsOriginCheck(http) })
  } catch (error) {
    return respond(error)
  }
  if (!AuthenticationResult.isSignedIn(result)) return {}
  http.noStore()
  try {
    result = await refreshTokens(services, http, result)
  } catch (error) {
    if (isDenial(error)) return respond(error)
    if (!IdentityError.is(error)) throw error
    // The store reports its failures itself.
    if (error.code !== 'store_unavailable') {
      services.events.emit('tokens.refresh_failed', { level: levelOf(error), ...failureOf(error) })
    }
  }
  return { user: userOf<User>(result.current.session) }
}

async function refreshTokens(
  services: GuardServices,
  http: HttpContext,
  given: AuthenticationResult,
): Promise<AuthenticationResult> {
  let result = given
  const { cookieHeader, session } = given.current
  const { access } = await services.sessions.readTokens(cookieHeader, session)
  for (const token of access) {
    if (services.now() < token.refreshAt) continue
    const { current } = result
    result = await bringUpToDate(services, { http, current, requested: scopesOf(token) })
  }
  return result
}
