import type { AppConfig, DevProviderConfig, TenantConfig } from '../config/config.js'
import { OAuthError } from '../protocol/oauth-error.js'
import type { ProfileSettings } from './entra-profile.js'
import type { AppSubject, Endpoints, Grant, IssuerProfile, Subject } from './issuer-profile.js'
import { commonMetadata } from './common-metadata.js'
import { defaultTraits } from './default-traits.js'
import { findResource, fullName } from './resources.js'
import { describeApis } from './scope-remedies.js'
import { collectScopes, type ScopeRequest, type ScopeTarget } from './scope-request.js'

/** The audience of AD FS access tokens when the request does not name an API. */
export const ADFS_USERINFO = 'urn:microsoft:userinfo'

// The default of AD FS for a device that is not registered (eight hours).
const REFRESH_SECONDS = 8 * 3600

const ADFS_IDENTITY_SCOPES: ReadonlySet<string> = new Set([
  'openid',
  'profile',
  'email',
  'allatclaims',
  'offline_access',
])

/** Creates the profile of AD FS 2019 at `/adfs`, with the users of one tenant. */
export function createAdfsProfile(
  { origin, config }: ProfileSettings,
  tenant: TenantConfig,
): IssuerProfile {
  const issuer = `${origin}/adfs`
  // The issuer of access tokens is a different URL, which always starts with http.
  const accessTokenIssuer = `${issuer.replace(/^https:/, 'http:')}/services/trust`
  const id = tenant.id.toLowerCase()
  const endpoints: Endpoints = {
    authorization: `${issuer}/oauth2/authorize/`,
    token: `${issuer}/oauth2/token/`,
    endSession: `${issuer}/oauth2/logout`,
    device: {
      authorization: `${issuer}/oauth2/devicecode`,
      login: `${issuer}/oauth2/deviceauth`,
    },
    jwks: `${issuer}/discovery/keys`,
    userinfo: `${issuer}/userinfo`,
  }
  return {
    ...defaultTraits,
    kind: 'adfs',
    key: 'adfs',
    title: `${tenant.name} (AD FS)`,
    issuer,
    endpoints,
    metadata: adfsMetadata(issuer, endpoints, accessTokenIssuer),
    appTenantId: id,
    sendsIss: false,
    sessionRealm: 'adfs',
    refreshRealm: 'adfs',
    // Administrators grant permissions to apps. AD FS never asks users.
    asksConsent: false,
    tenantAccountOf: (user) =>
      user.tenant.toLowerCase() === id
        ? { user, tenantId: 'adfs', oid: user.oid, isGuest: false }
        : undefined,
    issuerOf: () => issuer,
    toJwk: ({ key }) => ({
      ...key.publicJwk,
      use: 'sig',
      alg: 'RS256',
      kid: key.kid,
      x5t: key.kid,
    }),
    parseScopes: (scopeParam, app) => parseAdfsScopes(scopeParam, config, app),
    defaultTarget: userinfoTarget,
    formatScope: ({ identity, names, target }) =>
      [
        ...identity.filter((scope) => scope !== 'offline_access'),
        ...names.map((name) => fullName(target.resource, name)),
      ].join(' '),
    idTokenClaims: (subject) => ({
      auth_time: subject.authTime,
      ...accountClaims(subject, tenant),
      sid: subject.sid,
    }),
    accessTokenClaims: (subject, grant) => ({
      ...adfsAccessTokenClaims(subject, grant, tenant),
      iss: accessTokenIssuer,
    }),
    shapeTokens: shapeAdfsTokens,
    errorBody: ({ error, number, message }) => ({
      error,
      error_description: number === 70016 ? `MSIS9714: ${message}` : message,
    }),
  }
}

