/** What a path is for. */
export type EndpointName =
  | 'home'
  | 'metadata'
  | 'keys'
  | 'authorize'
  | 'interaction'
  | 'token'
  | 'devicecode'
  | 'deviceauth'
  | 'logout'
  | 'graph'
  | 'userinfo'
  | 'error'
  | 'unknown'

/** A path, read. */
export interface Route {
  readonly endpoint: EndpointName
  readonly tenant: string
  readonly id: string
}

// Most paths are a tenant followed by one of these.
const TENANT_PATHS: Readonly<Record<string, EndpointName>> = {
  'v2.0/.well-known/openid-configuration': 'metadata',
  'discovery/v2.0/keys': 'keys',
  'oauth2/v2.0/authorize': 'authorize',
  'oauth2/v2.0/token': 'token',
  'oauth2/v2.0/logout': 'logout',
  'oauth2/v2.0/devicecode': 'devicecode',
  'oauth2/v2.0/deviceauth': 'deviceauth',
}

const FIXED_PATHS: Readonly<Record<string, EndpointName>> = {
  '': 'home',
  error: 'error',
  'v1.0/me': 'graph',
  'oidc/.well-known/openid-configuration': 'metadata',
  'oidc/keys': 'keys',
  'oidc/authorize': 'authorize',
  'oidc/token': 'token',
  'oidc/logout': 'logout',
  'oidc/devicecode': 'devicecode',
  'oidc/deviceauth': 'deviceauth',
  'oidc/userinfo': 'userinfo',
}

/** Finds the endpoint of a path. */
export function findRoute(pathname: string): Route {
  const path = pathname.replace(/^\/+/, '')
  const [tenant = '', ...rest] = path.split('/')
  const id = rest.at(-1) ?? ''
  const fixed = own(FIXED_PATHS, path)
  if (fixed !== undefined) return { endpoint: fixed, tenant, id }
  // The plain provider has only the paths of its own metadata.
  const perTenant = tenant === 'oidc' ? undefined : own(TENANT_PATHS, rest.join('/').toLowerCase())
  if (perTenant !== undefined) return { endpoint: perTenant, tenant, id }
  if (rest.length === 2 && rest[0] === 'interaction') return { endpoint: 'interaction', tenant, id }
  return { endpoint: 'unknown', tenant, id }
}

function own(
  table: Readonly<Record<string, EndpointName>>,
  path: string,
): EndpointName | undefined {
  return Object.hasOwn(table, path) ? table[path] : undefined
}
