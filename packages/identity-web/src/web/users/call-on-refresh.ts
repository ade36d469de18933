import { addCacheEntry, type ExpiringEntry } from '../../cache-entries.ts'
import { IdentityError } from '../../errors.ts'
import { failureOf } from '../../event-emitter.ts'
import { userOf, type Session } from '../../session/index.ts'
import type { RefreshDetails, RefreshTokens, UserHooks } from '../options/user-hooks.ts'
import { missingUser, nameOf } from './call-on-login.ts'
import { changeUser } from './change-user.ts'
import { describeError } from './describe-error.ts'
import type { Revalidation, RevalidationRequest, RevalidationServices } from './revalidation.ts'
import { toStorableUser } from './storable-user.ts'
import { toHttpRequest } from './to-http-request.ts'

type OnRefresh<User> = NonNullable<UserHooks<User>['onRefresh']>

/**
 * Seconds for which the result of a call is used again. Requests with the previous cookie arrive within this time, and an
 * `onRefresh` that failed is not called again.
 */
const MEMORY_SECONDS = 60

interface RecentCall extends ExpiringEntry {
  /** Not set if `onRefresh` failed. */
  readonly checkedAt: number | undefined
}

/** Creates the function that calls `onRefresh`: the method `run` of a {@link Revalidation}. */
export function createRevalidator<User>(
  services: RevalidationServices<User>,
  onRefresh: OnRefresh<User>,
  seconds: number,
): Revalidation['run'] {
  const { latestUsers, events, isProduction, now } = services
  const includesMessage = !isProduction || events.includesPersonalData
  const inFlight = new Map<string, Promise<Session>>()
  const recent = new Map<string, RecentCall>()

  async function call(session: Session, request: RevalidationRequest): Promise<Session> {
    const user = userOf<User>(session)
    const returned: unknown = await onRefresh(user, toDetails(session, request, now()))
    if (returned === undefined || returned === null) throw missingUser('onRefresh', returned)
    const checked: Session = { ...session, userCheckedAt: now() }
    if (returned === user) return checked
    const changed = await changeUser(services, checked, toStorableUser(returned, 'onRefresh'))
    return changed.session
  }

  /** Calls `onRefresh`. Only a rejection is thrown, because the session continues after every other error. */
  async function callSafely(session: Session, request: RevalidationRequest): Promise<Session> {
    try {
      return await call(session, request)
    } catch (error) {
      if (!IdentityError.is(error)) {
        events.emit('hook.failed', {
          level: 'error',
          message: `${FAILED} ${describeError(error, { includesMessage })}`,
          hook: 'onRefresh',
          reason: nameOf(error),
        })
        return session
      }
      if (error.code !== 'access_denied') {
        const message = `${FAILED} ${error.message}`
        events.emit('hook.failed', {
          level: 'error',
          message,
          hook: 'onRefresh',
          reason: error.code,
        })
        return session
      }
      events.emit('access.denied', { level: 'info', ...failureOf(error) })
      throw error
    }
  }

  return async (given, request) => {
    const session = latestUsers.apply(given)
    // A refresh that returned an ID token makes another call necessary.
    const key = `${session.id} ${String(session.claims['iat'])}`
    const last = recent.get(key)
    if (last !== undefined && last.expiresAt > now()) return withCheck(session, last.checkedAt)
    const pending = inFlight.get(key)
    if (pending !== undefined) {
      const { userCheckedAt } = await pending
      return withCheck(latestUsers.apply(session), userCheckedAt)
    }
    const result = callSafely(session, request)
    inFlight.set(key, result)
    try {
      const checked = await result
      const checkedAt = checked === session ? undefined : checked.userCheckedAt
      const expiresAt = now() + Math.min(MEMORY_SECONDS, seconds)
      addCacheEntry(key, { checkedAt, expiresAt }, { in: recent, now: now() })
      return checked
    } finally {
      inFlight.delete(key)
    }
  }
}

const FAILED =
  'onRefresh failed. The session continues with the previous user, and a later request calls onRefresh again.'

function withCheck(session: Session, checkedAt: number | undefined): Session {
  const isSame = checkedAt === undefined || checkedAt === session.userCheckedAt
  return isSame ? session : { ...session, userCheckedAt: checkedAt }
}

function toDetails(
  { claims }: Session,
  { http, state: { tokens, idToken } }: RevalidationRequest,
  now: number,
): RefreshDetails {
  const access = tokens.access.findLast(({ expiresAt }) => now < expiresAt)
  const { refreshToken } = tokens
  const given: RefreshTokens = {
    ...(access && { accessToken: access.token }),
    ...(idToken !== undefined && { idToken }),
    ...(refreshToken !== undefined && { refreshToken }),
  }
  return { claims, tokens: given, request: toHttpRequest(http) }
}
