export * from './base/public.ts'
export { ApiAuth, type AuthorizationRequired } from './express/api-auth.ts'
export { Auth, loginRequired, type Either, type LoginRequired } from './express/auth.ts'
export { type App, type GuardedHandler } from './express/respond.ts'
