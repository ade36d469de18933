export * from './base/public.ts'
export { ApiAuth, type AuthorizationRequired, type AuthorizationEnv } from './hono/api-auth.ts'
export { Auth, loginRequired, type Either, type LoginRequired, type LoginEnv } from './hono/auth.ts'
export { type GuardedHandler } from './hono/respond.ts'
