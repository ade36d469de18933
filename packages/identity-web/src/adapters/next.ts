export { IdentityError, isIdentityError, type IdentityErrorCode } from '../errors.ts'
export type * from '../api/public-types.ts'
export type * from '../web/public-types.ts'
export {
  ApiAuth,
  type ApiHandlers,
  type AuthorizationHandler,
  type AuthorizationRequired,
} from './next/api-auth.ts'
export { Auth, type Either, type EitherHandler, type Handlers } from './next/auth.ts'
export {
  type ActionRequired,
  type Handler,
  type LoginHandler,
  type LoginRequired,
  type PageProps,
  type PageRequired,
  type RenderRequirement,
} from './next/login-required.ts'
export { type ProxyHandler, type ProxyOptions } from './next/proxy.ts'
export { type EitherContext, type EitherRequirement } from './base/session-or-bearer.ts'
