export { IdentityError, isIdentityError, type IdentityErrorCode } from '../errors.ts'
export type * from '../api/public-types.ts'
export type * from '../web/public-types.ts'
export {
  ApiAuth,
  type AuthorizationHandler,
  type AuthorizationRequired,
} from './express/api-auth.ts'
export {
  Auth,
  type Either,
  type EitherHandler,
  loginRequired,
  type LoginHandler,
  type LoginRequired,
  type RequestAuth,
} from './express/auth.ts'
export { type EitherContext, type EitherRequirement } from './base/session-or-bearer.ts'
