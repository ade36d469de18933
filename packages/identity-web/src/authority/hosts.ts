import type { Authority } from './authority.ts'

const PUBLIC_GRAPH = 'https://graph.microsoft.com/v1.0'

interface Cloud {
  /** The canonical host. The metadata, issuers and endpoints of the cloud use it, also after requests to an alias. */
  readonly host: string
  readonly aliases: readonly string[]
  /** The base URL of its Microsoft Graph, if it is known. */
  readonly graph?: string
}

const CLOUDS: readonly Cloud[] = [
  {
    host: 'login.microsoftonline.com',
    aliases: ['login.windows.net', 'login.microsoft.com', 'sts.windows.net'],
    graph: PUBLIC_GRAPH,
  },
  {
    host: 'login.microsoftonline.us',
    aliases: ['login.usgovcloudapi.net'],
    // The host of GCC High, not of DoD.
    graph: 'https://graph.microsoft.us/v1.0',
  },
  {
    host: 'login.partner.microsoftonline.cn',
    aliases: ['login.chinacloudapi.cn'],
    graph: 'https://microsoftgraph.chinacloudapi.cn/v1.0',
  },
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
function isLoopback(hostname: string): boolean {
  return LOOPBACK.test(hostname)
}

/** Returns whether a URL is an https URL, or an http URL of this machine. */
export function isSecureUrl(url: URL): boolean {
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))
}

export function isLoopbackUrl(url: string | undefined): boolean {
  return url !== undefined && URL.canParse(url) && isLoopback(new URL(url).hostname)
}

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
  const cloud = CLOUDS.find(({ host }) => host === hostname)
  return cloud?.graph ?? (kind === 'external-id' ? PUBLIC_GRAPH : undefined)
}
