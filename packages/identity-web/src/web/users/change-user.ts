import { userIdOf, type LatestUsers, type Revocations, type Session } from '../../session/index.ts'

/** The services that change the user of a session. */
export interface ChangeUserServices {
  readonly latestUsers: LatestUsers
  /** The revocation markers. Not set if a store or a deny-list is not configured. */
  readonly revocations: Revocations | undefined
  /** Unix time in milliseconds. */
  readonly clock: () => number
}

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
  { latestUsers, revocations, clock }: ChangeUserServices,
  session: Session,
  user: unknown,
): Promise<ChangedUser> {
  let changed: Session = { ...session, user, userChangedAt: clock() }
  // `revokeSessions({ user })` finds sessions by this ID.
  if (revocations !== undefined && userIdOf(user) !== userIdOf(session.user)) {
    changed = await revocations.changeUser(changed)
  }
  return { session: changed, undo: latestUsers.record(changed) }
}
