export { ApiAuth, type AuthorizationHandler, type AuthorizationRequired } from './fetch/api-auth.ts'
export {
  Auth,
  type Either,
  type EitherHandler,
  type Handler,
  type LoginHandler,
  type LoginRequired,
} from './fetch/auth.ts'
export { IdentityError, isIdentityError, type IdentityErrorCode } from '../errors.ts'
export type * from '../api/public-types.ts'
export type * from '../web/public-types.ts'
export { type EitherContext, type EitherRequirement } from './base/session-or-bearer.ts'
