export {
  getGroups,
  hasGroup,
  hasGroupsOverage,
  hasRole,
  type ClaimsContext,
  type GroupsContext,
  type GroupsOptions,
} from './guard/groups.ts'
export type * from './public-types.ts'
export type { Environment } from '../settings/provider-options.ts'
export { createWebAuth, missingApp } from './create-web-auth.ts'
export type { Route } from './http/routes.ts'
export type { Connection, WebAuth } from './web-auth.ts'
