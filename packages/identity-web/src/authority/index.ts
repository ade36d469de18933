export type { Authority, AuthorityKind, TenantPolicy } from './authority.ts'
export { b2cUrl, type B2cOptions } from './b2c.ts'
export { requestProvider } from './provider-documents.ts'
export {
  notFromProvider,
  parseObject,
  parseProviderObject,
  retryAfterSeconds,
  type ProviderResponse,
  type Transport,
} from './transport.ts'
export { graphBaseUrl, isLoopbackUrl, isSecureUrl } from './authority.ts'
export {
  assertKeyIssuer,
  assertPolicy,
  assertTenant,
  assertResponseIssuer,
  isIssuer,
  CONSUMERS_TENANT,
  expectedIssuer,
  isGuid,
  isMetaTenant,
  type IssuerClaims,
} from './issuer.ts'
export {
  createIssuingAuthority,
  type IssuingAuthority,
  type SigningHeader,
} from './issuing-authority.ts'
export { isSameKey, type ProviderKey } from './keys.ts'
export {
  hasUserClaim,
  lacksUser,
  rejectionOf,
  type TokenRejection,
  assertTimes,
  CLOCK_TOLERANCE_SECONDS,
  isWithin,
  MAX_CLOCK_TOLERANCE_SECONDS,
  type Clock,
} from './token-claims.ts'
export type { ProviderMetadata } from './metadata.ts'
export { oidcAuthority, microsoftAuthority } from './recognize.ts'
export {
  isSameSubject,
  verifyIdToken,
  type TokenUser,
  type VerifiedClaims,
} from './verify-id-token.ts'
export { verifyUserInfo, type UserInfoClaims } from './verify-user-info.ts'
export { LOGOUT_TOKEN_AGE, verifyLogoutToken, type LogoutToken } from './verify-logout-token.ts'
export { decodeToken, verifySignature, type TokenParts } from './signed-token.ts'
