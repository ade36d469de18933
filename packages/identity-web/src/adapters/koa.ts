export { IdentityError, isIdentityError, type IdentityErrorCode } from '../errors.ts'
export type * from '../api/public-types.ts'
export type * from '../web/public-types.ts'
export { ApiAuth, type AuthorizationRequired, type AuthorizationState } from './koa/api-auth.ts'
export {
  Auth,
  loginRequired,
  type Either,
  type LoginRequired,
  type LoginState,
} from './koa/auth.ts'
export { type App, type GuardedHandler } from './koa/respond.ts'
export { type EitherContext, type EitherRequirement } from './base/session-or-bearer.ts'
