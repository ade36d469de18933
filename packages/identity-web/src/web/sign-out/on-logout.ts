import { userOf, type Session } from '../../session/index.ts'
import { nameOf } from '../users/call-on-login.ts'
import { describeError } from '../users/describe-error.ts'
import type { UserServices } from '../users/services.ts'

/** Calls `onLogout`. If it fails, the sign-out continues. */
export async function callOnLogout<User>(
  { hooks, events, isProduction }: UserServices<User>,
  session: Session,
): Promise<void> {
  try {
    await hooks.onLogout?.(userOf<User>(session))
  } catch (error) {
    const includesMessage = !isProduction || events.includesPersonalData
    events.emit('hook.failed', {
      level: 'error',
      message: `onLogout failed. The user is signed out nevertheless. ${describeError(error, { includesMessage })}`,
      hook: 'onLogout',
      reason: nameOf(error),
    })
  }
}
