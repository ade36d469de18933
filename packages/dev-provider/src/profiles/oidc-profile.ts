import { randomUUID } from 'node:crypto'
import type { DevProviderConfig } from '../config/config.js'
import type { AppSubject, Endpoints, IssuerProfile, Subject } from './issuer-profile.js'
import { param } from '../protocol/http.js'
import { OAuthError } from '../protocol/oauth-error.js'
import { commonMetadata } from './common-metadata.js'
import { defaultTraits } from './default-traits.js'
import { findResource, type Resource } from './resources.js'
import { isIdentityScope, type ScopeRequest } from './scope-request.js'
import type { ProfileSettings } from './entra-profile.js'

/** Creates the profile of a plain OpenID provider, without the special behavior of Entra ID. */
export function createOidcProfile({ origin, config, behaviour }: ProfileSettings): IssuerProfile {
  const issuer = `${origin}/oidc`
  const endpoints: Endpoints = {
    authorization: `${issuer}/authorize`,
    token: `${issuer}/token`,
    endSession: `${issuer}/logout`,
    device: { authorization: `${issuer}/devicecode`, login: `${issuer}/deviceauth` },
    jwks: `${issuer}/keys`,
    userinfo: `${issuer}/userinfo`,
  }
  return {
    ...defaultTraits,
    kind: 'oidc',
    key: 'oidc',
    title: 'OpenID provider',
    issuer,
    endpoints,
    metadata: oidcMetadata(issuer, endpoints),
    appTenantId: 'oidc',
    sendsIss: true,
    sendsLogoutTokens: true,
    sessionRealm: 'oidc',
    refreshRealm: 'oidc',
    tenantAccountOf: (user) => ({ user, tenantId: 'oidc', oid: user.oid, isGuest: false }),
    issuerOf: () => issuer,
    toJwk: ({ key }) => ({ ...key.publicJwk, kid: key.kid, use: 'sig', alg: 'RS256' }),
    parseScopes: (scopeParam) => parseLiteralScopes(scopeParam, issuer, config),
    resourceOf: namedResource,
    defaultTarget: {
      resource: openResource(issuer),
      names: [],
      isDefault: false,
    },
    formatScope: (grant) => [...grant.identity, ...grant.names].join(' '),
    idTokenClaims,
    accessTokenClaims: (subject, grant) => ({
      client_id: subject.app.clientId,
      jti: randomUUID(),
      scope: [...grant.identity, ...grant.names].join(' '),
      ...(subject.tenantAccount === undefined
        ? appClaims(subject)
        : { auth_time: subject.authTime }),
    }),
    accessTokenHeader: () => ({ typ: behaviour().oidcAccessTokenType }),
    errorBody: (error) => ({ error: error.error, error_description: error.message }),
  }
}

function idTokenClaims(subject: Subject): Record<string, unknown> {
  const { user } = subject.tenantAccount
  return {
    auth_time: subject.authTime,
    sid: subject.sid,
    ...(subject.identity.includes('profile') && {
      name: user.name,
      given_name: user.givenName,
      family_name: user.surname,
      preferred_username: user.username,
    }),
    ...(subject.identity.includes('email') &&
      user.email !== undefined && { email: user.email, email_verified: true }),
  }
}

function appClaims(subject: AppSubject): Record<string, unknown> {
  return {
    sub: subject.app.clientId,
    ...(subject.roles.length > 0 && { roles: subject.roles }),
  }
}

/**
 * Parses scopes without changing them. All scopes are allowed. The prefix of a known API only
 * selects the audience.
 */
function parseLiteralScopes(
  scopeParam: string,
  issuer: string,
  config: DevProviderConfig,
): ScopeRequest {
  const scopes = [...new Set(scopeParam.split(' ').filter(Boolean))]
  const names = scopes.filter((scope) => !isIdentityScope(scope))
  const apis = names.map((name) => findResource(config, name.slice(0, name.lastIndexOf('/'))))
  const api = apis.find((found) => found !== undefined && !found.isGraph)
  const resource = openResource(api?.audience ?? issuer)
  return {
    identity: scopes.filter(isIdentityScope),
    targets: names.length === 0 ? [] : [{ resource, names, isDefault: false }],
  }
}

/** Returns the API that `resource` (RFC 8707) or `audience` names. */
function namedResource(params: URLSearchParams): Resource | undefined {
  const resource = param(params, 'resource')
  // RFC 8707, section 2 requires an absolute URI without a fragment.
  if (resource !== undefined && (!URL.canParse(resource) || resource.includes('#'))) {
    throw new OAuthError(
      'invalid_target',
      0,
      `The resource '${resource}' is not an absolute URI without a fragment.`,
      {
        remedy:
          'Set "resource" to the URI of your API, for example https://api.example/, without a fragment.',
      },
    )
  }
  const audience = resource ?? param(params, 'audience')
  return audience === undefined ? undefined : openResource(audience)
}

function openResource(audience: string): Resource {
  return {
    uri: '',
    id: '',
    audience,
    name: 'this provider',
    isGraph: false,
    find: (name) => ({ value: name, description: name }),
  }
}

function oidcMetadata(issuer: string, endpoints: Endpoints): Record<string, unknown> {
  return {
    ...commonMetadata(issuer, endpoints),
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    response_types_supported: ['code'],
    grant_types_supported: [
      'authorization_code',
      'refresh_token',
      'client_credentials',
      'urn:ietf:params:oauth:grant-type:device_code',
    ],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'none'],
    code_challenge_methods_supported: ['S256'],
    authorization_response_iss_parameter_supported: true,
    backchannel_logout_supported: true,
    backchannel_logout_session_supported: true,
    prompt_values_supported: ['none', 'login', 'consent', 'select_account'],
  }
}
