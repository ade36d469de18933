import type { BrowserOptions } from '../../options/auth-options.ts'
import type { GuardServices } from '../guard/services.ts'

/** The services of the session for scripts. */
export interface BrowserSessionServices<User> extends GuardServices {
  /** The option `browser`. Not set if the application does not have the session endpoint. */
  readonly browser: BrowserOptions<User> | undefined
}
