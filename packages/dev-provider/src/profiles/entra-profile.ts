import type { Behaviour } from '../controls/behaviour.js'
import { CONSUMERS_TENANT_ID, type DevProviderConfig, type UserConfig } from '../config/config.js'
import type { Endpoints, Grant, IssuerProfile, TenantAccount } from './issuer-profile.js'
import { toEntraErrorBody } from '../protocol/oauth-error.js'
import { checkEntraResource } from './entra-resource.js'
import { commonMetadata } from './common-metadata.js'
import { defaultTraits } from './default-traits.js'
import { fullName, graphResource } from './resources.js'
import { parseEntraScopes } from './scope-request.js'
import { createV1Documents } from './entra-v1.js'
import { versionOf } from './entra-versions.js'
import { entraAccessTokenClaims, entraIdTokenClaims } from './entra-claims.js'

/** The settings that all profiles of one provider share. */
export interface ProfileSettings {
  readonly origin: string
  readonly config: DevProviderConfig
  readonly behaviour: () => Readonly<Behaviour>
}

/** The values that differ between the tenants of Entra ID. */
export interface EntraTenant {
  /** The path segment in the endpoint URLs of the metadata. */
  readonly path: string
  readonly title: string
  /** The GUID of the tenant, or `{tenantid}` for the paths without a tenant. */
  readonly issuerTenant: string
  readonly appTenantId: string | undefined
  readonly tenantAccountOf: (user: UserConfig) => TenantAccount | undefined
}

// The placeholder in the issuer of Entra ID.
const TEMPLATE = '{tenantid}'
const CLOUD = 'microsoftonline.com'

/** Creates the profile of an Entra ID tenant, or of a path that stands for several tenants. */
export function createEntraProfile(settings: ProfileSettings, tenant: EntraTenant): IssuerProfile {
  const { origin, config } = settings
  const issuerOf = (tenantId: string): string => `${origin}/${tenantId}/v2.0`
  const issuer = issuerOf(tenant.issuerTenant)
  const endpoints = entraEndpoints(origin, tenant.path)
  const metadata = entraMetadata(issuer, endpoints, tenant)
  return {
    ...defaultTraits,
    kind: 'entra',
    key: tenant.issuerTenant === TEMPLATE ? tenant.path : tenant.issuerTenant,
    title: tenant.title,
    issuer,
    endpoints,
    metadata,
    v1: createV1Documents(`${origin}/${tenant.path}`, tenant.issuerTenant, metadata),
    appTenantId: tenant.appTenantId,
    hasMicrosoftClients: true,
    ignoresLoopbackPort: true,
    // Entra ID does not send `iss` with redirects, so a client cannot rely on RFC 9207 here.
    sendsIss: false,
    asksSignInConsent: true,
    sessionRealm: 'entra',
    refreshRealm: 'entra',
    keyUses: ['main', 'consumers'],
    tenantAccountOf: tenant.tenantAccountOf,
    issuerOf,
    toJwk: ({ key, use }) => ({
      ...key.publicJwk,
      kid: key.kid,
      x5t: key.kid,
      x5c: [key.certificate],
      use: 'sig',
      issuer: issuerOf(use === 'consumers' ? CONSUMERS_TENANT_ID : TEMPLATE),
    }),
    parseScopes: (scopeParam, app) => parseEntraScopes(scopeParam, config, app.name),
    checkResource: checkEntraResource,
    defaultTarget: { resource: graphResource(config), names: [], isDefault: false },
    formatScope: (grant) => formatEntraScope(grant, settings.behaviour().prefixGraphScopes),
    idTokenClaims: entraIdTokenClaims,
    accessTokenClaims: entraAccessTokenClaims,
    accessTokenHeader: ({ target }, kid) => versionOf(target.resource).header(kid),
    errorBody: (error, ids) => toEntraErrorBody(error, ids, origin),
  }
}

/**
 * Returns the `scope` of a token response as Entra ID does.
 *
 * Scopes of an API have its prefix and are the only ones in the response (azure-docs#68619). Scopes
 * of Graph appear together with the OpenID scopes. The response never contains `offline_access`.
 */
function formatEntraScope(grant: Grant, prefixGraph: boolean): string {
  const { resource } = grant.target
  if (!resource.isGraph) return grant.names.map((name) => fullName(resource, name)).join(' ')
  const names = grant.names.map((name) => (prefixGraph ? fullName(resource, name) : name))
  return [...grant.identity.filter((scope) => scope !== 'offline_access'), ...names].join(' ')
}

function entraEndpoints(origin: string, path: string): Endpoints {
  const oauth = `${origin}/${path}/oauth2/v2.0`
  return {
    authorization: `${oauth}/authorize`,
    token: `${oauth}/token`,
    endSession: `${oauth}/logout`,
    device: { authorization: `${oauth}/devicecode`, login: `${oauth}/deviceauth` },
    jwks: `${origin}/${path}/discovery/v2.0/keys`,
    userinfo: `${origin}/oidc/userinfo`,
  }
}

/**
 * Returns the metadata as Entra ID sends it. Like the original, it does not contain PKCE or RFC
 * 9207.
 */
function entraMetadata(
  issuer: string,
  endpoints: Endpoints,
  tenant: EntraTenant,
): Record<string, unknown> {
  return {
    ...commonMetadata(issuer, endpoints),
    token_endpoint_auth_methods_supported: [
      'client_secret_post',
      'private_key_jwt',
      'client_secret_basic',
    ],
    response_types_supported: ['code', 'id_token', 'code id_token', 'id_token token'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    request_uri_parameter_supported: false,
    http_logout_supported: true,
    frontchannel_logout_supported: true,
    claims_supported:
      'sub iss cloud_instance_name cloud_instance_host_name cloud_graph_host_name msgraph_host aud exp iat auth_time acr nonce preferred_username name tid ver at_hash c_hash email'.split(
        ' ',
      ),
    kerberos_endpoint: `${endpoints.token.replace(/oauth2.*$/, '')}kerberos`,
    tenant_region_scope: [TEMPLATE, CONSUMERS_TENANT_ID].includes(tenant.issuerTenant)
      ? null
      : 'EU',
    cloud_instance_name: CLOUD,
    cloud_graph_host_name: 'graph.windows.net',
    msgraph_host: 'graph.microsoft.com',
    rbac_url: 'https://pas.windows.net',
  }
}
