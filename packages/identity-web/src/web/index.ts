export type { Exchange } from './exchange.ts'
export type * from './public-types.ts'
export { createWebAuth, missingApp, type Guard, type WebAuth } from './web-auth.ts'
