export { createWebApi } from './create-web-api.ts'
export { checkAuthorizationRequirement } from './guard/requirement.ts'
export type * from './public-types.ts'
export type { WebApi } from './web-api.ts'
