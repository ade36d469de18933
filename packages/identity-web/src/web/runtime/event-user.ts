// Reports sign-outs with their users.
import { eventUserOf, type EventEmitter } from '../../event-emitter.ts'
import type { EventDetails } from '../../events.ts'

/** The claims of a user who signed out: the claims that a sign-out elsewhere contains, or all claims of the session. */
export type SignedOutClaims = Readonly<Record<string, unknown>>

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
