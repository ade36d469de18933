export * from './base/public.ts'
export type * from './base/mcp.ts'
export { ApiAuth, type AuthorizationRequired, type AuthorizationState } from './koa/api-auth.ts'
export { McpAuth } from './koa/mcp-auth.ts'
export {
  Auth,
  loginRequired,
  type Either,
  type LoginRequired,
  type LoginState,
} from './koa/auth.ts'
export { type App, type GuardedHandler } from './koa/respond.ts'
