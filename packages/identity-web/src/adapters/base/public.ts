// The exports that all entry points have in common.

export {
  AccessDenied,
  IdentityError,
  type AccessDeniedDetails,
  type AnyIdentityError,
  type ClaimsRequest,
  type ErrorReason,
  type IdentityErrorCode,
  type IdentityErrorStatus,
} from '../../errors.ts'
export type * from '../../api/public-types.ts'
export type * from '../../web/public-types.ts'
export { type EitherContext, type EitherRequirement } from './session-or-bearer.ts'
