import type { HttpContext } from '../../http-context.ts'
import type { MaybePromise } from '../../maybe-promise.ts'
import { sessionHeader, touch, type RequestSession, type Session } from '../../session/index.ts'
import {
  authenticate,
  bringUpToDate,
  type AuthenticationServices,
  needsOriginCheck,
} from '../guard/authenticate.ts'
import type { AuthenticationResult } from '../guard/authentication-result.ts'
import { isDenial } from '../guard/failures.ts'
import { checkUserUnstored } from '../guard/read-only.ts'
import { storeChange } from '../guard/session-tokens.ts'

/**
 * Returns the session of a request without a change: it is not refreshed, and its idle time does not start again. Otherwise, a
 * page that asks for its session would never expire. `onRefresh` checks the user as for a request that cannot set cookies.
 */
export async function readSession(
  services: AuthenticationServices,
  http: HttpContext,
): Promise<Session | undefined> {
  return unlessDenied(async () => {
    const current = await findCurrent(services, http)
    return current && checkUserUnstored(services, current, http)
  })
}

/** Returns the session of a request after a refresh, if it is necessary. Its idle time starts again. */
export async function extendSession(
  services: AuthenticationServices,
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
  const touched = touch(session, services.lifetimes, services.now())
  await storeChange(services, http, {
    current: { ...current, session: touched },
    tokens: undefined,
  })
  return touched
}

/** Returns the session of a page's request. It is refreshed if necessary, as by a guard. */
export async function sessionOfPage(
  services: AuthenticationServices,
  http: HttpContext,
): Promise<Session | undefined> {
  return sessionOf(
    await unlessDenied(() => authenticate(services, http, { csrf: needsOriginCheck(http) })),
  )
}

/** Returns the session that a guard accepts, or that a step of the user completes. */
function sessionOf(result: AuthenticationResult | undefined): Session | undefined {
  if (result === undefined || result.rejected !== undefined) return undefined
  return result.interactionRequired?.reason === 'refresh_rejected'
    ? undefined
    : result.current.session
}

/** `onRefresh`, and `onLogin` behind a platform, can reject the user, who is then not signed in. */
async function unlessDenied<Result>(act: () => MaybePromise<Result>): Promise<Result | undefined> {
  try {
    return await act()
  } catch (error) {
    if (isDenial(error)) return undefined
    throw error
  }
}

async function findCurrent(
  { sessions, unreadableCookies }: AuthenticationServices,
  http: HttpContext,
): Promise<RequestSession | undefined> {
  const cookieHeader = sessionHeader(sessions, http)
  if (cookieHeader === undefined) return undefined
  const session = await sessions.read(cookieHeader, http)
  return session === undefined
    ? unreadableCookies.delete(http, cookieHeader)
    : { cookieHeader, session }
}
