// Checks `Host` and `Origin` (DNS rebinding).
import { isOrigin } from '../options/mcp-options.ts'
import { recordError } from '../authentication/index.ts'
import { IdentityError } from '../errors.ts'
import { failureOf, type EventEmitter } from '../event-emitter.ts'
import type { HttpContext } from '../http-context.ts'
import { uncachedJson } from '../fetch-api.ts'
import { quote } from '../text.ts'
import type { McpSettings } from '../options/resolve-mcp.ts'

function withoutPort(host: string): string {
  return host.replace(/:\d+$/, '')
}

const LOOPBACK: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]'])

function isLoopbackHost(host: string): boolean {
  return LOOPBACK.has(withoutPort(host))
}

function isLoopbackOrigin(origin: string): boolean {
  return isOrigin(origin) && /^https?:/.test(origin) && isLoopbackHost(new URL(origin).host)
}

/** The rules for the headers `Host` and `Origin`, which are checked before the token. */
export interface HeaderRules {
  /**
   * Returns the response to a request with a host or an origin that is not allowed, or otherwise `true`. A request
   * without these headers is allowed.
   */
  reject(http: Pick<HttpContext, 'header'>): true | Response
  /**
   * Returns the response to a preflight, or to a request with a host or an origin that is not allowed. Otherwise, it
   * returns `true`, and adds the headers that allow a page from an allowed origin to read the response.
   */
  check(http: HttpContext): true | Response
  /** Responds to `OPTIONS` at the endpoint. */
  preflight(http: Pick<HttpContext, 'header' | 'host'>): Response
}

/** The response headers that clients in browsers read. */
const EXPOSED = 'WWW-Authenticate, Mcp-Session-Id, MCP-Protocol-Version, Retry-After'
const METHODS = 'GET, POST, DELETE'
const REQUEST_HEADERS =
  'Authorization, Content-Type, Accept, Last-Event-ID, MCP-Protocol-Version, Mcp-Session-Id, Mcp-Method, Mcp-Name'

/** The maximum number of spellings of allowed hosts that are remembered, for example with different ports. */
const MAX_KNOWN_HOSTS = 20

/**
 * Creates the rules for `Host` and `Origin`.
 *
 * @see {@link https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http | Security}
 */
export function createHeaderRules(
  { resource, allowedHosts, allowedOrigins, isDevelopment }: McpSettings,
  events: EventEmitter,
): HeaderRules {
  const hosts = new Set([resource.hostname, ...allowedHosts])
  const origins = new Set([resource.origin, ...allowedOrigins])
  // Nearly every request has the same host.
  const knownHosts = new Set<string>()

  function isAllowedHost(given: string): boolean {
    if (knownHosts.has(given)) return true
    const host = given.toLowerCase()
    const isAllowed =
      hosts.has(host) || hosts.has(withoutPort(host)) || (isDevelopment && isLoopbackHost(host))
    if (isAllowed && knownHosts.size < MAX_KNOWN_HOSTS) knownHosts.add(given)
    return isAllowed
  }

  const isAllowedOrigin = (origin: string): boolean =>
    origins.has(origin) || (isDevelopment && isLoopbackOrigin(origin))

  function forbidden(name: 'Host' | 'Origin', value: string | undefined): Response {
    const option = name === 'Host' ? 'allowedHosts' : 'allowedOrigins'
    const error = new IdentityError(
      'access_denied',
      `The MCP server does not accept the header ${name} ${quote(value)}.`,
      { hint: `If the request is not an attack, add the value to McpAuth({ ${option}: [...] }).` },
    )
    events.emit('request.rejected', { level: 'info', ...failureOf(error) })
    // An error without `id`, because the request body was not read.
    const body = { code: -32_000, message: `Forbidden: ${name} is not allowed` }
    return recordError(uncachedJson(403, { jsonrpc: '2.0', error: body }), error)
  }

  function checkHost(host: string | undefined): true | Response {
    return host !== undefined && isAllowedHost(host) ? true : forbidden('Host', host)
  }

  function checkOrigin(origin: string | undefined): true | Response {
    return origin === undefined || isAllowedOrigin(origin) ? true : forbidden('Origin', origin)
  }

  function checkHeaders(http: Pick<HttpContext, 'header' | 'host'>): true | Response {
    const checked = checkHost(http.header('host') ?? http.host)
    return checked === true ? checkOrigin(http.header('origin')) : checked
  }

  function preflight(http: Pick<HttpContext, 'header' | 'host'>): Response {
    const checked = checkHeaders(http)
    if (checked !== true) return checked
    const origin = http.header('origin')
    const headers: Record<string, string> = { allow: `${METHODS}, OPTIONS`, vary: 'Origin' }
    if (origin !== undefined) {
      headers['access-control-allow-origin'] = origin
      headers['access-control-allow-methods'] = METHODS
      headers['access-control-allow-headers'] = allowedHeaders(http)
      headers['access-control-max-age'] = '600'
    }
    return new Response(null, { status: 204, headers })
  }

  return {
    reject(http) {
      const host = http.header('host')
      const checked = host === undefined ? true : checkHost(host)
      return checked === true ? checkOrigin(http.header('origin')) : checked
    },
    check(http) {
      const checked = checkHeaders(http)
      if (checked !== true) return checked
      const origin = http.header('origin')
      if (origin === undefined) return true
      if (http.method === 'OPTIONS' && http.header('access-control-request-method') !== undefined)
        return preflight(http)
      http.setHeaders?.({
        'access-control-allow-origin': origin,
        'access-control-expose-headers': EXPOSED,
        vary: 'Origin',
      })
      return true
    },
    preflight,
  }
}

/** The specification's headers, and those for tool parameters (`Mcp-Param-…`). */
function allowedHeaders(http: Pick<HttpContext, 'header'>): string {
  const asked = (http.header('access-control-request-headers') ?? '')
    .split(',', 50)
    .map((name) => name.trim())
    .filter((name) => /^mcp-[\w-]{1,100}$/i.test(name))
  return [REQUEST_HEADERS, ...asked].join(', ')
}
