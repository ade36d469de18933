export * from './base/public.ts'
export type * from './base/mcp.ts'
export { ApiAuth, type AuthorizationRequired } from './fetch/api-auth.ts'
export { McpAuth, type McpRequired } from './fetch/mcp-auth.ts'
export {
  Auth,
  type Either,
  type GuardedHandler,
  type Handler,
  type LoginRequired,
} from './fetch/auth.ts'
