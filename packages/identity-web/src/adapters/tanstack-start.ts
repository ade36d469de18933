export * from './base/public.ts'
export { ApiAuth } from './tanstack-start/api-auth.ts'
export { Auth } from './tanstack-start/auth.ts'
export {
  type AuthorizationRequired,
  type Either,
  type FunctionMiddleware,
  type FunctionMiddlewareArgs,
  type GuardedHandler,
  type LoginRequired,
  type RequestMiddleware,
  type RequestMiddlewareArgs,
  type RouteArgs,
} from './tanstack-start/guards.ts'
