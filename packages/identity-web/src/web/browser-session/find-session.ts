// Reads the session for scripts, or extends it.
import type { HttpContext } from '../../http-context.ts'
import type { MaybePromise } from '../../maybe-promise.ts'
import { sessionHeader, touch, type RequestSession, type Session } from '../../session/index.ts'
import { authenticate, bringUpToDate } from '../guard/authenticate.ts'
import type { AuthenticationResult } from '../guard/authentication-result.ts'
import { isDenial } from '../guard/failures.ts'
import { checkUserUnstored } from '../guard/read-only.ts'
import { storeChange } from '../guard/session-tokens.ts'
import { needsOriginCheck } from '../http/cross-site.ts'
import type { GuardServices } from '../guard/services.ts'

/**
 * Returns the session of a request without changing the session: it is not refreshed, and its idle time does not start
 * again. Otherwise, the session of a page that asks for it regularly would never expire. `onRefresh` checks the user as
 * for a request that cannot set cookies.
 */
export async function readSession(
  services: GuardServices,
  http: HttpContext,
): Promise<Session | undefined> {
  return unlessDenied(async () => {
    const current = await findCurrent(services, http)
    return current && checkUserUnstored(services, current, http)
  })
}

/** Refreshes the session of a request if necessary, starts its idle time again, and returns it. */
export async function extendSession(
  services: GuardServices,
  http: HttpContext,
): Promise<Session | undefined> {
  const current = await unlessDenied(() => findCurrent(services, http))
  if (current === undefined) return undefined
  const { renewAt = Infinity } = current.session
  const isDue = services.now() >= renewAt
  const result = await unlessDenied(() =>
    bringUpToDate(services, { http, current }, { isDue, isTouched: true }),
  )
  const session = sessionOf(result)
  if (session === undefined || result?.interactionRequired === undefined) return session
  // The user must take a step at the provider before their next call of an API. Until then, the session continues.
  const touched = touch(session, services.sessions.lifetimes, services.now())
  await storeChange(services, http, {
    current: { ...current, session: touched },
    tokens: undefined,
  })
  return touched
}

/** Returns the session of a page's request. The session is refreshed if necessary, as in a guard. */
export async function sessionOfPage(
  services: GuardServices,
  http: HttpContext,
): Promise<Session | undefined> {
  return sessionOf(
    await unlessDenied(() => authenticate(services, http, { csrf: needsOriginCheck(http) })),
  )
}

/** Returns the session if a guard would accept it, at least after the user has completed a step at the provider. */
function sessionOf(result: AuthenticationResult | undefined): Session | undefined {
  if (result === undefined || result.rejected !== undefined) return undefined
  return result.interactionRequired?.reason === 'refresh_rejected'
    ? undefined
    : result.current.session
}

/**
 * Runs a function. If `onRefresh`, or `onLogin` behind a platform, rejects the user, the result is that no user is
 * signed in.
 */
async function unlessDenied<Result>(act: () => MaybePromise<Result>): Promise<Result | undefined> {
  try {
    return await act()
  } catch (error) {
    if (isDenial(error)) return undefined
    throw error
  }
}

async function findCurrent(
  { sessions }: GuardServices,
  http: HttpContext,
): Promise<RequestSession | undefined> {
  const cookieHeader = sessionHeader(sessions, http)
  if (cookieHeader === undefined) return undefined
  const session = await sessions.read(cookieHeader, http)
  return session === undefined
    ? sessions.unreadableCookies.delete(http, cookieHeader)
    : { cookieHeader, session }
}
