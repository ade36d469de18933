import type { Authority } from './authority.ts'

// Microsoft's clouds. The metadata, issuers and endpoints of a cloud use its canonical host. Requests to an alias return
// tokens with the issuer of the canonical host.
const CLOUDS: readonly { readonly host: string; readonly aliases: readonly string[] }[] = [
  {
    host: 'login.microsoftonline.com',
    aliases: ['login.windows.net', 'login.microsoft.com', 'sts.windows.net'],
  },
  { host: 'login.microsoftonline.us', aliases: ['login.usgovcloudapi.net'] },
  { host: 'login.partner.microsoftonline.cn', aliases: ['login.chinacloudapi.cn'] },
  { host: 'login.sovcloud-identity.fr', aliases: [] },
  { host: 'login.sovcloud-identity.de', aliases: [] },
  { host: 'login.sovcloud-identity.sg', aliases: [] },
]

/** Returns the canonical host for a host of a Microsoft cloud. Returns other hosts unchanged. */
export function canonicalHost(host: string): string {
  return CLOUDS.find((cloud) => cloud.aliases.includes(host))?.host ?? host
}

/** Returns whether a host is the canonical host of a Microsoft cloud. */
export function isMicrosoftHost(host: string): boolean {
  return CLOUDS.some((cloud) => cloud.host === host)
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\]|[\w-]+\.localhost)$/

/** Returns whether a host name belongs to this machine. */
export function isLoopback(hostname: string): boolean {
  return LOOPBACK.test(hostname)
}

/** Returns whether a URL is an https URL, or an http URL of this machine. */
export function isSecureUrl(url: URL): boolean {
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))
}

/** Returns whether a value is a URL of this machine. */
export function isLoopbackUrl(url: string | undefined): boolean {
  return url !== undefined && URL.canParse(url) && isLoopback(new URL(url).hostname)
}

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
