import { toJson, type ProviderResponse } from '../protocol/http.js'

// The names of this machine that another host's DNS entry cannot be. `localhost` includes its subdomains (RFC 6761, section 6.3).
const LOOPBACK = /^(?:(?:[a-z\d-]+\.)*localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::(\d{1,5}))?$/i

/**
 * Returns the response to a request whose `Host` header does not name this provider, or `undefined` for other requests.
 *
 * A website can point its own name to the IP address of this machine (DNS rebinding). Its scripts would then read every
 * response, because the browser regards the provider as part of that website. The name stays in the `Host` header.
 */
export function rejectForeignHost(
  host: string | undefined,
  origin: string,
): ProviderResponse | undefined {
  const { port, protocol } = new URL(origin)
  const defaultPort = protocol === 'https:' ? '443' : '80'
  const match = LOOPBACK.exec(host ?? '')
  if (match !== null && (match[1] ?? defaultPort) === (port || defaultPort)) return undefined
  return toJson(
    {
      error: 'invalid_request',
      error_description: `The Host header does not name this development provider. Use ${origin} as the URL of the provider, also behind proxies.`,
    },
    403,
  )
}
