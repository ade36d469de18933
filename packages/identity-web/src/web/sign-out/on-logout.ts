import type { Session } from '../../session/index.ts'
import { toUser } from '../guard/context.ts'
import type { WebRuntime } from '../runtime/runtime.ts'

/** Tells the application that a user signs out. What it does about that must not keep anybody signed in. */
export async function tellOfLogout<User>(
  { options }: WebRuntime<User>,
  session: Session,
): Promise<void> {
  try {
    await options.onLogout?.(toUser<User>(session))
  } catch (error) {
    options.logger.error?.('onLogout failed.', {
      error: error instanceof Error ? error.name : typeof error,
    })
  }
}
