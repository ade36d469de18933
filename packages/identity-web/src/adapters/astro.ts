export * from './base/public.ts'
export { ApiAuth, type AuthorizationRequired } from './astro/api-auth.ts'
export { type IdentityLocals } from './base/visitors.ts'
export { Auth, type Either, type GuardedHandler } from './astro/auth.ts'
export { type AstroContext, type Variables } from './astro/context.ts'
export {
  type ActionRequired,
  type LoginRequired,
  type PageRequired,
} from './astro/login-required.ts'
export { type OnRequest } from './astro/middleware.ts'
