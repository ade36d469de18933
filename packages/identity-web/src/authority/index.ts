// Providers: their documents, keys and tokens.
export type { Authority, AuthorityKind, TenantPolicy } from './authority.ts'
export {
  graphBaseUrl,
  isMicrosoftHost,
  isLoopbackUrl,
  isPlainUrl,
  isSecureUrl,
} from './authority.ts'
export { b2cUrl, type B2cOptions } from './b2c.ts'
export { requestProvider } from './provider-documents.ts'
export * from './transport.ts'
export * from './issuer.ts'
export * from './issuing-authority.ts'
export { isSameKey, type ProviderKey } from './keys.ts'
export * from './token-claims.ts'
export type { ProviderMetadata } from './metadata.ts'
export { oidcAuthority, microsoftAuthority } from './recognize.ts'
export * from './verify-id-token.ts'
export { verifyUserInfo, type UserInfoClaims } from './verify-user-info.ts'
export { LOGOUT_TOKEN_AGE, verifyLogoutToken, type LogoutToken } from './verify-logout-token.ts'
export { decodeToken, verifySignature, type TokenParts } from './signed-token.ts'
