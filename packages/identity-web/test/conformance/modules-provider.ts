import * as judges from './judges.ts'
import type { ConformanceModule } from './module.ts'
import { signIn, signInAndRefresh, signInSilently, signInTwice } from './walks.ts'

const SIGNED_IN = { status: 200, isSignedIn: true }
const REJECTED = { status: 401, isSignedIn: false }

export const userInfoInvalidSub: ConformanceModule = {
  name: 'oidcc-client-test-userinfo-invalid-sub',
  checks: 'The application rejects a UserInfo response about another user.',
  script: { changeUserInfo: (claims) => ({ ...claims, sub: 'another-user' }) },
  walk: signIn,
  judge: judges.callsUserInfo,
  outcome: REJECTED,
}

export const scopeUserInfoClaims: ConformanceModule = {
  name: 'oidcc-client-test-scope-userinfo-claims',
  checks:
    'The application asks for claims with the scopes `profile` and `email`, and calls UserInfo.',
  walk: signIn,
  judge: judges.asksForClaims,
  outcome: SIGNED_IN,
}

export const clientSecretBasic: ConformanceModule = {
  name: 'oidcc-client-test-client-secret-basic',
  checks: 'The application authenticates with `client_secret_basic`.',
  script: { authenticationMethods: ['client_secret_basic'] },
  walk: signIn,
  judge: judges.callsUserInfo,
  outcome: SIGNED_IN,
}

export const userInfoBearerHeader: ConformanceModule = {
  name: 'oidcc-client-test-userinfo-bearer-header',
  checks: 'The application sends the access token to UserInfo in the header `Authorization`.',
  walk: signIn,
  judge: judges.callsUserInfo,
  outcome: SIGNED_IN,
}

export const userInfoSigned: ConformanceModule = {
  name: 'oidcc-client-test-userinfo-signed',
  checks: 'The application verifies a signed UserInfo response.',
  script: { signsUserInfo: true },
  walk: signIn,
  judge: judges.callsUserInfo,
  outcome: SIGNED_IN,
}

export const formPostError: ConformanceModule = {
  name: 'oidcc-client-test-form-post-error',
  checks:
    'The application shows an error of the provider that comes in a form post, after a sign-in with `prompt=none` and `max_age=0`.',
  script: { authorizationError: () => ({ error: 'login_required' }) },
  walk: signInSilently,
  judge: judges.asksForSilentFormPost,
  outcome: REJECTED,
}

export const discoveryConfig: ConformanceModule = {
  name: 'oidcc-client-test-discovery-openid-config',
  checks: 'The application uses the metadata of the provider.',
  walk: signIn,
  judge: judges.callsUserInfo,
  outcome: SIGNED_IN,
}

export const discoveryKeys: ConformanceModule = {
  name: 'oidcc-client-test-discovery-jwks-uri-keys',
  checks: 'The application reads the keys from the `jwks_uri` of the metadata.',
  script: { jwksPath: 'jwks-of-this-run' },
  walk: signIn,
  judge: judges.readsMetadataAndKeys,
  outcome: SIGNED_IN,
}

export const discoveryIssuerMismatch: ConformanceModule = {
  name: 'oidcc-client-test-discovery-issuer-mismatch',
  checks: 'The application does not send users to a provider whose metadata name another issuer.',
  script: { changeMetadata: (metadata) => ({ ...metadata, issuer: 'https://another.example/' }) },
  walk: signIn,
  judge: judges.stopsBeforeAuthorization,
  outcome: { status: 502, isSignedIn: false },
}

export const keyRotation: ConformanceModule = {
  name: 'oidcc-client-test-signing-key-rotation',
  checks:
    'The application reads the keys again after the provider has replaced them between two sign-ins.',
  script: { rotation: 'second-sign-in' },
  walk: signInTwice,
  judge: judges.readsKeysAgain,
  outcome: SIGNED_IN,
}

export const keyRotationBeforeSigning: ConformanceModule = {
  name: 'oidcc-client-test-signing-key-rotation-just-before-signing',
  checks:
    'The application accepts an ID token whose key the provider created just before it signed the token.',
  script: { rotation: 'before-signing' },
  walk: signIn,
  judge: judges.callsUserInfo,
  outcome: SIGNED_IN,
}

export const refreshToken: ConformanceModule = {
  name: 'oidcc-client-test-refresh-token',
  checks: 'The application refreshes the tokens, and calls UserInfo with the new access token.',
  script: { hasRefreshTokens: true },
  walk: signInAndRefresh,
  judge: judges.refreshes,
  outcome: SIGNED_IN,
}

const refreshWith = (claim: 'iss' | 'sub', value: string, name: string): ConformanceModule => ({
  name: `oidcc-client-test-refresh-token-invalid-${name}`,
  checks: `The application rejects a refreshed ID token with another \`${claim}\`.`,
  script: {
    hasRefreshTokens: true,
    changeIdToken: (claims, grantType) =>
      grantType === 'refresh_token' ? { ...claims, [claim]: value } : claims,
  },
  walk: signInAndRefresh,
  judge: judges.stopsAfterRefresh,
  outcome: REJECTED,
})

export const refreshInvalidIssuer = refreshWith('iss', 'https://another.example/', 'issuer')
export const refreshInvalidSub = refreshWith('sub', 'another-user', 'sub')
