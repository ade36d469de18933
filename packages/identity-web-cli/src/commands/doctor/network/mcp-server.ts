import { CheckError, explainError } from '../explain-error.js'
import type { AppObject } from '../../../subject/subject.js'

/** The metadata of an MCP server, which clients read before the sign-in (RFC 9728). */
export interface ServerMetadata {
  /** The URL of the server. */
  readonly resource: string
  /** The issuers of its tokens. */
  readonly issuers: readonly string[]
  readonly scopes: readonly string[]
}

/** The source of the metadata of a server. */
export interface MetadataSource {
  /** The URL of the running server. */
  readonly url: URL | undefined
  /** The `McpAuth` of the application. It is the source if a URL is not given. */
  readonly object: AppObject | undefined
  readonly fetch: (url: URL) => Promise<Response>
}

/**
 * Reads the metadata of an MCP server.
 *
 * @returns `undefined` without a URL, if the object does not show its metadata.
 * @throws CheckError if the running server does not respond with its metadata.
 */
export async function readServerMetadata({
  url,
  object,
  fetch,
}: MetadataSource): Promise<ServerMetadata | undefined> {
  if (url === undefined) {
    const response = await object?.handle?.(new Request(metadataUrlOf(new URL(ANY_ORIGIN))))
    return toMetadata(response)
  }
  const location = metadataUrlOf(url)
  const response = await fetch(location).catch((cause: unknown) => {
    const { found } = explainError(cause, '')
    throw new CheckError(
      `${location.href} does not respond: ${found}`,
      'Check --url, and start the server.',
    )
  })
  const metadata = await toMetadata(response)
  if (metadata !== undefined) return metadata
  throw new CheckError(
    `${location.href} responds with ${response.status}, and not with the metadata of an MCP server.`,
    'Check --url. Pass the main application to McpAuth, and not a router. Check that your reverse proxy forwards /.well-known/oauth-protected-resource.',
  )
}

/**
 * The origin of the request to an object. The object serves its metadata at the root of every origin, if it is the only
 * object.
 */
const ANY_ORIGIN = 'http://localhost'

/** @see {@link https://www.rfc-editor.org/rfc/rfc9728#section-3 | RFC 9728, section 3} */
function metadataUrlOf({ origin, pathname }: URL): URL {
  const path = pathname === '/' ? '' : pathname
  return new URL(`/.well-known/oauth-protected-resource${path}`, origin)
}

async function toMetadata(response: Response | undefined): Promise<ServerMetadata | undefined> {
  if (response?.status !== 200) return undefined
  const document: unknown = await response.json().catch(() => undefined)
  const { resource, ...lists } = Object(document) as Readonly<Record<string, unknown>>
  if (typeof resource !== 'string') return undefined
  return {
    resource,
    issuers: stringsIn(lists['authorization_servers']),
    scopes: stringsIn(lists['scopes_supported']),
  }
}

function stringsIn(value: unknown): readonly string[] {
  return [value].flat().filter((each) => typeof each === 'string')
}

/** Adds the parameter `resource` (RFC 8707) to the requests for app-only tokens, as MCP clients send it. */
export function withResource(send: typeof fetch, resource: string): typeof fetch {
  return (input, init) => {
    const body = new URLSearchParams(typeof init?.body === 'string' ? init.body : '')
    if (body.get('grant_type') !== 'client_credentials') return send(input, init)
    body.set('resource', resource)
    return send(input, { ...init, body: String(body) })
  }
}
