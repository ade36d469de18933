// Endpoints with the same name are one choice of the filter.
const ENDPOINT_NAMES: Readonly<Record<string, string>> = {
  home: 'Home page',
  metadata: 'Metadata',
  metadataV1: 'Metadata, version 1',
  keys: 'Keys',
  keysV1: 'Keys, version 1',
  authorize: 'Sign-in',
  interaction: 'Sign-in page',
  token: 'Token',
  devicecode: 'Device code',
  deviceauth: 'Device page',
  logout: 'Sign-out',
  graph: 'Microsoft Graph',
  graphMembers: 'Microsoft Graph',
  userinfo: 'User information',
  adminconsent: 'Admin consent',
  appServiceIdentity: 'Managed identity',
  instanceMetadata: 'Managed identity',
  workloadMetadata: 'Workload metadata',
  workloadKeys: 'Workload keys',
  devToken: 'Command token',
  appLogout: 'Logout token to an app',
  error: 'Error codes',
  unknown: 'Unknown path',
}

/** The names of all endpoints, each once. */
export const endpointNames: readonly string[] = [...new Set(Object.values(ENDPOINT_NAMES))]

/** Returns the name of an endpoint on the page. */
export function endpointName(endpoint: string): string {
  if (endpoint.startsWith('graph')) return 'Microsoft Graph'
  return ENDPOINT_NAMES[endpoint] ?? endpoint
}
