import type { Behaviour } from '../controls/behaviour.js'
import { CONSUMERS_TENANT_ID, type DevProviderConfig, type UserConfig } from '../config/config.js'
import type { Endpoints, Grant, IssuerProfile, Seat } from './issuer-profile.js'
import { toEntraErrorBody } from '../protocol/oauth-error.js'
import { plainManners } from './plain-manners.js'
import { fullName, graphResource } from './resources.js'
import { parseEntraScopes } from './scope-request.js'
import { createV1Documents } from './entra-v1.js'
import { versionOf } from './entra-versions.js'
import { entraAccessTokenClaims, entraIdTokenClaims } from './entra-claims.js'

/** What all profiles of one provider share. */
export interface ProfileSettings {
  readonly origin: string
  readonly config: DevProviderConfig
  readonly behaviour: () => Readonly<Behaviour>
}

/** What differs between the tenants of Entra ID. */
export interface EntraTenant {
  /** The path segment that the endpoints of its metadata carry. */
  readonly path: string
  readonly title: string
  /** GUID, or `{tenantid}` for the tenant-less paths. */
  readonly issuerTenant: string
  readonly appTenantId: string | undefined
  readonly seat: (user: UserConfig) => Seat | undefined
}

// The literal name that stands in Entra's own template.
const TEMPLATE = '{tenantid}'
const CLOUD = 'microsoftonline.com'

/** The profile of an Entra tenant, or of one of the paths that stand for several tenants. */
export function createEntraProfile(settings: ProfileSettings, tenant: EntraTenant): IssuerProfile {
  const { origin, config } = settings
  const issuerOf = (tenantId: string): string => `${origin}/${tenantId}/v2.0`
  const issuer = issuerOf(tenant.issuerTenant)
  const endpoints = entraEndpoints(origin, tenant.path)
  const metadata = entraMetadata(issuer, endpoints, tenant)
  return {
    ...plainManners,
    kind: 'entra',
    key: tenant.issuerTenant === TEMPLATE ? tenant.path : tenant.issuerTenant,
    title: tenant.title,
    issuer,
    endpoints,
    metadata,
    v1: createV1Documents(`${origin}/${tenant.path}`, tenant.issuerTenant, metadata),
    appTenantId: tenant.appTenantId,
    // Absent from Entra's metadata and redirects, so a client must not rely on RFC 9207 here.
    sendsIss: false,
    sessionRealm: 'entra',
    refreshRealm: 'entra',
    keyUses: ['main', 'consumers'],
    seat: tenant.seat,
    issuerOf,
    toJwk: ({ key, use }) => ({
      ...key.publicJwk,
      kid: key.kid,
      use: 'sig',
      issuer: issuerOf(use === 'consumers' ? CONSUMERS_TENANT_ID : TEMPLATE),
      cloud_instance_name: CLOUD,
    }),
    parseScopes: (text, app) => parseEntraScopes(text, config, app.name),
    defaultTarget: { resource: graphResource, names: [], isDefault: false },
    describeScope: ({ resource }, name) =>
      resource.find(name) ?? { value: name, description: name },
    scopeText: (grant) => entraScopeText(grant, settings.behaviour().prefixGraphScopes),
    idTokenClaims: entraIdTokenClaims,
    accessTokenClaims: entraAccessTokenClaims,
    accessTokenHeader: ({ target }, kid) => versionOf(target.resource).header(kid),
    errorBody: (error, ids) => toEntraErrorBody(error, ids, origin),
  }
}

/**
 * The `scope` that Entra answers: an API's scopes stand alone and carry its prefix (azure-docs#68619), Graph's come
 * with the OpenID ones, and `offline_access` never comes back.
 */
function entraScopeText(grant: Grant, prefixGraph: boolean): string {
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

/** The document as Entra has it, what is absent there (PKCE, RFC 9207) included in its absence. */
function entraMetadata(
  issuer: string,
  endpoints: Endpoints,
  tenant: EntraTenant,
): Record<string, unknown> {
  return {
    token_endpoint: endpoints.token,
    token_endpoint_auth_methods_supported: [
      'client_secret_post',
      'private_key_jwt',
      'client_secret_basic',
    ],
    jwks_uri: endpoints.jwks,
    response_modes_supported: ['query', 'fragment', 'form_post'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    response_types_supported: ['code', 'id_token', 'code id_token', 'id_token token'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    issuer,
    request_uri_parameter_supported: false,
    userinfo_endpoint: endpoints.userinfo,
    authorization_endpoint: endpoints.authorization,
    device_authorization_endpoint: endpoints.device?.authorization,
    http_logout_supported: true,
    frontchannel_logout_supported: true,
    end_session_endpoint: endpoints.endSession,
    claims_supported:
      'sub iss cloud_instance_name cloud_instance_host_name cloud_graph_host_name msgraph_host aud exp iat auth_time acr nonce preferred_username name tid ver at_hash c_hash email'.split(
        ' ',
      ),
    tenant_region_scope: tenant.issuerTenant === TEMPLATE ? null : 'EU',
    cloud_instance_name: CLOUD,
    cloud_graph_host_name: 'graph.windows.net',
    msgraph_host: 'graph.microsoft.com',
    rbac_url: 'https://pas.windows.net',
  }
}
