export * from './base/public.ts'
export type * from './base/mcp.ts'
export { ApiAuth } from './nestjs/api-auth.ts'
export { Auth } from './nestjs/auth.ts'
export { type PlatformRequest, type PlatformResponse } from './nestjs/connection.ts'
export {
  AuthorizationRequired,
  EitherRequired,
  LoginRequired,
  McpRequired,
  Public,
  type RouteDecorator,
} from './nestjs/decorators.ts'
export { McpAuth } from './nestjs/mcp-auth.ts'
export { ApiGuard, EitherGuard, LoginGuard, McpGuard } from './nestjs/guards.ts'
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
  type ParameterOf,
} from './nestjs/parameters.ts'
