// Mirrors the provider's metadata, for clients that need it here.
import { publishedDocument, type ApiServices, type WebApi } from '../api/index.ts'
import type { IssuingAuthority, ProviderMetadata } from '../authority/index.ts'
import { IdentityError } from '../errors.ts'
import { quote } from '../text.ts'

type MirrorServices = Pick<ApiServices, 'bearerResponses' | 'issuers'>

/**
 * Creates the routes for the mirror, which is a copy of the provider's metadata with this server as the issuer.
 *
 * Entra ID supports PKCE, but its metadata does not say so. The metadata also does not exist at the location that RFC
 * 8414 defines. Some clients therefore reject Entra ID. The mirror contains Entra ID's own endpoints, so users sign in
 * at Entra ID, and this server never receives their tokens or codes.
 *
 * @param issuer - The MCP server's URL, which is the mirror's issuer.
 * @see {@link https://www.rfc-editor.org/rfc/rfc8414#section-3 | RFC 8414, section 3}
 */
export function createMetadataMirror(services: MirrorServices, issuer: URL): WebApi['route'] {
  const { pathname } = issuer
  const paths = [
    `/.well-known/oauth-authorization-server${pathname}`,
    `/.well-known/openid-configuration${pathname}`,
    `${pathname}/.well-known/openid-configuration`,
  ]
  return publishedDocument(
    (path) => paths.includes(path),
    services.bearerResponses,
    async () => {
      // The option is not available with several issuers.
      const { issuing } = services.issuers[0].client
      return [toMirror(issuer.href, await issuing.metadata(), issuing), 3600]
    },
  )
}

/**
 * The mirror's endpoints. Entra ID's other endpoints, such as the one for sign-out, are not for an MCP server's
 * clients.
 */
const ENDPOINTS = [
  'authorization_endpoint',
  'token_endpoint',
  'jwks_uri',
  'device_authorization_endpoint',
] as const

/** The lists that describe the endpoints. */
const LISTS = ['scopes_supported', 'id_token_signing_alg_values_supported'] as const

function toMirror(
  issuer: string,
  metadata: ProviderMetadata,
  { authority }: IssuingAuthority,
): Readonly<Record<string, unknown>> {
  const { origin } = new URL(authority.metadataUrl)
  const copied: Record<string, unknown> = {}
  for (const name of ENDPOINTS) copied[name] = endpointOf(metadata, name, origin)
  for (const name of LISTS) copied[name] = metadata[name]
  const methods = metadata.token_endpoint_auth_methods_supported ?? []
  return {
    issuer,
    // JSON leaves out the members that are not set.
    ...copied,
    // The mirror does not contain `authorization_response_iss_parameter_supported`. The parameter `iss` would contain
    // Entra ID's issuer, so clients would reject the sign-in (RFC 9207).
    response_types_supported: ['code'],
    response_modes_supported: ['query', 'fragment', 'form_post'],
    grant_types_supported: ['authorization_code', 'refresh_token', 'client_credentials'],
    // Clients without a secret, such as programs on a user's machine, are public clients.
    token_endpoint_auth_methods_supported: [...new Set([...methods, 'none'])],
    code_challenge_methods_supported: ['S256'],
    subject_types_supported: ['pairwise'],
  }
}

/**
 * Returns the URL of a provider's endpoint. The URL must not be on another server, because that server would receive
 * the codes and secrets of clients that trust this server.
 *
 * @throws IdentityError `invalid_response` if another server has the endpoint.
 */
function endpointOf(
  metadata: ProviderMetadata,
  name: (typeof ENDPOINTS)[number],
  origin: string,
): string | undefined {
  const value = metadata[name]
  if (value === undefined) return undefined
  if (typeof value === 'string' && URL.canParse(value) && new URL(value).origin === origin) {
    return value
  }
  throw new IdentityError(
    'invalid_response',
    `The metadata of the provider contains a ${name} of another server, ${quote(value)}. mirrorMetadata publishes only endpoints of ${origin}.`,
    { hint: 'Check the authority. If the authority is correct, remove the option mirrorMetadata.' },
  )
}
