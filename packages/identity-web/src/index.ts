// The entry point `identity-web`: errors, events and types.
export {
  kubernetesAssertion,
  managedIdentityAssertion,
  type ClientAssertion,
  type ClientCredential,
} from './client/index.ts'
export {
  AccessDenied,
  IdentityError,
  type AnyIdentityError,
  type ErrorReason,
  type IdentityErrorCode,
} from './errors.ts'
// A star, because TypeScript does not merge a declaration of the application into an alias.
export type * from './register.ts'
export type { SessionStore, StoreLock } from './store.ts'
export { fromExpressStore } from './stores/express-store.ts'
export { memoryStore } from './stores/memory-store.ts'
export { getGroups, hasGroup, hasGroupsOverage, hasRole } from './web/index.ts'
