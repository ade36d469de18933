import { userOf, type Session } from '../../session/index.ts'
import type { Logger } from '../../settings/logger.ts'
import type { UserHooks } from '../options/user-hooks.ts'
import { nameOf } from '../users/call-on-login.ts'

/** The services that `onLogout` needs. */
export interface OnLogoutServices<User> {
  readonly hooks: UserHooks<User>
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
    logger.error?.('onLogout failed.', { error: nameOf(error) })
  }
}
