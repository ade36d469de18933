import type { Socket } from 'node:net'
import type { Variables } from '../../../subject/read-variables.js'
import { endpointOf, openSocket, settled } from './connect.js'

/** A proxy in an environment variable. */
export interface Proxy {
  readonly variable: string
  /** The URL of the proxy. `undefined` if the value of the variable is not a URL. */
  readonly url: URL | undefined
}

/** Returns the proxy for a URL. `undefined` without a proxy, and for this machine and the hosts of `NO_PROXY`. */
export function proxyFor(target: URL, variables: Variables): Proxy | undefined {
  if (/^(localhost|127\.|\[::1\])/.test(target.hostname)) return undefined
  if (isExcluded(target, variables['no_proxy'] ?? variables['NO_PROXY'] ?? '')) return undefined
  const names =
    target.protocol === 'https:' ? ['https_proxy', 'HTTPS_PROXY'] : ['http_proxy', 'HTTP_PROXY']
  const variable = names.find((name) => Boolean(variables[name]))
  if (variable === undefined) return undefined
  const value = variables[variable] ?? ''
  const url = URL.canParse(value) ? new URL(value) : undefined
  return { variable, url: url !== undefined && /^https?:$/.test(url.protocol) ? url : undefined }
}

/** Returns whether `NO_PROXY` excludes a host. It contains hosts, parent domains with or without a dot, or `*`. */
function isExcluded(target: URL, noProxy: string): boolean {
  const { hostname } = target
  const hostAndPort = `${hostname}:${endpointOf(target).port}`
  return noProxy
    .toLowerCase()
    .split(/[,\s]+/)
    .map((entry) => entry.replace(/^\*?\./, ''))
    .some(
      (entry) =>
        entry === '*' ||
        (entry !== '' &&
          [hostname, hostAndPort].some((name) => name === entry || name.endsWith(`.${entry}`))),
    )
}

/** The response of a proxy to `CONNECT`. */
export interface Tunnel {
  readonly status: number
  readonly socket: Socket
}

/** Asks a proxy for a connection to the host of a URL. The caller destroys the socket. */
export async function openTunnel(proxy: URL, target: URL, timeoutMs: number): Promise<Tunnel> {
  const { hostname, port } = endpointOf(target)
  const socket = await openSocket(endpointOf(proxy), timeoutMs)
  const credentials =
    proxy.username === ''
      ? ''
      : `Proxy-Authorization: Basic ${Buffer.from(`${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`).toString('base64')}\r\n`
  const name = hostname.includes(':') ? `[${hostname}]` : hostname
  socket.write(`CONNECT ${name}:${port} HTTP/1.1\r\nHost: ${name}:${port}\r\n${credentials}\r\n`)
  await settled(socket, 'readable', timeoutMs)
  const chunk: unknown = socket.read()
  const status = Number(/^HTTP\/1\.\d (\d{3})/.exec(String(chunk))?.[1] ?? 0)
  return { status, socket }
}

/** Returns whether this version of Node.js can use the proxies in environment variables. */
export function usesEnvProxy(variables: Variables): boolean {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const isKnown = major >= 24 || (major === 22 && minor >= 21)
  const options = (variables['NODE_OPTIONS'] ?? '').split(/\s+/)
  const isRequested = variables['NODE_USE_ENV_PROXY'] === '1' || options.includes('--use-env-proxy')
  return isKnown && isRequested
}
