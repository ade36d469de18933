// Authenticates WebSockets and streams, which end with their session.
import {
  rejectErrors,
  toRejection,
  type Authenticated,
  type Authentication,
  createEndSignal,
  sessionEnded,
  type EndWatch,
} from '../../authentication/index.ts'
import { configurationError, IdentityError } from '../../errors.ts'
import type { HttpContext } from '../../http-context.ts'
import { expiryOf, sessionHeader, type RequestSession, type Session } from '../../session/index.ts'
import type { LoginContext } from './context.ts'
import { setAccepted } from '../http/cross-site.ts'
import { isDenial } from './failures.ts'
import type { Guard } from './guard.ts'
import { checkUserUnstored, RENDER_TOLERANCE } from './read-only.ts'
import type { LoginRequirement } from './requirement.ts'
import type { GuardServices } from './services.ts'

/**
 * The options of `auth.authenticate()`: the requirement, and the time after which a sign-out elsewhere is noticed.
 *
 * @public
 */
export interface AuthenticateOptions extends Omit<LoginRequirement, 'challenge'> {
  /**
   * The maximum time in seconds until `signal` aborts after a sign-out in another process. Each connection reads the
   * store or the deny-list once in this time. For sessions in cookies without a deny-list, a sign-out in another
   * process is not noticed, so `signal` aborts when the session expires or when `onRefresh` rejects the user.
   *
   * @defaultValue `30`
   * @example await auth.authenticate(req, { revalidateSeconds: 10 })
   */
  readonly revalidateSeconds?: number | undefined
}

/** The request that opened a connection. It tells when the connection closes. */
export interface ConnectionRequest<User> {
  readonly http: HttpContext
  /** The guard for the requirement. */
  readonly guard: Guard<User>
  readonly revalidateSeconds: number
  readonly onClose?: EndWatch['onClose']
}

/**
 * Authenticates a request outside of a route, such as the upgrade to a WebSocket or a stream. A guard decides, as for
 * other requests.
 */
export function authenticateConnection<User>(
  services: GuardServices,
  request: ConnectionRequest<User>,
): Promise<Authentication<LoginContext<User>>> {
  const { guard, http } = request
  return rejectErrors(async () => {
    const since = services.sessions.ends.position()
    let accepted: Accepted<User> | undefined
    const response = await guard(http, (context, current) => {
      accepted = { context, current, since }
      return undefined
    })
    if (accepted === undefined) return toRejection(response)
    setAccepted(http)
    return toAuthenticated(services, request, accepted)
  })
}

interface Accepted<User> {
  readonly context: LoginContext<User>
  readonly current: RequestSession
  /** The position in the log of ended sessions before the session was read. */
  readonly since: number
}

function toAuthenticated<User>(
  services: GuardServices,
  request: ConnectionRequest<User>,
  { context, current: { session }, since }: Accepted<User>,
): Authenticated<LoginContext<User>> {
  const { now, revalidation, sessions } = services
  const { http, onClose } = request
  const pause = sessions.revocations === undefined ? Infinity : request.revalidateSeconds
  let endsAt = endOf(services, session)
  let userDueAt = userDueAtOf(services, session)
  const untilNextCheck = (): number =>
    Math.min(pause, Math.max(0, Math.min(endsAt, userDueAt) - now()))

  const end = createEndSignal({
    seconds: untilNextCheck(),
    async check() {
      try {
        const cookieHeader = sessionHeader(sessions, http) ?? ''
        const latest = await sessions.read(cookieHeader, http)
        if (latest === undefined) return sessionEnded()
        endsAt = endOf(services, latest)
        const current = { cookieHeader, session: latest }
        const checked = await checkUserUnstored(services, current, http)
        // If `onRefresh` failed, it is called again later.
        userDueAt = Math.max(userDueAtOf(services, checked), now() + RENDER_TOLERANCE)
      } catch (error) {
        // Also if the store does not learn of it.
        const isRejected = isDenial(error) || revalidation?.rejections.has(session.id) === true
        if (isRejected) return sessionEnded()
        // An outage of the store does not end connections. The next check follows.
        userDueAt = Math.max(userDueAt, now() + RENDER_TOLERANCE)
      }
      if (now() < endsAt) return untilNextCheck()
      return isLimitedByRefresh(services, session) ? mustRefresh() : sessionEnded()
    },
    onEnd: (listener) => sessions.ends.watch({ session, since }, listener),
    ...(onClose && { onClose }),
  })
  return {
    ok: true,
    context,
    expiresAt: new Date(endsAt * 1000),
    get signal() {
      return end.get()
    },
    revalidate: () => authenticateConnection(services, request),
    close() {
      end.close()
      http.end?.()
    },
  }
}

/** Returns the time at which a session ends without another request, as Unix time in seconds. */
function endOf(services: GuardServices, session: Session): number {
  const expiry = expiryOf(session, services.sessions.lifetimes)
  return isLimitedByRefresh(services, session)
    ? Math.min(expiry, (session.renewAt ?? expiry) + RENDER_TOLERANCE)
    : expiry
}

/** Returns the time at which a session's user must be checked without another request, as Unix time in seconds. */
function userDueAtOf({ revalidation }: GuardServices, { userCheckedAt = 0 }: Session): number {
  if (revalidation === undefined) return Infinity
  return userCheckedAt + revalidation.seconds + RENDER_TOLERANCE
}

/**
 * Returns whether a session must be refreshed before it expires, although a connection cannot refresh a session in
 * cookies.
 */
function isLimitedByRefresh({ sessions }: GuardServices, { renewAt }: Session): boolean {
  return sessions.withTokenLock === undefined && renewAt !== undefined
}

function mustRefresh(): IdentityError {
  return new IdentityError(
    'refresh_required',
    'The session must be refreshed. Send an ordinary request to a guarded route, and then connect again.',
  )
}

/** @throws IdentityError `configuration` for a value that is not a positive number of seconds. */
export function toRevalidateSeconds(given: number | undefined): number {
  const seconds: unknown = given ?? 30
  if (typeof seconds === 'number' && Number.isFinite(seconds) && seconds > 0) return seconds
  throw configurationError(
    'revalidateSeconds must be a positive number of seconds, for example authenticate(req, { revalidateSeconds: 30 }).',
  )
}
