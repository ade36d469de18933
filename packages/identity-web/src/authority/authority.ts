// The rules of an authority, and checks of URLs.
/**
 * The tenants whose users may sign in at an authority for many tenants. Users and tokens of other tenants are
 * rejected.
 *
 * - `'any'`: all accounts
 * - `'work'`: work and school accounts, but not personal accounts
 * - a list: the tenants with these IDs
 *
 * @example
 * ```ts
 * const tenants: TenantPolicy = ['11111111-2222-3333-4444-555555555555']
 * ```
 * @public
 */
export type TenantPolicy = 'any' | 'work' | readonly string[]

/**
 * The kind of an authority.
 *
 * - `'entra'`: an Entra ID tenant, or `common`, `organizations` or `consumers`
 * - `'external-id'`: an External ID tenant for customers
 * - `'b2c'`: a policy of an Azure AD B2C tenant
 * - `'adfs'`: an AD FS server
 * - `'oidc'`: any other OpenID Connect provider
 */
export type AuthorityKind = 'entra' | 'external-id' | 'b2c' | 'adfs' | 'oidc'

/**
 * An authority that signs users in, and the rules for its metadata. `recognize.ts` creates it from a URL.
 */
export interface Authority {
  readonly kind: AuthorityKind
  readonly url: string
  readonly metadataUrl: string
  /** The tenant in the URL: an ID, a domain, `common`, `organizations` or `consumers`. */
  readonly tenant?: string
  /** The tenants whose users may sign in. `undefined` if tokens do not contain a tenant. */
  readonly tenants?: TenantPolicy | undefined
  /** The policy (user flow) that tokens of Azure AD B2C must contain. */
  readonly policy?: string
  /** The authority of version 1.0 access tokens. The app registration of an API decides which version it receives. */
  readonly version1?: Authority
  /**
   * `true` if users cannot sign in at this authority. The library then uses only the issuer and the keys in the
   * metadata of this authority.
   */
  readonly isForTokensOnly?: boolean
  /** Returns whether the metadata of this authority may contain this issuer. */
  acceptsIssuer(issuer: string): boolean
  /** The expected issuer, for messages. */
  readonly issuerRule: string
}

/** The option that contains the URL of an authority, for messages. */
export interface AuthoritySetting {
  readonly option: string
  readonly example: string
}

/** Returns the non-empty segments of a URL's path. */
export function segmentsOf(url: URL): string[] {
  return url.pathname.split('/').filter((segment) => segment !== '')
}

const PUBLIC_GRAPH = 'https://graph.microsoft.com/v1.0'

interface Cloud {
  /** The canonical host. The metadata, issuers and endpoints of the cloud use it, also after requests to an alias. */
  readonly host: string
  readonly aliases: readonly string[]
  /** The base URL of the cloud's Microsoft Graph, if it is known. */
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
export function isSecureUrl(given: URL | string): boolean {
  if (!URL.canParse(given)) return false
  const url = new URL(given)
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))
}

/** Returns whether a value is a secure URL without a user, a query and a fragment. */
export function isPlainUrl(value: unknown): boolean {
  if (typeof value !== 'string' || !isSecureUrl(value) || /[?#]/.test(value)) return false
  const { username, password } = new URL(value)
  return username === '' && password === ''
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
