import { addCacheEntry, type ExpiringEntry } from '../../cache-entries.ts'
import type { TokenState } from '../../client/index.ts'
import { IdentityError } from '../../errors.ts'
import type { HttpContext } from '../../http-context.ts'
import { userOf, type Session } from '../../session/index.ts'
import { failureOf, type EventEmitter } from '../../event-emitter.ts'
import type { RefreshDetails, RefreshTokens, UserHooks } from '../options/user-hooks.ts'
import { changeUser, type ChangeUserServices } from './change-user.ts'
import { missingUser, nameOf } from './call-on-login.ts'
import { describeError } from './describe-error.ts'
import { toHttpRequest } from './to-http-request.ts'
import { toStorableUser } from './storable-user.ts'

/** The services that revalidation uses. */
export interface RevalidationServices<User> extends ChangeUserServices {
  /** Unix time in seconds. */
  readonly now: () => number
  readonly hooks: UserHooks<User>
  readonly events: EventEmitter
  /** Whether the log must not contain the messages of errors of the application. */
  readonly isProduction: boolean
}

/** The request that needs the user, and the tokens of its session. */
export interface RevalidationRequest {
  readonly http: HttpContext
  readonly state: TokenState
}

/** Calls `onRefresh` for sessions that are due. */
export interface Revalidation {
  /** The maximum time between two calls for a session, in seconds. */
  readonly seconds: number
  /**
   * Calls `onRefresh` for a session. Concurrent requests of the session share the call.
   *
   * @returns The session with its user and the time of the call. The same object if `onRefresh` failed.
   * @throws IdentityError `access_denied` if `onRefresh` rejects the user.
   */
  run(session: Session, request: RevalidationRequest): Promise<Session>
}

/** Whether to call `onRefresh` for a session. */
export function isUserDue(
  { userCheckedAt = 0 }: Session,
  { seconds }: Revalidation,
  now: number,
): boolean {
  return now >= userCheckedAt + seconds
}

/**
 * Seconds for which the result of a call is used again. Requests with the previous cookie arrive within this time, and an
 * `onRefresh` that failed is not called again.
 */
const MEMORY_SECONDS = 60

interface RecentCall extends ExpiringEntry {
  /** Not set if `onRefresh` failed. */
  readonly checkedAt: number | undefined
}

/** Creates the revalidation of an application. Returns `undefined` if it does not have `onRefresh`. */
export function createRevalidation<User>(
  services: RevalidationServices<User>,
): Revalidation | undefined {
  const { hooks, latestUsers, events, isProduction, now } = services
  const includesMessage = !isProduction || events.includesPersonalData
  const { onRefresh, revalidateUserSeconds: seconds = 3600 } = hooks
  if (onRefresh === undefined) return undefined
  const inFlight = new Map<string, Promise<Session>>()
  const recent = new Map<string, RecentCall>()

  async function call(session: Session, request: RevalidationRequest): Promise<Session> {
    const user = userOf<User>(session)
    const returned: unknown = await onRefresh?.(user, toDetails(session, request, now()))
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

  return {
    seconds,

    async run(given, request) {
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
    },
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
