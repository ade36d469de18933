// Node.js and undici use the proxies in these variables only on request.

/** A proxy in an environment variable. */
export interface Proxy {
  readonly variable: string
  /** The host and the port, without the credentials. */
  readonly host: string
  readonly hostname: string
  readonly port: string
}

interface NodeProcess {
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly execArgv?: readonly string[]
  readonly versions?: { readonly node?: string }
}

const nodeProcess = (): NodeProcess =>
  (globalThis as { readonly process?: NodeProcess }).process ?? {}

/** Returns the proxy for a URL. Returns `undefined` without one, and for URLs of this machine and hosts in `NO_PROXY`. */
export function proxyFor(target: URL): Proxy | undefined {
  const { env = {} } = nodeProcess()
  const { hostname, protocol } = target
  if (/^(localhost|127\.|\[::1\])/.test(hostname)) return undefined
  if (isExcluded(target, env['no_proxy'] ?? env['NO_PROXY'] ?? '')) return undefined
  const names =
    protocol === 'https:' ? ['https_proxy', 'HTTPS_PROXY'] : ['http_proxy', 'HTTP_PROXY']
  const variable = names.find((name) => Boolean(env[name]))
  const value = variable === undefined ? '' : (env[variable] ?? '')
  if (variable === undefined || !URL.canParse(value)) return undefined
  const url = new URL(value)
  const port = url.port === '' ? String(url.protocol === 'https:' ? 443 : 80) : url.port
  return { variable, host: url.host, hostname: url.hostname.replace(/^\[|\]$/g, ''), port }
}

/** Returns whether `NO_PROXY` contains a host, one of its parent domains or `*`. Node.js and undici read it in this way. */
function isExcluded({ hostname, host, port, protocol }: URL, noProxy: string): boolean {
  const hostAndPort = port === '' ? `${host}:${protocol === 'https:' ? 443 : 80}` : host
  return noProxy
    .toLowerCase()
    .split(/[,\s]/)
    .map((entry) => entry.replace(/^\*?\./, ''))
    .some(
      (entry) =>
        entry === '*' ||
        (entry !== '' &&
          [hostname, hostAndPort].some((name) => name === entry || name.endsWith(`.${entry}`))),
    )
}

/** Returns whether the settings of Node.js make the global `fetch` use the proxies of the environment. */
export function isEnvProxyRequested(): boolean {
  const { env = {}, execArgv = [] } = nodeProcess()
  return (
    env['NODE_USE_ENV_PROXY'] === '1' ||
    execArgv.includes('--use-env-proxy') ||
    (env['NODE_OPTIONS'] ?? '').split(/\s+/).includes('--use-env-proxy')
  )
}

/** Returns whether this version of Node.js knows `NODE_USE_ENV_PROXY`: 22.21 and later, and 24.0 and later. */
export function canUseEnvProxy(): boolean {
  const [major = 0, minor = 0] = (nodeProcess().versions?.node ?? '').split('.').map(Number)
  return major >= 24 || (major === 22 && minor >= 21)
}
