import type { PageFrames } from '../http/pages/frame.ts'
import type { RouteRequest } from '../http/routes.ts'
import type { WayTypes } from '../../seams/sign-in-way.ts'
import type { SignInStart } from '../runtime/transaction.ts'
import type { FinishSignInServices } from './finish-sign-in.ts'
import type { RestartServices } from './restart-sign-in.ts'

/** The services that a way to sign in gets. */
export interface WayServices<User> extends FinishSignInServices<User>, RestartServices {
  readonly frames: PageFrames
  /** Milliseconds since 1970. */
  readonly clock: () => number
}

/** The types with which the login route calls a way to sign in. */
export interface WayCall extends WayTypes {
  readonly services: WayServices<any>
  readonly request: RouteRequest
  readonly start: SignInStart
}
