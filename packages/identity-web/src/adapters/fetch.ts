export * from './base/public.ts'
export { ApiAuth, type AuthorizationHandler, type AuthorizationRequired } from './fetch/api-auth.ts'
export {
  Auth,
  type Either,
  type EitherHandler,
  type Handler,
  type LoginHandler,
  type LoginRequired,
} from './fetch/auth.ts'
