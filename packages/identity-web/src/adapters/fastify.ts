export { IdentityError, isIdentityError, type IdentityErrorCode } from '../errors.ts'
export type * from '../api/public-types.ts'
export type * from '../web/public-types.ts'
export { ApiAuth, type AuthorizationRequired } from './fastify/api-auth.ts'
export {
  Auth,
  loginRequired,
  type Either,
  type EitherRequired,
  type LoginRequired,
  type RequestAuth,
} from './fastify/auth.ts'
export {
  type GuardedHandler,
  type GuardHook,
  type RouteHandler,
  type Wrapper,
} from './fastify/handlers.ts'
export { type App, type Plugin } from './fastify/plugin.ts'
export { type EitherContext, type EitherRequirement } from './base/session-or-bearer.ts'
