// Everything that loadRequests() loads. These modules import each other and openid-client statically.
export { readTextFile } from '#key-material'
export { redeemCode, refreshTokens, requestAppToken, requestOnBehalfOf } from './grants.ts'
export { createClientTokens } from './client-token.ts'
export { createClientAuthentication } from './credential/client-authentication.ts'
export { operatorHint } from './hints/operator-hints.ts'
export { providerError, withHint } from './provider-error.ts'
export { fetchUserInfo } from './user-info.ts'
