import type { TokenUser } from '../../authority/index.ts'
import type { TokenState, UserTokens } from '../../client/index.ts'
import type { IdentityError } from '../../errors.ts'
import { failureOf, levelOf, type EventEmitter } from '../../event-emitter.ts'
import type { Session } from '../../session/index.ts'
import { eventUserOf } from '../runtime/event-user.ts'

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
export async function reportFailedRefresh(
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
