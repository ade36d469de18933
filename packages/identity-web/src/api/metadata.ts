// The metadata route of a protected resource (RFC 9728).
import { isGuid, type IssuingAuthority } from '../authority/index.ts'
import { jsonResponse } from '../fetch-api.ts'
import { IdentityError } from '../errors.ts'
import type { HttpContext } from '../http-context.ts'
import type { ApiServices } from './create-services.ts'
import type { BearerResponses } from './guard/bearer-responses.ts'
import type { WebApi } from './web-api.ts'

interface MetadataRoute {
  readonly route: WebApi['route']
  /** Gives up the origin's root, so that another resource can use it. */
  close(): void
}

/**
 * Creates the route for the API's metadata, which tells clients who issues its tokens and which scopes it has.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9728#section-2 | RFC 9728, section 2}
 */
export function createMetadataRoute(services: ApiServices): MetadataRoute {
  const { extended, metadataUrl, resource } = services
  if (metadataUrl === undefined || resource === undefined) {
    return { route: () => undefined, close: () => {} }
  }
  const own = metadataUrl.pathname
  const { isForMcp = false } = extended
  // The root belongs to the resource without a path, if there is one.
  const claim = own === ROOT || isForMcp ? claimRoot(resource) : undefined
  const route = publishedDocument(
    (path) => path === own || (isForMcp && path === ROOT && claim?.isOnlyOne() === true),
    services.bearerResponses,
    () => toDocument(services),
  )
  return { route, close: () => claim?.release() }
}

const ROOT = '/.well-known/oauth-protected-resource'

/** A resource's claim to its origin's root. */
interface RootClaim {
  /** Returns whether the resource is the only one at its origin when a request arrives. */
  isOnlyOne(): boolean
  /** Ends the claim, for example when tests or a development server create an origin's API again. */
  release(): void
}

/** Each origin's resources that claim its root. The same resource can have several claims. */
const claims = new Map<string, Set<{ readonly href: string }>>()

/**
 * Claims an origin's root location for a resource. Clients look at the root if they do not find a resource's location,
 * so the root must not describe a resource if the origin has several.
 */
function claimRoot({ origin, href }: URL): RootClaim {
  const all = claims.get(origin) ?? new Set()
  const own = { href }
  claims.set(origin, all.add(own))
  return {
    isOnlyOne: () => [...all].every((each) => each.href === href),
    release() {
      all.delete(own)
      if (all.size === 0 && claims.get(origin) === all) claims.delete(origin)
    },
  }
}

async function toDocument({
  advertisedIssuers: issuers,
  advertisedScopes,
  extended: { authorizationServers: named },
  resource,
}: ApiServices): Promise<PublishedDocument> {
  const scopes = [...advertisedScopes]
  // Cloudflare Workers cancel a request that the handler does not await, and the next request would wait for it forever.
  const found = named
    ? [named]
    : await thoseThatRespond(issuers.map(({ client }) => authorizationServers(client.issuing)))
  const servers = [...new Set(found.flat())]
  const isComplete = named !== undefined || found.length === issuers.length
  return [
    {
      resource: resource?.pathname === '/' ? resource.origin : resource?.href,
      ...(servers.length > 0 && { authorization_servers: servers }),
      ...(scopes.length > 0 && { scopes_supported: scopes.toSorted() }),
      bearer_methods_supported: ['header'],
    },
    // A provider that does not respond yet must not be missing for long.
    isComplete ? 3600 : 60,
  ]
}

/**
 * Returns the issuers of the API's tokens, exactly as their metadata contains them, because clients compare the two
 * strings.
 *
 * An issuer's URL contains a tenant's ID instead of `common`, whose metadata contains only a template. The list is
 * therefore empty if every tenant may call.
 */
async function authorizationServers({ authority, metadata }: IssuingAuthority): Promise<string[]> {
  const { issuer } = await metadata()
  // A policy's metadata is not at the URL that its tokens name as their issuer.
  if (authority.kind === 'b2c') return [`${authority.url}/v2.0`]
  if (!/\{tenantid\}/i.test(issuer)) return [issuer]
  const { tenants } = authority
  return Array.isArray(tenants)
    ? tenants.filter(isGuid).map((tenant) => issuer.replace(/\{tenantid\}/i, tenant.toLowerCase()))
    : []
}

/**
 * Returns the results from the issuers that respond, because one issuer's outage must not make the API unavailable for
 * the others' callers.
 *
 * @throws The first issuer's error, if all of them fail.
 */
export async function thoseThatRespond<T>(tasks: readonly Promise<T>[]): Promise<readonly T[]> {
  const results = await Promise.allSettled(tasks)
  const values = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
  return values.length > 0 ? values : Promise.all(tasks)
}

const METHODS: readonly string[] = ['GET', 'HEAD', 'OPTIONS']

/** A JSON document, and the time in seconds for which clients may cache it. */
type PublishedDocument = readonly [content: Readonly<Record<string, unknown>>, maxAge: number]

/**
 * Creates the route for a JSON document that every client may read, such as metadata.
 *
 * @param isPath - Returns whether the document is served at a path.
 * @param read - Returns the document. If it throws an `IdentityError`, the error becomes a response.
 */
export function publishedDocument(
  isPath: (path: string) => boolean,
  bearerResponses: Pick<BearerResponses, 'toResponse'>,
  read: () => Promise<PublishedDocument>,
): WebApi['route'] {
  const respond = async (): Promise<Response> => {
    try {
      const [content, maxAge] = await read()
      // Clients in browsers may read the document from any origin, because it does not contain personal data.
      return jsonResponse(content, {
        headers: { 'cache-control': `max-age=${maxAge}`, 'access-control-allow-origin': '*' },
      })
    } catch (error) {
      if (!IdentityError.is(error)) throw error
      return bearerResponses.toResponse(error)
    }
  }
  return (url, method) => {
    if (!METHODS.includes(method) || !isPath(url.split('?', 1)[0] ?? '')) return undefined
    return method === 'OPTIONS' ? toPreflightResponse : respond
  }
}

/** Returns the response to the preflight request, which browsers send because of the header `MCP-Protocol-Version`. */
async function toPreflightResponse(request: Pick<HttpContext, 'header'>): Promise<Response> {
  const asked = request.header('access-control-request-headers')
  return new Response(null, {
    status: 204,
    headers: {
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET, HEAD',
      ...(asked !== undefined && { 'access-control-allow-headers': asked }),
      'access-control-max-age': '3600',
      vary: 'Access-Control-Request-Headers',
    },
  })
}
