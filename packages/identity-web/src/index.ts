export {
  kubernetesAssertion,
  managedIdentityAssertion,
  type CertificateCredential,
  type ClientAssertion,
  type ClientAssertionRequest,
  type ClientCredential,
  type FederatedTokenCredential,
  type KubernetesAssertionOptions,
  type ManagedIdentityAssertionOptions,
  type SingleCredential,
} from './client/index.ts'
export {
  AccessDenied,
  IdentityError,
  type AccessDeniedDetails,
  type AnyIdentityError,
  type ClaimsRequest,
  type ErrorReason,
  type IdentityErrorCode,
  type IdentityErrorDetails,
  type IdentityErrorStatus,
} from './errors.ts'
// A star, because TypeScript does not merge a declaration of the application into an alias.
export type * from './register.ts'
export type { SessionStore, StoreLock, TokenStore } from './store.ts'
export {
  fromExpressStore,
  type ExpressSession,
  type ExpressSessionStore,
} from './stores/express-store.ts'
export { memoryStore } from './stores/memory-store.ts'
export {
  getGroups,
  hasGroup,
  hasGroupsOverage,
  hasRole,
  type ClaimsContext,
  type GroupsContext,
  type GroupsOptions,
} from './web/index.ts'
