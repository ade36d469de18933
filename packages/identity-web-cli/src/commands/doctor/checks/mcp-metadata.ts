import type { Evidence } from '../evidence.js'
import type { ServerMetadata } from '../network/mcp-server.js'
import { error, ok, skipped, type Finding } from '../report/finding.js'
import { graphScopeOf } from '../../../subject/authorities.js'
import type { Check } from './check.js'

/** Checks the metadata that an MCP server publishes, as clients read it. */
export const mcpMetadata: Check = {
  name: 'mcp-metadata',
  looksAt:
    'whether the MCP server at --url tells clients its URL, where users sign in, and its scopes',
  async run(evidence) {
    if (evidence.subject.kind !== 'mcp') return skipped('The app is not an MCP server.')
    const metadata = await evidence.metadata()
    if (metadata === undefined)
      return skipped(
        'Set the URL of the running server with --url, for example --url https://tools.contoso.com/mcp.',
      )
    const { resource, scopes } = metadata
    const findings = [
      urlFinding(metadata, evidence),
      issuerFinding(metadata),
      scopeFinding(metadata, evidence),
    ].filter((finding) => finding !== undefined)
    return findings.length > 0
      ? findings
      : ok(
          `The metadata of ${resource} contains the scopes ${scopes.join(', ')} and the authorization server.`,
        )
  },
}

function urlFinding(
  { resource }: ServerMetadata,
  { choices: { url } }: Evidence,
): Finding | undefined {
  if (url === undefined || url.pathname === '/' || url.href === resource) return undefined
  return error(
    `The server at ${url.href} publishes the URL ${resource}. Clients compare the two URLs, and do not connect if they differ.`,
    `Set McpAuth({ resource }) or IDENTITY_RESOURCE to ${url.href}. If ${resource} is the correct URL, give this URL to your users.`,
  )
}

function issuerFinding({ issuers }: ServerMetadata): Finding | undefined {
  if (issuers.length > 0) return undefined
  return error(
    'Clients do not find out where users sign in, because the authority accepts every tenant.',
    "Set McpAuth({ authority }) to the URL with your tenant ID, or set McpAuth({ tenants: ['<tenant ID>'] }). To accept users of every tenant, set McpAuth({ mirrorMetadata: true }).",
  )
}

function scopeFinding(
  { resource, scopes }: ServerMetadata,
  { authority }: Evidence,
): Finding | undefined {
  if (scopes.length === 0)
    return error(
      'The metadata of the server does not contain a scope, so clients do not know which scope to request.',
      'Set McpAuth({ scopes: [\'Tools.Use\'] }), and add the scope under "Expose an API".',
    )
  const foreign = scopes.filter((scope) => !scope.startsWith(`${resource}/`))
  if (foreign.length === 0 || graphScopeOf(authority) === undefined) return undefined
  return error(
    `Entra ID compares the start of each scope with ${resource}. These scopes have another start: ${foreign.join(', ')}.`,
    'Write the names of the scopes without a prefix, because identity-web adds the prefix.',
  )
}
