export * from './base/public.ts'
export { ApiAuth } from './h3/api-auth.ts'
export {
  Auth,
  type Either,
  type GuardedHandler,
  type H3AuthOptions,
  type MiddlewareRequirement,
} from './h3/auth.ts'
export { type PageRequirement } from './h3/page-request.ts'
export { type DefaultPageUser, type PageIdentity, type PageUserOf } from './h3/page-user.ts'
