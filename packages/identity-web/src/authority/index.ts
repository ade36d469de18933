export type { Authority, AuthorityKind } from './authority.ts'
export { b2cUrl, type B2cOptions } from './b2c.ts'
export { parseObject, requestProvider, type Transport } from './fetch-document.ts'
export { isSecureUrl } from './hosts.ts'
export {
  assertKeyIssuer,
  assertPolicy,
  assertTenant,
  assertResponseIssuer,
  expectedIssuer,
  type IssuerClaims,
} from './issuer.ts'
export {
  createIssuingAuthority,
  type IssuingAuthority,
  type SigningHeader,
} from './issuing-authority.ts'
export type { ProviderMetadata } from './metadata.ts'
export { oidcAuthority, microsoftAuthority } from './recognize.ts'
export { CONSUMERS_TENANT, isGuid, isMetaTenant, type TenantPolicy } from './tenants.ts'
export {
  isSameSubject,
  verifyIdToken,
  type TokenUser,
  type VerifiedClaims,
} from './verify-id-token.ts'
export { rejectionOf, type TokenRejection } from './token-rejection.ts'
export { assertTimes, CLOCK_TOLERANCE_SECONDS, isWithin } from './token-times.ts'
export { LOGOUT_TOKEN_AGE, verifyLogoutToken, type LogoutToken } from './verify-logout-token.ts'
export { verifySignature } from './verify-signature.ts'
