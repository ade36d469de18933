export { IdentityError, isIdentityError, type IdentityErrorCode } from '../errors.ts'
export type * from '../api/public-types.ts'
export type * from '../web/public-types.ts'
export { ApiAuth } from './nestjs/api-auth.ts'
export { Auth } from './nestjs/auth.ts'
export { type PlatformRequest, type PlatformResponse } from './nestjs/connection.ts'
export {
  AuthorizationRequired,
  EitherRequired,
  LoginRequired,
  Public,
  type RouteDecorator,
} from './nestjs/decorators.ts'
export { ApiGuard, EitherGuard, LoginGuard } from './nestjs/guards.ts'
export {
  IdentityModule,
  type IdentityModuleAsyncOptions,
  type IdentityModuleOptions,
  type IdentityModuleScope,
  type IdentityOptionsFactory,
} from './nestjs/module.ts'
export {
  AccessToken,
  CurrentUser,
  IdentityContext,
  type GuardedRequest,
} from './nestjs/parameters.ts'
export { type EitherContext, type EitherRequirement } from './base/session-or-bearer.ts'
