import { userIdOf, type LatestUsers, type Revocations, type Session } from '../../session/index.ts'

/** The services that change the user of a session. */
export interface ChangeUserServices {
  readonly latestUsers: LatestUsers
  /** Not set if no store is configured. */
  readonly revocations: Revocations | undefined
  /** Unix time in seconds. */
  readonly now: () => number
}

/**
 * Returns a session with another user. Every later write of the session stores this user too.
 *
 * @param user - The user as the session stores it.
 */
export async function changeUser(
  { latestUsers, revocations, now }: ChangeUserServices,
  session: Session,
  user: unknown,
): Promise<Session> {
  let changed: Session = { ...session, user, userChangedAt: now() }
  // `revokeSessions({ user })` finds sessions by this ID.
  if (revocations !== undefined && userIdOf(user) !== userIdOf(session.user)) {
    changed = await revocations.changeUser(changed)
  }
  latestUsers.record(changed)
  return changed
}
