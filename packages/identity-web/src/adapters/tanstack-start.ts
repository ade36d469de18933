export * from './base/public.ts'
export type { EventFunction, GuardedEventFunction } from './base/event-guards.ts'
export { ApiAuth } from './tanstack-start/api-auth.ts'
export { Auth } from './tanstack-start/auth.ts'
export {
  type AuthorizationRequired,
  type Either,
  type FunctionMiddleware,
  type LoginRequired,
  type RequestMiddleware,
  type RouteArgs,
} from './tanstack-start/guards.ts'
