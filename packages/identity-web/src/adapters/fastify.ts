export * from './base/public.ts'
export type * from './base/mcp.ts'
export { ApiAuth, type AuthorizationRequired } from './fastify/api-auth.ts'
export { McpAuth, type McpRequired } from './fastify/mcp-auth.ts'
export {
  Auth,
  loginRequired,
  type Either,
  type EitherRequired,
  type LoginRequired,
} from './fastify/auth.ts'
export { type GuardedHandler, type GuardHook, type RouteHandler } from './fastify/handlers.ts'
export { type App } from './fastify/plugin.ts'
