export * from './base/public.ts'
export { ApiAuth, type AuthorizationRequired } from './fetch/api-auth.ts'
export {
  Auth,
  type Either,
  type GuardedHandler,
  type Handler,
  type LoginRequired,
} from './fetch/auth.ts'
