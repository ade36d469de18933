// The services of the application's functions.
import type { UserHooks } from '../../options/user-hooks.ts'
import type { AppServices } from '../runtime/services.ts'

/** The services that call the application's functions about users. */
export interface UserServices<User> extends AppServices {
  readonly hooks: UserHooks<User>
}
