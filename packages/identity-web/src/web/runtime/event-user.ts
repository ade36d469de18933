import type { IdentityError } from '../../errors.ts'
import {
  eventUserOf,
  failureOf,
  pathOf,
  type EventEmitter,
  type UserClaims,
} from '../../event-emitter.ts'
import type { EventDetails } from '../../events.ts'
import { requirementOf } from '../../options/requirements.ts'

/** The claims of a user who signed out: the claims that a sign-out elsewhere contains, or all claims of the session. */
export type SignedOutClaims = Readonly<Record<string, unknown>>

/** A request that was denied. */
interface Denial {
  readonly request: { readonly url: string }
  readonly error: IdentityError
  /** The verified claims of the user. */
  readonly claims: UserClaims | undefined
}

/** Reports that a user may not open a page. The request is wrong, and not the application. */
export async function reportDenial(
  events: EventEmitter,
  { request, error, claims }: Denial,
): Promise<void> {
  events.emit('access.denied', {
    level: 'info',
    ...failureOf(error),
    ...(await eventUserOf(events, claims)),
    path: pathOf(request),
    requirement: requirementOf(error),
  })
}

/** Reports a sign-out, if a listener receives events of the level `info`. */
export async function reportSignOut(
  events: EventEmitter,
  event: Pick<EventDetails['sign_out.completed'], 'initiator'> & { readonly message: string },
  claims: SignedOutClaims,
): Promise<void> {
  if (!events.hearsInfo) return
  const user = await eventUserOf(events, claims)
  events.emit('sign_out.completed', { level: 'info', ...event, ...user })
}
