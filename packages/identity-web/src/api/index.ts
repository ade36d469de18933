export { createExtendedApi, createWebApi, type ApiExtension } from './create-web-api.ts'
export type { ApiServices } from './create-services.ts'
export type { CallerToken } from './guard/connection.ts'
export type { AuthorizationGuard } from './guard/guard.ts'
export { checkAuthorization } from './guard/authorize.ts'
export { recordScopes, toDescription } from './guard/bearer-responses.ts'
export { isConsentMissing } from './guard/client-error.ts'
export {
  checkAuthorizationRequirement,
  toRequirement,
  type Requirement,
} from './guard/requirement.ts'
export { publishedDocument } from './metadata.ts'
export type * from './public-types.ts'
export type { ApiRoute, WebApi } from './web-api.ts'
