// A session with another user.
import { userIdOf, type Session } from '../../session/index.ts'
import type { AppServices } from '../runtime/services.ts'

/** A session with another user. */
export interface ChangedUser {
  readonly session: Session
  /** Forgets the changed user again. Call it if the session could not be stored. */
  readonly undo: () => void
}

/**
 * Returns a session with another user. Every later write of the session stores this user too, even if the write starts
 * before this session is stored.
 *
 * @param user - The user as the session stores it.
 */
export async function changeUser(
  { clock, sessions }: AppServices,
  session: Session,
  user: unknown,
): Promise<ChangedUser> {
  let changed: Session = { ...session, user, userChangedAt: clock() }
  // `revokeSessions({ user })` finds sessions by this ID.
  if (sessions.revocations !== undefined && userIdOf(user) !== userIdOf(session.user)) {
    changed = await sessions.revocations.changeUser(changed)
  }
  return { session: changed, undo: sessions.latestUsers.record(changed) }
}
