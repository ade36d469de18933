// The application as a client of its provider.
export * from './token-response.ts'
export {
  adminConsentUrl,
  authorizationUrl,
  hasAdminConsent,
  endSessionUrl,
} from './provider-urls.ts'
export * from './apis.ts'
export { callApi } from './call-api.ts'
export { claimsOf, type ClaimsChallenge } from './challenges.ts'
export { authenticationContextClaims, claimsFromOutside, mergeClaims } from './claims-request.ts'
export type * from './credential/client-credential.ts'
export { secretOf } from './credential/client-credential.ts'
export * from './credential/workload-identity.ts'
export * from './credential/problems.ts'
export { traitsOf, type ProviderTraits } from './provider-traits.ts'
export { isStepUp } from './step-up.ts'
export * from './named-apis.ts'
export { createOAuthClient } from './create-oauth-client.ts'
export { applicationTokens, loadRequests, hintFor } from './load-requests.ts'
export type { ClientSettings, OAuthClient } from './oauth-client.ts'
export * from './scopes.ts'
export * from './token-request.ts'
export * from './user-tokens.ts'
export type * from './session-refresh.ts'
export * from './token-cache.ts'
export type * from './token-source.ts'
export { createUserAssertions, type UserAssertion, type UserAssertions } from './user-assertions.ts'
export { requestEndpoint } from './endpoint-request.ts'
export { fetchUserInfo, hasUserInfo } from './user-info.ts'
