// The exports that all entry points have in common.

export {
  IdentityError,
  type AnyIdentityError,
  type ClaimsRequest,
  type IdentityErrorCode,
  type IdentityErrorStatus,
} from '../../errors.ts'
export { type AuthenticateWith } from './auth.ts'
export { type ApiErrorScopes, type AuthenticateCaller } from './api-auth.ts'
export { type AnyRequest, type IncomingRequest } from './any-request.ts'
export { type CookieTarget, type OutgoingResponse } from './detached.ts'
export type * from '../../api/public-types.ts'
export type * from '../../web/public-types.ts'
export { type EitherContext, type EitherRequirement } from './session-or-bearer.ts'
