import {
  rejectErrors,
  toRejection,
  type Authenticated,
  type Authentication,
  createEndSignal,
  sessionEnded,
  type EndWatch,
} from '../../authentication/index.ts'
import { IdentityError } from '../../errors.ts'
import type { HttpContext } from '../../http-context.ts'
import {
  expiryOf,
  sessionHeader,
  type RequestSession,
  type Revocations,
  type Session,
  type SessionEnds,
  type SessionStrategy,
  type Lifetimes,
} from '../../session/index.ts'
import type { LoginContext } from './context.ts'
import { setAuthenticated } from './detached.ts'
import type { Guard } from './guard.ts'
import { RENDER_TOLERANCE } from './read-only.ts'
import type { LoginRequirement } from './requirement.ts'

/**
 * The options of `auth.authenticate()`: the requirement of a route, and how soon to notice a sign-out elsewhere.
 *
 * @public
 */
export interface AuthenticateOptions extends Omit<LoginRequirement, 'challenge'> {
  /**
   * The longest time until `signal` aborts after a sign-out in another process, in seconds. Each connection reads the store or
   * the deny-list once in this time. Sessions in cookies without a deny-list end elsewhere only when they expire.
   *
   * @defaultValue `30`
   * @example await auth.authenticate(req, { revalidateSeconds: 10 })
   */
  readonly revalidateSeconds?: number | undefined
}

/** The services that the authentication of a connection uses. */
export interface ConnectionServices {
  readonly lifetimes: Lifetimes
  /** Unix time in seconds. */
  readonly now: () => number
  /** Not set if no store is configured. */
  readonly revocations: Revocations | undefined
  readonly sessionEnds: SessionEnds
  readonly sessions: SessionStrategy
}

/** The request of a connection, which tells when the connection closes. */
export interface ConnectionRequest<User> {
  readonly http: HttpContext
  /** The guard for the requirement. */
  readonly guard: Guard<User>
  readonly revalidateSeconds: number
  readonly onClose?: EndWatch['onClose']
}

/** Authenticates a request that has no response yet, or none at all. The guard of a route decides, as for other requests. */
export function authenticateConnection<User>(
  services: ConnectionServices,
  request: ConnectionRequest<User>,
): Promise<Authentication<LoginContext<User>>> {
  const { guard, http } = request
  return rejectErrors(async () => {
    const since = services.sessionEnds.position()
    let accepted: Accepted<User> | undefined
    const response = await guard(http, (context, current) => {
      accepted = { context, current, since }
      return undefined
    })
    if (accepted === undefined) return toRejection(response)
    setAuthenticated(http)
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
  services: ConnectionServices,
  request: ConnectionRequest<User>,
  { context, current: { session }, since }: Accepted<User>,
): Authenticated<LoginContext<User>> {
  const { now, revocations, sessionEnds, sessions } = services
  const { http, onClose } = request
  const pause = revocations === undefined ? Infinity : request.revalidateSeconds
  let endsAt = endOf(services, session)
  const untilNextCheck = (): number => Math.min(pause, Math.max(0, endsAt - now()))

  const end = createEndSignal({
    seconds: untilNextCheck(),
    async check() {
      try {
        const latest = await sessions.read(sessionHeader(sessions, http) ?? '')
        if (latest === undefined) return sessionEnded()
        endsAt = endOf(services, latest)
      } catch {
        // An outage of the store does not end connections. The next check follows.
      }
      if (now() < endsAt) return untilNextCheck()
      return isLimitedByRefresh(services, session) ? mustRefresh() : sessionEnded()
    },
    onEnd: (listener) => sessionEnds.watch({ session, since }, listener),
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
    close: end.close,
  }
}

/** Returns when a session ends without another request, as Unix time in seconds. */
function endOf(services: ConnectionServices, session: Session): number {
  const expiry = expiryOf(session, services.lifetimes)
  return isLimitedByRefresh(services, session)
    ? Math.min(expiry, (session.renewAt ?? expiry) + RENDER_TOLERANCE)
    : expiry
}

/** Whether a session must be refreshed earlier than it expires, which a connection cannot do with a session in cookies. */
function isLimitedByRefresh({ sessions }: ConnectionServices, { renewAt }: Session): boolean {
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
  throw new IdentityError(
    'configuration',
    'revalidateSeconds must be a positive number of seconds, for example authenticate(req, { revalidateSeconds: 30 }).',
  )
}
