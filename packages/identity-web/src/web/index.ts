// Sign-in for web applications.
export { setAccepted } from './http/cross-site.ts'
export { getGroups, hasGroup, hasRole } from './guard/groups.ts'
export { hasGroupsOverage } from '../client/group-lookup.ts'
export { replaceCookies, toDeletion, withSetCookies, withoutCookies } from '../session/index.ts'
export type * from './public-types.ts'
export type { Environment } from '../host-traits.ts'
export { startError } from '#start-error'
export {
  copyRequirement,
  type RequiredClaims,
  type RequiredNames,
} from '../options/requirements.ts'
export type { AuthenticateOptions } from './guard/connection.ts'
export { checkLoginRequirement, LOGIN_OPTIONS } from './guard/requirement.ts'
export { createWebAuth, missingApp, missingAuth } from './create-web-auth.ts'
export type { ForwardBody, ForwardRequest, ForwardReply } from './http/forward.ts'
export type { BodyFailure, WireRequest, Route } from './http/routes.ts'
export { ForwardTable } from './http/forward-table.ts'
export { resolveForward } from '../options/resolve-forward.ts'
export { START_SIGN_IN } from '../seams/sign-in-way.ts'
export type { Connection, WebAuth } from './web-auth.ts'
