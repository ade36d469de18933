import type { TenantConfig } from '../config/config.js'
import { toB2cError, toB2cErrorBody } from './b2c-errors.js'
import { formatB2cScope, noTarget, parseB2cScopes } from './b2c-scopes.js'
import {
  b2cAccessTokenClaims,
  b2cIdTokenClaims,
  shapeB2cTokens,
  type PolicyClaim,
} from './b2c-tokens.js'
import type { ProfileSettings } from './entra-profile.js'
import type { Endpoints, IssuerProfile, Journey } from './issuer-profile.js'
import type { PublishedKey } from './key-ring.js'
import { commonMetadata } from './common-metadata.js'
import { defaultTraits } from './default-traits.js'

/** One policy of an Azure AD B2C tenant at one of its paths. */
export interface B2cPolicy {
  readonly tenant: TenantConfig
  /** The name of the policy as in the Azure portal, for example `B2C_1_susi`. */
  readonly name: string
  readonly journey: Journey
  /**
   * The path before the policy. It is `{domain}` or `{guid}`, with or without the prefix `tfp/`.
   */
  readonly path: string
}

// The time in `nbf` of the key document. The exact value does not matter.
const KEY_NOT_BEFORE = 1_493_763_266

/**
 * Creates the profile of a policy. All policies of a tenant share the issuer, the keys and the
 * session, but not codes or refresh tokens.
 */
export function createB2cProfile(settings: ProfileSettings, policy: B2cPolicy): IssuerProfile {
  const { origin, config, behaviour } = settings
  const id = policy.tenant.id.toLowerCase()
  const policyPath = policy.name.toLowerCase()
  const key = `${id}/${policyPath}`
  const endpoints = b2cEndpoints(`${origin}/${policy.path}/${policyPath}`, 'v2.0/')
  const endpointsV1 = b2cEndpoints(`${origin}/${policy.path}/${policyPath}`, '')
  const issuer = (): string =>
    behaviour().b2cIssuer === 'tfp' ? `${origin}/tfp/${key}/v2.0/` : `${origin}/${id}/v2.0/`
  const policyClaim = (): PolicyClaim =>
    behaviour().b2cPolicyClaim === 'acr' ? { acr: policyPath } : { tfp: policy.name }
  return {
    ...defaultTraits,
    kind: 'b2c',
    key,
    title: policy.tenant.name,
    // Getters, because both switches can change while the provider runs.
    get issuer() {
      return issuer()
    },
    endpoints,
    get metadata() {
      return b2cMetadata(issuer(), endpoints, Object.keys(policyClaim()))
    },
    get v1() {
      const metadata = b2cMetadata(issuer(), endpointsV1, Object.keys(policyClaim()))
      return { metadata, toJwk }
    },
    appTenantId: id,
    sendsIss: false,
    sessionRealm: id,
    refreshRealm: key,
    journey: policy.journey,
    hasCustomerAccounts: true,
    // An administrator grants permissions for all users in the Azure portal.
    asksConsent: false,
    tenantAccountOf: (user) =>
      user.tenant.toLowerCase() === id
        ? { user, tenantId: id, oid: user.oid, isGuest: false }
        : undefined,
    issuerOf: issuer,
    subjectOf: (tenantAccount) => tenantAccount.oid,
    homeAccount: (user) => ({ uid: `${user.oid}-${policyPath}`, utid: id }),
    toJwk,
    parseScopes: (scopeParam, app) => parseB2cScopes(scopeParam, config, app),
    defaultTarget: noTarget,
    formatScope: formatB2cScope,
    idTokenClaims: (subject) => b2cIdTokenClaims(subject, policyClaim()),
    accessTokenClaims: (subject, grant) => b2cAccessTokenClaims(subject, grant, policyClaim()),
    shapeTokens: shapeB2cTokens,
    translateError: toB2cError,
    errorBody: toB2cErrorBody,
  }
}

function toJwk({ key: { publicJwk, kid } }: PublishedKey): JsonWebKey & Record<string, unknown> {
  return { kid, nbf: KEY_NOT_BEFORE, use: 'sig', ...publicJwk }
}

/** Returns the endpoints. Azure AD B2C also has them without the version in the path. */
function b2cEndpoints(authority: string, version: 'v2.0/' | ''): Endpoints {
  return {
    authorization: `${authority}/oauth2/${version}authorize`,
    token: `${authority}/oauth2/${version}token`,
    endSession: `${authority}/oauth2/${version}logout`,
    jwks: `${authority}/discovery/${version}keys`,
  }
}

/**
 * Returns the metadata as Azure AD B2C sends it. It does not contain PKCE or userinfo, and `openid`
 * is the only scope.
 */
function b2cMetadata(
  issuer: string,
  endpoints: Endpoints,
  policyClaims: readonly string[],
): Record<string, unknown> {
  return {
    ...commonMetadata(issuer, endpoints),
    response_types_supported: [
      'code',
      'code id_token',
      'code token',
      'code id_token token',
      'id_token',
      'id_token token',
      'token',
      'token id_token',
    ],
    scopes_supported: ['openid'],
    token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
    claims_supported: [
      ...policyClaims,
      ...'name emails oid sub iss iat exp aud nonce auth_time'.split(' '),
    ],
  }
}
