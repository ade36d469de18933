export * from './base/public.ts'
export { ApiAuth } from './azure-functions/api-auth.ts'
export { Auth, type Either } from './azure-functions/auth.ts'
export {
  type FunctionResponse,
  type GuardedHandler,
  type Handler,
} from './azure-functions/respond.ts'
export { toHttpResponseInit } from './azure-functions/response.ts'
