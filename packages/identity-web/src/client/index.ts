export { addAccessToken, toAccessToken } from './access-token.ts'
export { authorizationUrl, signInScopes } from './authorization-request.ts'
export { createClientTokens, type ClientTokens } from './client-token.ts'
export { redeemCode, type SignIn } from './code-grant.ts'
export { hasPrefixedScopes, type OAuthClient } from './oauth-client.ts'
export { includesAll, parseScopes, scopesOfOneResource, type ResourceScopes } from './scopes.ts'
export { endSessionUrl } from './sign-out.ts'
export {
  createUserTokens,
  type TokenHolder,
  type TokenState,
  type UserTokens,
} from './user-tokens.ts'
