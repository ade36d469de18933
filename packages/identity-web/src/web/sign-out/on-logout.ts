import { userOf, type Session } from '../../session/index.ts'
import type { EventEmitter } from '../../event-emitter.ts'
import type { UserHooks } from '../../options/user-hooks.ts'
import { nameOf } from '../users/call-on-login.ts'
import { describeError } from '../users/describe-error.ts'

/** The services that `onLogout` needs. */
export interface OnLogoutServices<User> {
  readonly hooks: UserHooks<User>
  readonly events: EventEmitter
  /** `true` in production, where the log must not contain the messages of the application's errors. */
  readonly isProduction: boolean
}

/** Calls `onLogout`. If it fails, the sign-out continues. */
export async function callOnLogout<User>(
  { hooks, events, isProduction }: OnLogoutServices<User>,
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
