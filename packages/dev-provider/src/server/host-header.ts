import { toJson, type ProviderResponse } from '../protocol/http.js'

// The names of this machine that another host's DNS entry cannot be. `localhost` includes its subdomains (RFC 6761, section 6.3).
const LOOPBACK = /^(?:(?:[a-z\d-]+\.)*localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::(\d{1,5}))?$/i

// A host name, or the IP address of version 4 or, in brackets, of version 6. Then a port.
const HOST = /^(\[[\da-f:.]+\]|[a-z\d](?:[a-z\d._-]*[a-z\d])?)(?::(\d{1,5}))?$/i

/** A function that returns whether a `Host` header contains a host of the provider. */
export type IsOwnHost = (host: string | undefined) => boolean

/** The values that decide which `Host` headers are accepted. */
export interface HostSettings {
  /** The origin of the socket, with the port that the provider listens on. */
  readonly listening: string
  /** The origin of all URLs. */
  readonly origin: string
  readonly allowHosts: readonly string[]
}

/** Returns a problem of an entry of `allowHosts`, or `undefined` when it is valid. */
export function findHostProblem(host: unknown): string | undefined {
  const isValid = typeof host === 'string' && HOST.test(host)
  return isValid
    ? undefined
    : `must be a host name with or without a port, for example idp.localhost or idp:5100, and not '${String(host)}'`
}

/** Returns the host name of an entry of `allowHosts`, without port and brackets. */
export function hostName(host: string): string {
  return (HOST.exec(host)?.[1] ?? host).replaceAll(/[[\]]/g, '')
}

/**
 * Creates the check of the `Host` header. It accepts the loopback names with the port of the provider, the host of its
 * origin and the allowed hosts. An allowed host without port needs the port of the provider or of its origin.
 */
export function createHostCheck({ listening, origin, allowHosts }: HostSettings): IsOwnHost {
  const ports = [portOf(new URL(listening)), portOf(new URL(origin))]
  const defaultPort = new URL(origin).protocol === 'https:' ? '443' : '80'
  const allowed = new Set([withPort(new URL(origin).host, defaultPort)])
  for (const host of allowHosts) {
    const [, name = '', port] = HOST.exec(host.toLowerCase()) ?? []
    for (const each of port === undefined ? ports : [port]) allowed.add(`${name}:${each}`)
  }
  return (host = '') => {
    const loopback = LOOPBACK.exec(host)
    if (loopback !== null && (loopback[1] ?? defaultPort) === ports[0]) return true
    return allowed.has(withPort(host.toLowerCase(), defaultPort))
  }
}

/**
 * Returns the response to a request whose `Host` header does not name this provider.
 *
 * A website can point its own name to the IP address of this machine (DNS rebinding). Its scripts would then read every
 * response, because the browser regards the provider as part of that website. The name stays in the `Host` header.
 */
export function rejectForeignHost(origin: string): ProviderResponse {
  return toJson(
    {
      error: 'invalid_request',
      error_description: `The Host header is not a name of this development provider. Use ${origin} as the URL of the provider, also behind proxies. To use another name, start the provider with --allow-host.`,
    },
    403,
  )
}

/**
 * Returns the log line of a rejected request. It contains the header only if that is a host name, because a client can
 * send anything.
 */
export function describeForeignHost(host: string | undefined): string {
  const line = 'a request with a foreign Host header 403'
  if (host === undefined || host.length > 255 || !HOST.test(host)) return line
  return `${line} -> The header is ${host}. If your app uses this name, add --allow-host ${host}, or allowHosts in the configuration file.`
}

function portOf(url: URL): string {
  return url.port || (url.protocol === 'https:' ? '443' : '80')
}

function withPort(host: string, defaultPort: string): string {
  return /:\d{1,5}$/.test(host) && !/^\[[^\]]*$/.test(host) ? host : `${host}:${defaultPort}`
}
