import { isSecureUrl } from '../authority/index.ts'

const EXAMPLE = 'for example https://tools.contoso.com/mcp'
const SET = 'Change McpAuth({ resource }) or IDENTITY_RESOURCE'

/**
 * Checks the URL of an MCP server. Providers and clients compare it character by character, so it must be written as a
 * client writes it.
 *
 * @returns The message about the problem. `undefined` if there is none.
 * @see {@link https://modelcontextprotocol.io/specification/2026-07-28/basic/authorization | Canonical Server URI}
 */
export function resourceProblem(resource: unknown, isEntra: boolean): string | undefined {
  if (resource === undefined || resource === '') {
    return `resource is not configured. Set McpAuth({ resource }) or IDENTITY_RESOURCE to the URL of the MCP endpoint, ${EXAMPLE}.`
  }
  if (typeof resource !== 'string' || !URL.canParse(resource)) {
    return `resource must be the absolute URL of the MCP endpoint. ${SET}, ${EXAMPLE}.`
  }
  const url = new URL(resource)
  if (!isSecureUrl(url)) {
    return `resource must be an https:// URL (http:// only on localhost). ${SET}, ${EXAMPLE}.`
  }
  if (url.username !== '' || url.password !== '' || /[?#]/.test(resource)) {
    return `resource must not contain a user, a query or a fragment. ${SET}, ${EXAMPLE}.`
  }
  if (url.pathname === '/') {
    // Clients add a slash to an origin. Entra ID does not accept identifiers that end with a slash.
    if (isEntra) {
      return `resource needs a path, because MCP clients add a slash to a URL without a path, and Entra ID then rejects the sign-in with AADSTS9010010. ${SET}, ${EXAMPLE}.`
    }
    return undefined
  }
  if (url.pathname.endsWith('/')) {
    return `resource must not end with a slash, because clients and providers compare it character by character. ${SET}, ${EXAMPLE}.`
  }
  if (url.href !== resource) {
    return `resource must be written as clients write it: ${url.href} (lower-case host, no default port). ${SET}.`
  }
  return undefined
}
