import { userOf, type Session } from '../../session/index.ts'
import type { Logger } from '../../settings/logger.ts'
import type { Hooks } from '../sign-in/session-changes.ts'

/** The services that `onLogout` needs. */
export interface OnLogoutServices<User> {
  readonly hooks: Hooks<User>
  readonly logger: Logger
}

/** Calls `onLogout`. If it fails, the sign-out continues. */
export async function callOnLogout<User>(
  { hooks, logger }: OnLogoutServices<User>,
  session: Session,
): Promise<void> {
  try {
    await hooks.onLogout?.(userOf<User>(session))
  } catch (error) {
    logger.error?.('onLogout failed.', {
      error: error instanceof Error ? error.name : typeof error,
    })
  }
}
