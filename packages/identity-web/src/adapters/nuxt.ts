export * from './base/public.ts'
export { ApiAuth, type AuthorizationRequired } from './nuxt/api-auth.ts'
export {
  Auth,
  type Either,
  type GuardedHandler,
  type LoginRequired,
  type NuxtAuthOptions,
} from './nuxt/auth.ts'
// oxlint-disable-next-line import/no-default-export -- Nuxt loads the default export of a module
export { identityModule as default, type Nuxt, type NuxtModuleOptions } from './nuxt/module.ts'
export { type DefaultPageUser, type PageIdentity, type PageUserOf } from './nuxt/page-user.ts'
export { type PageRequirement } from './nuxt/page-request.ts'