/** Changes a token response to the format of AD FS. */
function shapeAdfsTokens(
  { ext_expires_in: _extended, client_info: _client, ...body }: Readonly<Record<string, unknown>>,
  { target }: Grant,
): Record<string, unknown> {
  const { uri, audience } = target.resource
  return {
    ...body,
    token_type: 'bearer',
    ...(body['scope'] === undefined
      ? { scope: 'openid' }
      : { resource: uri === '' ? audience : uri }),
    ...(body['refresh_token'] !== undefined && { refresh_token_expires_in: REFRESH_SECONDS }),
  }
}

const userinfoTarget: ScopeTarget = {
  resource: {
    uri: '',
    id: '',
    audience: ADFS_USERINFO,
    name: 'AD FS',
    isGraph: false,
    find: () => undefined,
  },
  names: [],
  isDefault: false,
}

function accountClaims({ tenantAccount }: Subject, tenant: TenantConfig): Record<string, unknown> {
  const { username } = tenantAccount.user
  const [account = username] = username.split('@')
  return { upn: username, unique_name: `${tenant.name.toUpperCase()}\\${account}` }
}

function adfsAccessTokenClaims(
  subject: Subject | AppSubject,
  { target, names, identity }: Grant,
  tenant: TenantConfig,
): Record<string, unknown> {
  const { app } = subject
  const { resource } = target
  const common = {
    // AD FS uses the identifier of an API as its audience, not a client ID.
    aud: resource.uri === '' ? resource.audience : resource.uri,
    apptype: app.clientSecret === undefined ? 'Public' : 'Confidential',
    appid: app.clientId,
    ver: '1.0',
  }
  if (subject.tenantAccount === undefined) return { ...common, sub: app.clientId }
  const scopes = [...identity.filter((scope) => scope !== 'offline_access'), ...names]
  return {
    ...common,
    auth_time: subject.authTime,
    authmethod: 'urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport',
    ...accountClaims(subject, tenant),
    sid: subject.sid,
    scp: scopes.join(' '),
  }
}

/**
 * Parses a `scope` parameter as AD FS does. It always grants `offline_access`, so every sign-in
 * gets a refresh token.
 */
function parseAdfsScopes(
  scopeParam: string,
  config: DevProviderConfig,
  app: AppConfig,
): ScopeRequest {
  const isIdentity = (scope: string): boolean => ADFS_IDENTITY_SCOPES.has(scope)
  const { identity, targets } = collectScopes(scopeParam, isIdentity, (scope) => {
    const slash = scope.lastIndexOf('/')
    const resource = findResource(config, scope.slice(0, Math.max(slash, 0)))
    const name = resource?.find(scope.slice(slash + 1))?.value
    if (resource === undefined || resource.isGraph || name === undefined) {
      throw new OAuthError(
        'invalid_scope',
        0,
        `The scope '${scope}' is not allowed for the client '${app.clientId}'.`,
        {
          remedy: `Request openid, profile, email, allatclaims, or a scope with the idUri of its API as the prefix. ${describeApis(config)}`,
        },
      )
    }
    return { resource, name }
  })
  return { identity: [...new Set([...identity, 'offline_access'])], targets }
}

function adfsMetadata(
  issuer: string,
  endpoints: Endpoints,
  accessTokenIssuer: string,
): Record<string, unknown> {
  return {
    ...commonMetadata(issuer, endpoints),
    token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
    response_types_supported: ['code', 'id_token', 'code id_token', 'id_token token'],
    grant_types_supported: [
      'authorization_code',
      'refresh_token',
      'client_credentials',
      'urn:ietf:params:oauth:grant-type:device_code',
    ],
    scopes_supported: ['openid', 'profile', 'email', 'allatclaims'],
    token_endpoint_auth_signing_alg_values_supported: ['RS256'],
    access_token_issuer: accessTokenIssuer,
    claims_supported:
      'aud iss iat exp auth_time nonce at_hash c_hash sub upn unique_name pwd_url pwd_exp mfa_auth_time sid nbf'.split(
        ' ',
      ),
    microsoft_multi_refresh_token: true,
    capabilities: [],
    frontchannel_logout_supported: true,
    frontchannel_logout_session_supported: true,
  }
}
