import type { Certificate } from '../protocol/x509.js'
import { createHostCheck, findHostProblem, hostName, type IsOwnHost } from './host-header.js'
import type { ListeningServer } from './listen.js'

/** The options that decide who reaches the provider, and by which URL. */
export interface NetworkOptions {
  readonly host?: string
  readonly allowHosts?: readonly string[]
  readonly origin?: string
  readonly tls?: boolean | Certificate
}

/** The URLs of a listening provider. */
export interface Network {
  /** The origin of all URLs and issuers. */
  readonly origin: string
  readonly isOwnHost: IsOwnHost
  /** The URL of the provider in this process, which may not know the name in `origin`. */
  readonly localOrigin: string
}

/** Returns whether only this machine reaches a host. */
export function isLoopbackHost(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)
}

/**
 * Checks the options before the provider listens.
 *
 * @throws TypeError when other machines could reach the provider by an unknown name, or when a name is not valid.
 */
export function assertNetwork(options: NetworkOptions): void {
  const { host = 'localhost', allowHosts = [], origin } = options
  const [problem] = allowHosts.flatMap((entry, index) => {
    const found = findHostProblem(entry)
    return found === undefined ? [] : [`allowHosts[${index}] ${found}`]
  })
  if (problem !== undefined) throw new TypeError(`${problem}.`)
  if (origin !== undefined) assertOrigin(origin, options.tls !== undefined && options.tls !== false)
  if (!isLoopbackHost(host) && allowHosts.length === 0 && origin === undefined) {
    throw new TypeError(
      `host is '${host}', which is not a loopback host. The development provider does not check passwords, so set host to localhost, 127.0.0.1 or ::1. For containers, also set the names that clients use: startDevProvider({ allowHosts: ['idp.localhost'] }) or --allow-host idp.localhost.`,
    )
  }
}

/** Returns the host names and IP addresses that the certificate of the server must contain. */
export function certificateNames({
  host = 'localhost',
  allowHosts = [],
  origin,
}: NetworkOptions): string[] {
  const names = allowHosts.map(hostName)
  if (origin !== undefined) names.push(hostName(new URL(origin).host))
  if (!isWildcard(host)) names.push(host)
  return names
}

/** Returns the URLs of the provider, as soon as the port is known. */
export function resolveNetwork(server: ListeningServer, options: NetworkOptions): Network {
  const { host = 'localhost', allowHosts = [] } = options
  const origin = options.origin ?? defaultOrigin(server, host, allowHosts)
  return {
    origin,
    isOwnHost: createHostCheck({ listening: server.origin, origin, allowHosts }),
    localOrigin: isWildcard(host) ? toLoopback(server) : server.origin,
  }
}

function assertOrigin(origin: string, isSecure: boolean): void {
  const url = URL.canParse(origin) ? new URL(origin) : undefined
  if (url?.origin !== origin || !/^https?:$/.test(url.protocol)) {
    throw new TypeError(
      `origin is '${origin}'. Set it to a URL without a path, for example http://idp.localhost:5100.`,
    )
  }
  if (isSecure && url.protocol === 'http:') {
    throw new TypeError(
      `origin is '${origin}', but the provider uses https. Set origin to the same URL with https://.`,
    )
  }
}

/**
 * Returns the default origin. Other machines do not know this machine as `localhost`, so for them it contains the first
 * allowed name.
 */
function defaultOrigin(server: ListeningServer, host: string, [name]: readonly string[]): string {
  if (isLoopbackHost(host) || name === undefined) return server.origin
  const { protocol } = new URL(server.origin)
  const port = /:\d+$/.test(name) ? '' : `:${server.port}`
  return new URL(`${protocol}//${name}${port}`).origin
}

function toLoopback({ origin }: ListeningServer): string {
  // `0.0.0.0` listens on IPv4 only. On most systems, `::` also listens on IPv4.
  const url = new URL(origin)
  url.hostname = '127.0.0.1'
  return url.origin
}

function isWildcard(host: string): boolean {
  return host === '0.0.0.0' || host === '::'
}
