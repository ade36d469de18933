export {
  addAccessToken,
  toAccessToken,
  toTokenResponse,
  type TokenResponse,
} from './token-response.ts'
export { adminConsentUrl, hasAdminConsent } from './admin-consent.ts'
export { authorizationUrl } from './authorization-request.ts'
export {
  apiProblems,
  createApis,
  type ApiDefinition,
  type ApiDefinitions,
  type Apis,
  type KnownApi,
} from './apis.ts'
export { callApi } from './call-api.ts'
export { claimsOf } from './challenges.ts'
export { authenticationContextClaims, isClaimsRequest, mergeClaims } from './claims-request.ts'
export { createClientTokens, type ClientTokens } from './client-token.ts'
export { redeemCode } from './code-grant.ts'
export {
  chosenSecretMethod,
  credentialProblems,
  kubernetesAssertion,
  managedIdentityAssertion,
  methodProblem,
  type AuthenticationMethod,
  type CertificateCredential,
  type ClientAssertion,
  type ClientAssertionRequest,
  type ClientCredential,
  type OnCertificate,
  type FederatedTokenCredential,
  type KubernetesAssertionOptions,
  type ManagedIdentityAssertionOptions,
  type SecretMethod,
  type SingleCredential,
} from './credential/index.ts'
export { traitsOf, type ProviderTraits } from './provider-traits.ts'
export { isStepUp } from './step-up-error.ts'
export {
  createNamedApis,
  type CallNamedApi,
  type NamedApi,
  type NamedApis,
  type NamedApisSource,
} from './named-apis.ts'
export { createOAuthClient, type ClientSettings, type OAuthClient } from './oauth-client.ts'
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
export { endSessionUrl } from './sign-out.ts'
export type {
  ClaimsChallenge,
  TokenLock,
  TokenSession,
  TokenState,
  UserTokens,
} from './token-session.ts'
export { createUserTokens } from './user-tokens.ts'
export { createUserAssertions, type UserAssertion, type UserAssertions } from './user-assertions.ts'
export { requestEndpoint } from './endpoint-request.ts'
export { fetchUserInfo, hasUserInfo } from './user-info.ts'
export { hintFor } from './hint-on-demand.ts'
