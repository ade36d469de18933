export { createWebApi } from './create-web-api.ts'
export type * from './public-types.ts'
export type { WebApi } from './web-api.ts'
export { hasBearer } from './token/bearer.ts'
