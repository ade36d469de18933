import { sha256 } from '../../encryption/index.ts'
import { eventUser, type EventEmitter } from '../../event-emitter.ts'
import type { EventDetails, EventUser } from '../../events.ts'

/** The claims of a user who signed out: the claims that a sign-out elsewhere contains, or all claims of the session. */
export type SignedOutClaims = Readonly<Record<string, unknown>>

/** The length of the hash, in characters. It is long enough to tell sessions apart. */
const HASH_LENGTH = 22

/** Returns the identifiers of a user for an event. The ID of the session at the provider is hashed. */
export async function eventUserOf(
  events: EventEmitter,
  claims: SignedOutClaims,
): Promise<EventUser> {
  const sid = claims['sid']
  const hash = typeof sid === 'string' ? (await sha256(sid)).slice(0, HASH_LENGTH) : undefined
  return eventUser(events, claims, hash)
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
