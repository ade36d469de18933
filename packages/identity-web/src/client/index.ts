export {
  addAccessToken,
  toAccessToken,
  toTokenResponse,
  type TokenResponse,
} from './token-response.ts'
export { adminConsentUrl, authorizationUrl, hasAdminConsent } from './provider-urls.ts'
export {
  apiProblems,
  createApis,
  type ApiDefinition,
  type ApiDefinitions,
  type Apis,
  type KnownApi,
} from './apis.ts'
export { callApi } from './call-api.ts'
export { claimsOf, type ClaimsChallenge } from './challenges.ts'
export { authenticationContextClaims, isClaimsRequest, mergeClaims } from './claims-request.ts'
export { createClientTokens, type ClientTokens } from './client-token.ts'
export type {
  AuthenticationMethod,
  CertificateCredential,
  ClientAssertion,
  ClientAssertionRequest,
  ClientCredential,
  FederatedTokenCredential,
  SecretMethod,
  SingleCredential,
} from './credential/client-credential.ts'
export {
  kubernetesAssertion,
  type KubernetesAssertionOptions,
} from './credential/workload-identity.ts'
export {
  managedIdentityAssertion,
  type ManagedIdentityAssertionOptions,
} from './credential/workload-identity.ts'
export type { OnCertificate } from './credential/client-credential.ts'
export { chosenSecretMethod, credentialProblems, methodFault } from './credential/problems.ts'
export { traitsOf, type ProviderTraits } from './provider-traits.ts'
export { isStepUp } from './step-up.ts'
export {
  createNamedApis,
  type CallNamedApi,
  type NamedApi,
  type NamedApis,
  type NamedApisSource,
} from './named-apis.ts'
export { createOAuthClient } from './create-oauth-client.ts'
export { loadRequests } from './load-requests.ts'
export type { ClientSettings, OAuthClient } from './oauth-client.ts'
export {
  includesAll,
  parseScopes,
  scopesOf,
  scopesOfFirstResource,
  scopesOfOneResource,
  scopesToCall,
  signInScopes,
  type ResourceScopes,
} from './scopes.ts'
export {
  requestTokens,
  tokenParameters,
  verifyTokenResponse,
  type SignIn,
} from './token-request.ts'
export { endSessionUrl } from './provider-urls.ts'
export {
  createUserTokens,
  type TokenLock,
  type TokenSession,
  type TokenState,
  type UserTokens,
} from './user-tokens.ts'
export { createUserAssertions, type UserAssertion, type UserAssertions } from './user-assertions.ts'
export { requestEndpoint } from './endpoint-request.ts'
export { fetchUserInfo, hasUserInfo } from './user-info.ts'
export { hintFor } from './load-requests.ts'
