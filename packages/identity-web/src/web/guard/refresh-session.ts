// Refreshes a session whose ID token expired.
import type { TokenUser } from '../../authority/index.ts'
import type { TokenSession, TokenState, UserTokens } from '../../client/index.ts'
import { IdentityError, withChanges, type IdentityErrorCode } from '../../errors.ts'
import { eventUserOf, failureOf, levelOf, type EventEmitter } from '../../event-emitter.ts'
import type { Session } from '../../session/index.ts'
import type { AppServices } from '../runtime/services.ts'

/** The minimum number of seconds until the next attempt to refresh a session, after the provider was not available. */
const RETRY_PAUSE_SECONDS = 60

type SessionRefresh =
  | { readonly kind: 'refreshed'; readonly state: TokenState }
  | { readonly kind: 'over'; readonly error: IdentityError; readonly isStepUp: boolean }
  /** The refresh failed, but the session continues. The session contains the time of the next attempt. */
  | { readonly kind: 'later'; readonly session: Session }

/** A session whose ID token expired. */
interface DueSession {
  readonly session: Session
  readonly userTokens: UserTokens
  readonly tokenSession: TokenSession
}

/** Refreshes a session whose ID token expired. Only a rejected refresh token ends the session. */
export async function refreshSession(
  services: AppServices,
  due: DueSession,
): Promise<SessionRefresh> {
  const { events } = services
  const { session, userTokens, tokenSession } = due
  try {
    return { kind: 'refreshed', state: await userTokens.refreshIdToken(tokenSession) }
  } catch (error) {
    // The result could not be stored. A request that has waited for the lock of the store does not wait again.
    if (!IdentityError.is(error) || error.code === 'store_unavailable') throw error
    if (error.code === 'interaction_required' && error.reason !== 'refresh_rejected') {
      return { kind: 'over', error: toStepUpError(error), isStepUp: true }
    }
    if (OVER.has(error.code) || isUnreadableForLong(services, session, error)) {
      const over = withChanges(error, {
        code: 'login_required',
        reason: 'refresh_rejected',
        message: `The session has ended. ${error.message}`,
      })
      events.emit('session.ended', {
        level: 'info',
        ...failureOf(over),
        reason: error.reason ?? error.code,
        ...(await eventUserOf(events, { ...tokenSession.user })),
      })
      return { kind: 'over', error: over, isStepUp: false }
    }
    await reportFailedRefresh(events, tokenSession.user, error)
    return { kind: 'later', session: toTryLater(services, session, error) }
  }
}

/**
 * The error codes that end a session: the refresh token does not work anymore, or the new ID token does not belong to
 * the session's user.
 */
const OVER: ReadonlySet<IdentityErrorCode> = new Set([
  'interaction_required',
  'invalid_token',
  'access_denied',
])

function toStepUpError(error: IdentityError): IdentityError {
  return withChanges(error, {
    code: 'login_required',
    message: `The user must sign in again before the session continues. ${error.message}`,
  })
}

/**
 * The time in seconds after which unreadable responses end a session. It is longer than most outages and maintenance
 * windows.
 */
const UNREADABLE_REFRESH_SECONDS = 8 * 3600

/**
 * Returns whether every refresh of a session got an unreadable response for so long that an outage is not likely.
 * During an outage, such a response can come from a proxy.
 */
function isUnreadableForLong(
  { now }: AppServices,
  { unreadableSince }: Session,
  { reason }: IdentityError,
): boolean {
  if (reason !== 'unreadable_response' || unreadableSince === undefined) return false
  return now() >= unreadableSince + UNREADABLE_REFRESH_SECONDS
}

function toTryLater(
  { now }: AppServices,
  session: Session,
  { reason, retryAfterSeconds = 0 }: IdentityError,
): Session {
  return {
    ...session,
    renewAt: now() + Math.max(RETRY_PAUSE_SECONDS, retryAfterSeconds),
    ...(reason === 'unreadable_response' && { unreadableSince: session.unreadableSince ?? now() }),
  }
}

/** The states of a session's tokens after each refresh during a request, and the session with the last state. */
interface RefreshedSession {
  readonly session: Session
  readonly states: readonly TokenState[]
}

/** Reports refreshes. If several requests share a refresh, it is reported only once. */
export async function reportRefreshes(
  events: EventEmitter,
  userTokens: UserTokens,
  { session, states }: RefreshedSession,
): Promise<void> {
  for (const { tokens } of states) {
    if (!userTokens.claimReport(tokens) || !events.hearsInfo) continue
    events.emit('tokens.refreshed', {
      level: 'info',
      message: 'The tokens of a session were refreshed.',
      ...(await eventUserOf(events, session.claims)),
    })
  }
}

const reportedErrors = new WeakSet<IdentityError>()

/** Reports a failed refresh. Requests that share the refresh have the same error, so it is reported only once. */
async function reportFailedRefresh(
  events: EventEmitter,
  user: TokenUser,
  error: IdentityError,
): Promise<void> {
  if (reportedErrors.has(error)) return
  reportedErrors.add(error)
  events.emit('tokens.refresh_failed', {
    level: levelOf(error),
    ...failureOf(error),
    message: `A session could not be refreshed now. It stays valid, and the next attempt follows later. ${error.message}`,
    ...(await eventUserOf(events, { ...user })),
  })
}
