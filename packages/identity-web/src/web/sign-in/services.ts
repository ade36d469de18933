// The services that complete a sign-in.
import type { WayTypes } from '../../seams/sign-in-way.ts'
import type { RouteRequest } from '../http/routes.ts'
import type { HttpServices } from '../http/services.ts'
import type { SignInStart } from '../runtime/transaction.ts'
import type { UserServices } from '../users/services.ts'
import type { LoginParameters } from './login-parameters.ts'
import type { ReportMissingRefreshToken } from './missing-refresh-token.ts'

/** The services that complete a sign-in. Its start needs only {@link HttpServices}. */
export interface SignInServices<User> extends HttpServices, UserServices<User> {
  readonly loginParameters: LoginParameters
  readonly reportMissingRefreshToken: ReportMissingRefreshToken
}

/** The types with which the login route calls a way to sign in. */
export interface WayCall extends WayTypes {
  readonly services: SignInServices<any>
  readonly request: RouteRequest
  readonly start: SignInStart
}
