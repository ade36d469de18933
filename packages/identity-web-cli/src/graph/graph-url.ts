import { UsageError } from '../command/usage-error.js'
import { withoutEndSlash } from '../command/without-end-slash.js'

/** The clouds of Microsoft: the host of Graph, and the host where users sign in. */
const CLOUDS: Readonly<Record<string, string>> = {
  'graph.microsoft.com': 'login.microsoftonline.com',
  'graph.microsoft.us': 'login.microsoftonline.us',
  'dod-graph.microsoft.us': 'login.microsoftonline.us',
  'microsoftgraph.chinacloudapi.cn': 'login.partner.microsoftonline.cn',
}

/** The ends of the audience of federated credentials, by the host where users sign in. */
const SUFFIXES: Readonly<Record<string, string>> = {
  'login.microsoftonline.us': 'USGov',
  'login.partner.microsoftonline.cn': 'China',
}

/** Returns whether a URL belongs to this computer. */
export function isLoopback({ hostname }: URL): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
}

/** The URLs of Microsoft Graph and of the sign-in in one cloud. */
export interface GraphPlace {
  /** The URL with the version, without a slash at its end. */
  readonly base: string
  /** The origin of the authorities. */
  readonly login: string
  /** The audience of federated credentials. */
  readonly exchangeAudience: string
  /** The scope of an app-only token of Microsoft Graph. */
  readonly scope: string
}

/**
 * Returns the place of Microsoft Graph. A token of Graph can change every app, so it is sent only to Microsoft and to
 * this machine.
 *
 * @throws UsageError for another host.
 */
export function toGraphPlace(value = 'https://graph.microsoft.com/v1.0'): GraphPlace {
  if (!URL.canParse(value)) throw notGraph(value)
  const url = new URL(value)
  const { protocol, host, origin, pathname, username, search, hash } = url
  const path = withoutEndSlash(pathname)
  const isPlain = username === '' && search === '' && hash === ''
  const isLocal = isLoopback(url) && /^https?:$/.test(protocol)
  const login = protocol === 'https:' && Object.hasOwn(CLOUDS, host) ? CLOUDS[host] : undefined
  if (!isPlain || (!isLocal && login === undefined)) throw notGraph(value)
  return {
    base: `${origin}${path === '' ? '/v1.0' : path}`,
    login: login === undefined ? origin : `https://${login}`,
    exchangeAudience: `api://AzureADTokenExchange${SUFFIXES[login ?? ''] ?? ''}`,
    scope: `${login === undefined ? 'https://graph.microsoft.com' : origin}/.default`,
  }
}

/** Returns the URL of Microsoft Graph for the host where the users of a cloud sign in. `undefined` for other hosts. */
export function graphOfLogin(hostname: string): string | undefined {
  const [host] = Object.entries(CLOUDS).find(([, login]) => login === hostname) ?? []
  return host === undefined ? undefined : `https://${host}/v1.0`
}

function notGraph(value: string): UsageError {
  return new UsageError(
    `--graph ${value} is not Microsoft Graph. The access token is sent only to ${Object.keys(CLOUDS).join(', ')}, and to a development provider on this machine, for example http://localhost:5100/v1.0.`,
  )
}
