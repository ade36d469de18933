export { IdentityError, isIdentityError, type IdentityErrorCode } from '../errors.ts'
export type * from '../api/public-types.ts'
export type * from '../web/public-types.ts'
export {
  ApiAuth,
  type AuthorizationRequired,
  type AuthorizationVariables,
} from './hono/api-auth.ts'
export { Auth, loginRequired, type LoginRequired, type LoginVariables } from './hono/auth.ts'
export { type Either } from './hono/either.ts'
export { type GuardedHandler } from './hono/respond.ts'
export { type EitherContext, type EitherRequirement } from './base/either.ts'
