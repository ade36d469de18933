export * from './base/public.ts'
export {
  ApiAuth,
  type AuthorizationHandler,
  type AuthorizationRequired,
} from './express/api-auth.ts'
export {
  Auth,
  type Either,
  type EitherHandler,
  loginRequired,
  type LoginHandler,
  type LoginRequired,
} from './express/auth.ts'
