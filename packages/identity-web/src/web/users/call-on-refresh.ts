// Calls `onRefresh`, whose failure does not end the session.
import { addCacheEntry, type ExpiringEntry } from '../../caches.ts'
import type { TokenState } from '../../client/index.ts'
import { IdentityError } from '../../errors.ts'
import { failureAt } from '../../event-emitter.ts'
import type { HttpContext } from '../../http-context.ts'
import { userOf, type Session } from '../../session/index.ts'
import type { RefreshDetails, RefreshTokens, UserHooks } from '../../options/user-hooks.ts'
import { missingUser, nameOf, toHttpRequest } from './call-on-login.ts'
import { changeUser } from './change-user.ts'
import { describeError } from './describe-error.ts'
import { MAX_CHECKS, type Revalidation, type RevalidationRequest } from './revalidation.ts'
import { toStorableUser } from './json-fault.ts'
import type { UserServices } from './services.ts'

type OnRefresh<User> = NonNullable<UserHooks<User>['onRefresh']>

/** The time in seconds after which an `onRefresh` that failed may be called again. */
const RETRY_PAUSE_SECONDS = 60

/** The properties of a session that a check changes. */
type CheckedFields = Pick<Session, 'user' | 'userChangedAt' | 'earlierEnds' | 'userCheckedAt'>

/** The last check of a session. Requests with the previous cookie and requests that cannot store the result need it. */
interface LastCheck extends ExpiringEntry {
  /**
   * The time at which the ID token was issued whose claims were checked. A later ID token makes another call necessary.
   */
  readonly issuedAt: number
  /** The result of the check. Not set if `onRefresh` failed. */
  readonly checked: CheckedFields | undefined
}

/** Creates the function that calls `onRefresh`: the method `run` of a {@link Revalidation}. */
export function createRevalidator<User>(
  services: UserServices<User>,
  onRefresh: OnRefresh<User>,
  seconds: number,
): Revalidation['run'] {
  const { events, isProduction, now, sessions } = services
  const includesMessage = !isProduction || events.includesPersonalData
  const inFlight = new Map<string, Promise<Session>>()
  const lastChecks = new Map<string, LastCheck>()

  async function call(session: Session, request: CheckedRequest): Promise<Session> {
    const user = userOf<User>(session)
    const returned: unknown = await onRefresh(user, toDetails(session, request, now()))
    if (returned === undefined || returned === null) throw missingUser('onRefresh', returned)
    const checked: Session = { ...session, userCheckedAt: now() }
    if (returned === user) return checked
    const changed = await changeUser(services, checked, toStorableUser(returned, 'onRefresh'))
    return changed.session
  }

  /**
   * Calls `onRefresh`. Only a rejection of the user is thrown, because the session continues after every other error.
   */
  async function callSafely(
    session: Session,
    { http, readState }: RevalidationRequest,
  ): Promise<Session> {
    // An outage of the store is not an error of `onRefresh`.
    const state = await readState()
    try {
      return await call(session, { http, state })
    } catch (error) {
      const isIdentityError = IdentityError.is(error)
      if (!isIdentityError || error.code !== 'access_denied') {
        const [detail, reason] = isIdentityError
          ? [error.message, error.code]
          : [describeError(error, { includesMessage }), nameOf(error)]
        const message = `${FAILED} ${detail}`
        events.emit('hook.failed', { level: 'error', message, hook: 'onRefresh', reason })
        return session
      }
      const failure = await failureAt(events, error, { url: http.url, claims: session.claims })
      events.emit('access.denied', { ...failure, level: 'info' })
      throw error
    }
  }

  function remember(session: Session, checked: Session): void {
    const { userCheckedAt = 0 } = checked
    const check: LastCheck =
      checked === session
        ? {
            issuedAt: issuedAt(session),
            checked: undefined,
            expiresAt: now() + RETRY_PAUSE_SECONDS,
          }
        : {
            issuedAt: issuedAt(session),
            checked: fieldsOf(checked),
            expiresAt: userCheckedAt + seconds,
          }
    addCacheEntry(session.id, check, { in: lastChecks, now: now(), max: MAX_CHECKS })
  }

  return async (given, request) => {
    const session = sessions.latestUsers.apply(given)
    const last = lastChecks.get(session.id)
    if (last !== undefined && last.expiresAt > now() && last.issuedAt >= issuedAt(session)) {
      return withCheck(session, last.checked)
    }
    const key = `${session.id} ${issuedAt(session)}`
    const pending = inFlight.get(key)
    if (pending !== undefined) {
      return withCheck(sessions.latestUsers.apply(session), fieldsOf(await pending))
    }
    const result = callSafely(session, request)
    inFlight.set(key, result)
    try {
      const checked = await result
      remember(session, checked)
      return checked
    } finally {
      inFlight.delete(key)
    }
  }
}

const FAILED =
  'onRefresh failed. The session continues with the previous user, and a later request calls onRefresh again.'

function issuedAt({ claims }: Session): number {
  const { iat } = claims as { readonly iat?: unknown }
  return typeof iat === 'number' ? iat : 0
}

function fieldsOf({ user, userChangedAt, earlierEnds, userCheckedAt }: Session): CheckedFields {
  return {
    user,
    ...(userChangedAt !== undefined && { userChangedAt }),
    ...(earlierEnds && { earlierEnds }),
    ...(userCheckedAt !== undefined && { userCheckedAt }),
  }
}

/** Returns a session with the result of a check. A user that was changed later, as by `updateUser`, stays. */
function withCheck(session: Session, checked: CheckedFields | undefined): Session {
  if (checked?.userCheckedAt === undefined) return session
  const { userCheckedAt } = checked
  if ((checked.userChangedAt ?? 0) > (session.userChangedAt ?? 0)) return { ...session, ...checked }
  return userCheckedAt === session.userCheckedAt ? session : { ...session, userCheckedAt }
}

/** A request, and the tokens of its session. */
interface CheckedRequest {
  readonly http: HttpContext
  readonly state: TokenState
}

function toDetails(
  { claims }: Session,
  { http, state: { tokens, idToken } }: CheckedRequest,
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
