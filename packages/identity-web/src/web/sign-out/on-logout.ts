import { userOf, type Session } from '../../session/index.ts'
import type { EventEmitter } from '../../event-emitter.ts'
import type { Hooks } from '../sign-in/session-changes.ts'

/** The services that `onLogout` needs. */
export interface OnLogoutServices<User> {
  readonly hooks: Hooks<User>
  readonly events: EventEmitter
}

/** Calls `onLogout`. If it fails, the sign-out continues. */
export async function callOnLogout<User>(
  { hooks, events }: OnLogoutServices<User>,
  session: Session,
): Promise<void> {
  try {
    await hooks.onLogout?.(userOf<User>(session))
  } catch (error) {
    events.emit('hook.failed', {
      level: 'error',
      message: 'onLogout failed. The user is signed out nevertheless.',
      hook: 'onLogout',
      reason: error instanceof Error ? error.name : typeof error,
    })
  }
}
