// oxlint-disable-next-line import/no-default-export -- Nuxt loads the default export of a module
export { identityModule as default, type Nuxt, type NuxtModuleOptions } from './module.ts'
