import type { OlderDocuments } from './issuer-profile.js'

/** `iss` of version 1 tokens. Nobody fetches it: keys are where the metadata says. */
export function v1IssuerOf(tenantId: string): string {
  return `https://sts.windows.net/${tenantId}/`
}

// What the documents of both versions say alike.
const SHARED: ReadonlySet<string> = new Set([
  'subject_types_supported',
  'id_token_signing_alg_values_supported',
  'response_types_supported',
  'tenant_region_scope',
  'cloud_instance_name',
  'cloud_graph_host_name',
  'msgraph_host',
  'rbac_url',
])

/**
 * The documents at the paths without `v2.0`, which an API reads for its version 1 tokens.
 *
 * Entra's own names the endpoints of version 1 besides. They are not there, so they are not named.
 */
export function createV1Documents(
  base: string,
  issuerTenant: string,
  v2Metadata: Readonly<Record<string, unknown>>,
): OlderDocuments {
  const shared = Object.entries(v2Metadata).filter(([name]) => SHARED.has(name))
  return {
    metadata: {
      ...Object.fromEntries(shared),
      jwks_uri: `${base}/discovery/keys`,
      issuer: v1IssuerOf(issuerTenant),
      microsoft_multi_refresh_token: true,
    },
    // Which issuer a key may sign for is told by the document of version 2 only.
    toJwk: ({ key }) => ({ ...key.publicJwk, use: 'sig', kid: key.kid, x5t: key.kid }),
  }
}
