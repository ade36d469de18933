export * from './base/public.ts'
export type { EventFunction, GuardedEventFunction } from './base/event-guards.ts'
export { ApiAuth } from './react-router/api-auth.ts'
export { Auth } from './react-router/auth.ts'
export {
  type AuthorizationRequired,
  type Either,
  type HandlerArgs,
  type LoginRequired,
  type Middleware,
  type RouteArgs,
} from './react-router/guards.ts'
