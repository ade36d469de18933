export * from './base/public.ts'
export type * from './base/mcp.ts'
export { ApiAuth, type ApiHandlers, type AuthorizationRequired } from './next/api-auth.ts'
export { McpAuth, type McpHandlers, type McpRequired } from './next/mcp-auth.ts'
export { Auth, type Either, type Handlers } from './next/auth.ts'
export {
  type ActionRequired,
  type GuardedHandler,
  type Handler,
  type LoginRequired,
  type PageProps,
  type PageRequired,
  type RenderRequirement,
} from './next/login-required.ts'
export { type ProxyHandler, type ProxyOptions } from './next/proxy.ts'
