export { setAccepted } from './guard/accepted.ts'
export { getGroups, hasGroup, hasRole } from './guard/groups.ts'
export { hasGroupsOverage } from '../settings/group-lookup.ts'
export { replaceCookies, withSetCookies, withoutCookies } from '../session/index.ts'
export type * from './public-types.ts'
export type { Environment } from '../settings/provider-options.ts'
export { startError } from '#start-error'
export {
  assertRequirement,
  type RequiredClaims,
  type RequiredNames,
} from '../settings/requirement-values.ts'
export type { AuthenticateOptions } from './guard/connection.ts'
export { checkLoginRequirement } from './guard/requirement.ts'
export { createWebAuth, missingApp, missingAuth } from './create-web-auth.ts'
export type { ProxiedBody, ProxiedRequest, ProxyReply } from './http/proxied.ts'
export type { BodyFailure, WireRequest, Route } from './http/routes.ts'
export { ProxyTable } from './options/proxy-table.ts'
export { resolveProxy } from './options/resolve-proxy.ts'
export type { Connection, WebAuth } from './web-auth.ts'
