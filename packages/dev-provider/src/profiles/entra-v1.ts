import type { OlderDocuments } from './issuer-profile.js'

/**
 * Returns the `iss` claim of version 1 tokens. It is not the URL of this provider, so APIs find the
 * keys through the metadata.
 */
export function v1IssuerOf(tenantId: string): string {
  return `https://sts.windows.net/${tenantId}/`
}

// The members that both versions of the metadata share.
const SHARED: ReadonlySet<string> = new Set([
  'subject_types_supported',
  'id_token_signing_alg_values_supported',
  'response_types_supported',
  'tenant_region_scope',
  'http_logout_supported',
  'frontchannel_logout_supported',
  'cloud_instance_name',
  'cloud_graph_host_name',
  'msgraph_host',
  'rbac_url',
])

/**
 * Creates the documents at the paths without `v2.0`, which an API reads for its version 1 tokens.
 *
 * Unlike the original, the metadata does not contain the version 1 endpoints for sign-in, tokens and
 * user information, because the provider does not have them. It contains the endpoint for sign-out,
 * which the Python library `identity` reads here.
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
      end_session_endpoint: `${base}/oauth2/logout`,
      microsoft_multi_refresh_token: true,
    },
    // Only the version 2 document contains the issuer of each key.
    toJwk: ({ key }) => ({
      ...key.publicJwk,
      use: 'sig',
      kid: key.kid,
      x5t: key.kid,
      x5c: [key.certificate],
    }),
  }
}
