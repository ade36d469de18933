import { isGuid, type IssuingAuthority } from '../authority/index.ts'
import { IdentityError } from '../errors.ts'
import type { BearerResponses } from './guard/bearer-responses.ts'

/** The services that the metadata route uses. */
interface MetadataServices {
  readonly bearerResponses: BearerResponses
  readonly client: { readonly issuing: IssuingAuthority }
  readonly metadataUrl: URL | undefined
  readonly resource: URL | undefined
}

/** Finds the handler of the metadata route by URL and method. */
type MetadataRoute = (url: string, method: string) => (() => Promise<Response>) | undefined

/**
 * Creates the route of the API's metadata, which tells clients who issues its tokens and which scopes it has.
 *
 * @param scopes - The scopes of all guarded routes. Routes may add scopes later.
 * @see {@link https://www.rfc-editor.org/rfc/rfc9728#section-2 | RFC 9728, section 2}
 */
export function createMetadataRoute(
  services: MetadataServices,
  scopes: ReadonlySet<string>,
): MetadataRoute {
  const path = services.metadataUrl?.pathname
  return (url, method) => {
    if (method !== 'GET' && method !== 'HEAD') return undefined
    return url.split('?', 1)[0] === path ? () => metadataResponse(services, scopes) : undefined
  }
}

async function metadataResponse(
  { bearerResponses, client, resource }: MetadataServices,
  scopes: ReadonlySet<string>,
): Promise<Response> {
  try {
    const servers = await authorizationServers(client.issuing)
    return Response.json(
      {
        resource: resource?.pathname === '/' ? resource.origin : resource?.href,
        ...(servers.length > 0 && { authorization_servers: servers }),
        ...(scopes.size > 0 && { scopes_supported: [...scopes].toSorted() }),
        bearer_methods_supported: ['header'],
      },
      // Clients in browsers read the metadata from any origin. It does not contain personal data.
      { headers: { 'cache-control': 'max-age=3600', 'access-control-allow-origin': '*' } },
    )
  } catch (error) {
    if (!IdentityError.is(error)) throw error
    return bearerResponses.toResponse(error)
  }
}

/**
 * Returns the issuers of the API's tokens, as their own metadata names them, because clients compare the two.
 *
 * A tenant is named by its ID and not by `common`, because the metadata of `common` contains only a template. If every
 * tenant may call, the list is empty.
 */
async function authorizationServers({ authority, metadata }: IssuingAuthority): Promise<string[]> {
  const { issuer } = await metadata()
  // The metadata of a policy is not at the URL that its tokens name as their issuer.
  if (authority.kind === 'b2c') return [`${authority.url}/v2.0`]
  if (!/\{tenantid\}/i.test(issuer)) return [issuer]
  const { tenants } = authority
  return Array.isArray(tenants)
    ? tenants.filter(isGuid).map((tenant) => issuer.replace(/\{tenantid\}/i, tenant.toLowerCase()))
    : []
}
