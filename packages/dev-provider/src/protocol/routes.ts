/** The name of an endpoint. */
export type EndpointName =
  | 'home'
  | 'metadata'
  | 'keys'
  | 'metadataV1'
  | 'keysV1'
  | 'authorize'
  | 'interaction'
  | 'token'
  | 'devicecode'
  | 'deviceauth'
  | 'logout'
  | 'graph'
  | 'graphMembers'
  | 'adminconsent'
  | 'adminconsentV2'
  | 'appServiceIdentity'
  | 'instanceMetadata'
  | 'workloadMetadata'
  | 'workloadKeys'
  | 'userinfo'
  | 'devToken'
  | 'devUserTokens'
  | 'requests'
  | 'switches'
  | 'health'
  | 'certificate'
  | 'requestList'
  | 'control'
  | 'error'
  | 'unknown'

/** A parsed path. */
export interface Route {
  readonly endpoint: EndpointName
  /** The path segments that name the issuer. Either a tenant, or a tenant, a slash and a policy. */
  readonly tenant: string
  readonly id: string
}

// The paths after a tenant.
const TENANT_PATHS: Readonly<Record<string, EndpointName>> = {
  'v2.0/.well-known/openid-configuration': 'metadata',
  'discovery/v2.0/keys': 'keys',
  '.well-known/openid-configuration': 'metadataV1',
  'discovery/keys': 'keysV1',
  'oauth2/v2.0/authorize': 'authorize',
  'oauth2/v2.0/token': 'token',
  'oauth2/v2.0/logout': 'logout',
  'oauth2/v2.0/devicecode': 'devicecode',
  'oauth2/v2.0/deviceauth': 'deviceauth',
  'oauth2/logout': 'logout',
  adminconsent: 'adminconsent',
  'v2.0/adminconsent': 'adminconsentV2',
}

// Azure AD B2C has the same endpoints at the paths of version 1. At Entra ID, they differ too much.
const POLICY_PATHS: Readonly<Record<string, EndpointName>> = {
  ...TENANT_PATHS,
  'oauth2/authorize': 'authorize',
  'oauth2/token': 'token',
}

// The endpoints of an Azure AD B2C policy, which does not support device codes.
const POLICY_ENDPOINTS: ReadonlySet<EndpointName> = new Set<EndpointName>([
  'metadata',
  'keys',
  'metadataV1',
  'keysV1',
  'authorize',
  'token',
  'logout',
])

const FIXED_PATHS: Readonly<Record<string, EndpointName>> = {
  '': 'home',
  error: 'error',
  // For the command line and the testing kit. Real providers do not have these paths.
  'dev/token': 'devToken',
  'dev/user-tokens': 'devUserTokens',
  // The developer's pages.
  'dev/requests': 'requests',
  'dev/switches': 'switches',
  // For tests in any language.
  health: 'health',
  'dev/ca.pem': 'certificate',
  'dev/api/requests': 'requestList',
  // Simulated endpoints of App Service, a virtual machine and a Kubernetes cluster.
  'msi/token': 'appServiceIdentity',
  'metadata/identity/oauth2/token': 'instanceMetadata',
  'workload/.well-known/openid-configuration': 'workloadMetadata',
  'workload/openid/v1/jwks': 'workloadKeys',
  'oidc/.well-known/openid-configuration': 'metadata',
  'oidc/keys': 'keys',
  'oidc/authorize': 'authorize',
  'oidc/token': 'token',
  'oidc/logout': 'logout',
  'oidc/devicecode': 'devicecode',
  'oidc/deviceauth': 'deviceauth',
  'oidc/userinfo': 'userinfo',
  'adfs/.well-known/openid-configuration': 'metadata',
  'adfs/discovery/keys': 'keys',
  'adfs/oauth2/authorize': 'authorize',
  'adfs/oauth2/token': 'token',
  'adfs/oauth2/logout': 'logout',
  'adfs/oauth2/devicecode': 'devicecode',
  'adfs/oauth2/deviceauth': 'deviceauth',
  'adfs/userinfo': 'userinfo',
}

// These issuers only have the paths in their metadata.
const SINGLE_ISSUERS: readonly string[] = ['oidc', 'adfs']

const CONTROL = 'dev/api/'
const GRAPH = /^(v1\.0|beta)(\/|$)/i
const GRAPH_MEMBERS = /\/(getMemberObjects|checkMemberGroups)$/i

/** Returns the endpoint of a path. */
export function findRoute(pathname: string): Route {
  const path = pathname.replace(/^\/+/, '')
  const segments = path.split('/')
  const [tenant = ''] = segments
  const id = segments.length > 1 ? (segments.at(-1) ?? '') : ''
  // Some paths of AD FS end with a slash.
  const fixed = lookUp(FIXED_PATHS, tenant === 'adfs' ? path.replace(/\/$/, '') : path)
  if (fixed !== undefined) return { endpoint: fixed, tenant, id }
  if (path.startsWith(CONTROL)) {
    return { endpoint: 'control', tenant, id: path.slice(CONTROL.length) }
  }
  if (GRAPH.test(path)) {
    return { endpoint: GRAPH_MEMBERS.test(path) ? 'graphMembers' : 'graph', tenant, id }
  }
  for (const size of tenant.toLowerCase() === 'tfp' ? [3] : [1, 2]) {
    const issuer = segments.slice(0, size).join('/')
    const endpoint = findIssuerEndpoint(
      segments.slice(size),
      size > 1,
      SINGLE_ISSUERS.includes(tenant),
    )
    if (endpoint !== undefined) return { endpoint, tenant: issuer, id }
  }
  return { endpoint: 'unknown', tenant, id }
}

/** Returns the endpoint of the path segments after the issuer. */
function findIssuerEndpoint(
  rest: readonly string[],
  isPolicy: boolean,
  isSingle: boolean,
): EndpointName | undefined {
  if (rest.length === 2 && rest[0] === 'interaction') return 'interaction'
  const paths = isPolicy ? POLICY_PATHS : TENANT_PATHS
  const endpoint = isSingle ? undefined : lookUp(paths, rest.join('/').toLowerCase())
  if (endpoint === undefined || (isPolicy && !POLICY_ENDPOINTS.has(endpoint))) return undefined
  return endpoint
}

function lookUp(
  table: Readonly<Record<string, EndpointName>>,
  path: string,
): EndpointName | undefined {
  return Object.hasOwn(table, path) ? table[path] : undefined
}
