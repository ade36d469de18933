export { createExtendedApi, createWebApi, type ApiExtension } from './create-web-api.ts'
export type { ApiServices } from './create-services.ts'
export type { CallerToken } from './guard/connection.ts'
export type { AuthorizationGuard } from './guard/guard.ts'
export { checkAuthorization } from './guard/authorize.ts'
export {
  isConsentMissing,
  recordScopes,
  toConsentMessage,
  toDescription,
} from './guard/bearer-responses.ts'
export * from './guard/requirement.ts'
export { publishedDocument } from './metadata.ts'
export type * from './public-types.ts'
export { recordCaller } from './token/rules.ts'
export type { ApiRoute, WebApi } from './web-api.ts'
