// The entry point for Nest.
export { ApiAuth, Auth, McpAuth } from './classes.ts'
export * from '../base/public.ts'
export type * from '../base/mcp.ts'
export { type PlatformRequest, type PlatformResponse } from './request-state.ts'
export {
  AuthorizationRequired,
  EitherRequired,
  LoginRequired,
  McpRequired,
  Public,
  type RouteDecorator,
} from './decorators.ts'
export { ApiGuard, EitherGuard, LoginGuard, McpGuard } from './guards.ts'
export {
  IdentityModule,
  type IdentityModuleAsyncOptions,
  type IdentityModuleOptions,
  type IdentityModuleScope,
  type IdentityOptionsFactory,
} from './module.ts'
export {
  AccessToken,
  CurrentUser,
  IdentityContext,
  type GuardedRequest,
  type ParameterOf,
} from './parameters.ts'
