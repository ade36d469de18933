import type { Authority } from './authority.ts'
import { isLoopback } from './hosts.ts'

const PUBLIC_GRAPH = 'https://graph.microsoft.com/v1.0'

// The Microsoft Graph of each cloud whose host is known. The US host is that of GCC High, not of DoD.
const GRAPH_BY_AUTHORITY: ReadonlyMap<string, string> = new Map([
  ['login.microsoftonline.com', PUBLIC_GRAPH],
  ['login.microsoftonline.us', 'https://graph.microsoft.us/v1.0'],
  ['login.partner.microsoftonline.cn', 'https://microsoftgraph.chinacloudapi.cn/v1.0'],
])

/**
 * Returns the base URL of the Microsoft Graph that accepts the tokens of an authority.
 *
 * The development provider has its own Microsoft Graph. Its tokens must not be sent to Microsoft.
 *
 * @returns `undefined` for authorities whose tokens Microsoft Graph does not accept, or whose cloud is not known.
 */
export function graphBaseUrl({ kind, url }: Authority): string | undefined {
  if (kind !== 'entra' && kind !== 'external-id') return undefined
  const { hostname, origin } = new URL(url)
  if (isLoopback(hostname)) return `${origin}/v1.0`
  // External ID and its custom domains exist in the public cloud only.
  return GRAPH_BY_AUTHORITY.get(hostname) ?? (kind === 'external-id' ? PUBLIC_GRAPH : undefined)
}
