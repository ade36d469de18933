// The services of sign-outs.
import type { HttpServices } from '../http/services.ts'
import type { UserServices } from '../users/services.ts'
import type { SignOutStates } from './after-sign-out.ts'

/** The services of sign-outs that a browser requests. The provider's requests need only {@link UserServices}. */
export interface SignOutServices<User> extends HttpServices, UserServices<User> {
  readonly signOutStates: SignOutStates
}
