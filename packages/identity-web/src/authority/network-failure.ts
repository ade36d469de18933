// Explains failed connections: DNS, TLS, proxies, time limits.
import { nodeProcess } from '../fetch-api.ts'
import type { ErrorReason, IdentityErrorDetails } from '../errors.ts'

/** A request that did not get a response. */
export interface FailedRequest {
  readonly url: string
  /** The error that `fetch` threw. */
  readonly cause: unknown
  /** The number of seconds after which the request ended, if it took too long. */
  readonly timedOutAfter?: number | undefined
  /** `true` if the application passed its own `fetch` function. */
  readonly isOwnFetch?: boolean
}

/**
 * The reason why a request did not get a response: the end of a sentence for the message, and the details of the error.
 */
export interface NetworkFailure {
  /** The end of the sentence. `undefined` if the cause is not known. */
  readonly sentence: string | undefined
  readonly details: Pick<IdentityErrorDetails, 'reason' | 'hint'>
}

/**
 * A cause of a network error, with the error codes of Node.js and the messages of other runtimes that identify the
 * cause.
 */
interface KnownCause {
  readonly reason: ErrorReason
  readonly pattern: RegExp
  readonly sentence: (host: string) => string
  readonly hint: (host: string) => string
}

const CHECK_AUTHORITY =
  'Check the host in Auth({ authority }) or IDENTITY_AUTHORITY (for another provider: Auth({ oidcAuthority }) or IDENTITY_OIDC_AUTHORITY)'

/** A provider on this machine is usually the development provider. */
const LOOPBACK = /^(localhost|127\.|\[::1\])/

const KNOWN_CAUSES: readonly KnownCause[] = [
  {
    reason: 'proxy',
    // Not only `proxy`, which can be a part of a host name.
    pattern: /proxy response|ERR_PROXY|UnsupportedProxy|proxy auth|tunnel/i,
    sentence: (host) => `the proxy did not connect to ${host}`,
    hint: () =>
      'Check the URL and the credentials of the proxy. They are in HTTPS_PROXY, or in the function of Auth({ fetch }).',
  },
  {
    reason: 'dns',
    pattern: /ENOTFOUND|EAI_AGAIN|EAI_FAIL|ENODATA|dns error|FailedToOpenSocket|getaddrinfo/i,
    sentence: (host) => `the host name ${host} cannot be resolved (DNS)`,
    hint: () =>
      `${CHECK_AUTHORITY}. If the host is correct, check the DNS settings of this server.`,
  },
  {
    reason: 'tls',
    pattern: /CERT_HAS_EXPIRED|CERT_NOT_YET_VALID|certificate (has )?expired|NotValidYet/i,
    sentence: (host) => `the certificate of ${host} has expired or is not valid yet (TLS)`,
    hint: () =>
      'Check the clock of this server. If the clock is correct, the operator of the host must renew the certificate.',
  },
  {
    reason: 'tls',
    pattern: /ALTNAME_INVALID|NotValidForName/i,
    sentence: (host) => `the certificate was issued for another host, and not for ${host} (TLS)`,
    hint: () =>
      `${CHECK_AUTHORITY}. If the host is correct, another server, for example a proxy, responds instead of the provider.`,
  },
  {
    reason: 'tls',
    pattern: /SELF_SIGNED|UNABLE_TO_(VERIFY|GET)|UnknownIssuer|unknown issuer|self.signed|CERT_/i,
    sentence: (host) =>
      `the certificate of ${host} was issued by an authority that this server does not trust (TLS)`,
    hint: (host) =>
      LOOPBACK.test(host)
        ? 'If this is the development provider, its output contains the path of ca.pem. Set the environment variable NODE_EXTRA_CA_CERTS to this path before Node.js starts. In a file for --env-file, this variable has no effect.'
        : 'A proxy that inspects TLS probably replaced the certificate. Save the CA certificate of your organization to a PEM file, and set the environment variable NODE_EXTRA_CA_CERTS to this file before Node.js starts. Do not turn off the check of certificates.',
  },
  {
    reason: 'tls',
    pattern: /ERR_SSL|EPROTO|ERR_TLS/i,
    sentence: (host) => `no TLS connection with ${host} is possible`,
    hint: () => `${CHECK_AUTHORITY}, including https or http and the port.`,
  },
  {
    reason: 'connection_refused',
    pattern: /ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ConnectionRefused|connection refused/i,
    sentence: (host) => `${host} refused the connection`,
    hint: (host) =>
      LOOPBACK.test(host)
        ? `Start the provider at ${host}. The development provider starts with: npx --no-install identity-web-dev.`
        : `${CHECK_AUTHORITY}, and its port. If they are correct, a firewall may block the connection of this server.`,
  },
  {
    reason: 'timeout',
    pattern: /UND_ERR_CONNECT_TIMEOUT|ETIMEDOUT|UND_ERR_HEADERS_TIMEOUT/i,
    sentence: (host) => `${host} did not accept a connection in time`,
    hint: () => 'A firewall may block the connection of this server, or a proxy may be required.',
  },
  {
    reason: 'connection_reset',
    pattern: /ECONNRESET|UND_ERR_SOCKET|EPIPE|other side closed/i,
    sentence: (host) => `${host} closed the connection`,
    hint: (host) =>
      LOOPBACK.test(host)
        ? `${CHECK_AUTHORITY}, including https or http and the port.`
        : 'If the error happens again, a firewall or a proxy may close the connections of this server.',
  },
]

/** Explains why a request did not get a response, and how to fix it. */
export function networkFailure(request: FailedRequest): NetworkFailure {
  const { cause, timedOutAfter } = request
  const url = new URL(request.url)
  const text = timedOutAfter === undefined ? textsOf(cause).join(' ') : 'ETIMEDOUT'
  const known = KNOWN_CAUSES.find(({ pattern }) => pattern.test(text))
  if (known === undefined) return { sentence: undefined, details: {} }
  const { host } = url
  const { reason } = known
  const proxy = PROXY_REASONS.has(reason) ? proxyFor(url) : undefined
  return (
    (proxy && proxyFailure(request, known, proxy)) ?? {
      sentence: known.sentence(host),
      details: { reason, hint: known.hint(host) },
    }
  )
}

/**
 * The reasons that can mean a problem with a proxy: the proxy cannot be reached, or a direct connection fails because
 * only a proxy can reach other hosts.
 */
const PROXY_REASONS: ReadonlySet<ErrorReason> = new Set(['dns', 'connection_refused', 'timeout'])

/** Returns the cause if the environment contains a proxy: the proxy cannot be reached, or it was not used. */
function proxyFailure(
  { url, cause, isOwnFetch = false }: FailedRequest,
  known: KnownCause,
  proxy: Proxy,
): NetworkFailure | undefined {
  const { variable } = proxy
  const { host, port } = new URL(url)
  if (isFailureOf(proxy, cause, port || '443')) {
    return {
      sentence: `the proxy of ${variable} cannot be used, because ${known.sentence(proxy.host)}`,
      details: { reason: 'proxy', hint: `Check the URL of the proxy in ${variable}.` },
    }
  }
  if (isOwnFetch) {
    const hint = `${known.hint(host)} Also check that the function of Auth({ fetch }) uses the proxy in ${variable}.`
    return { sentence: known.sentence(host), details: { reason: known.reason, hint } }
  }
  if (isEnvProxyRequested() && canUseEnvProxy()) return undefined
  const ignored = isEnvProxyRequested()
    ? 'this version of Node.js ignores NODE_USE_ENV_PROXY. Update Node.js'
    : 'fetch does not use it by default. Set NODE_USE_ENV_PROXY=1'
  return {
    sentence: `${known.sentence(host)}, and the proxy of ${variable} was not used`,
    details: {
      reason: 'proxy',
      hint: `${variable} is set, but ${ignored} (Node.js 22.21, 24.0 or later). You can also set Auth({ fetch }) to a function that uses the proxy.`,
    },
  }
}

/** Returns whether the connection to the proxy failed, and not the connection to the provider. */
function isFailureOf(proxy: Proxy, error: unknown, providerPort: string): boolean {
  return errorsOf(error).some(
    ({ hostname, port }) =>
      hostname === proxy.hostname || (proxy.port !== providerPort && String(port) === proxy.port),
  )
}

interface ConnectionError {
  readonly code?: unknown
  readonly message?: unknown
  readonly cause?: unknown
  readonly errors?: unknown
  readonly hostname?: unknown
  readonly port?: unknown
}

/** Returns an error and its causes. */
function errorsOf(error: unknown, depth = 0): ConnectionError[] {
  if (typeof error !== 'object' || error === null || depth > 4) return []
  const current = error as ConnectionError
  const several: readonly unknown[] = Array.isArray(current.errors) ? current.errors : []
  return [current, ...[current.cause, ...several].flatMap((one) => errorsOf(one, depth + 1))]
}

/** Returns the codes and messages of an error and of its causes. */
function textsOf(error: unknown): string[] {
  return errorsOf(error)
    .flatMap(({ code, message }) => [code, message])
    .filter((text) => typeof text === 'string')
}

// Node.js and undici use the proxies in these variables only on request.

/** A proxy in an environment variable. */
interface Proxy {
  readonly variable: string
  /** The host and the port, without the credentials. */
  readonly host: string
  readonly hostname: string
  readonly port: string
}

/**
 * Returns the proxy for a URL. Returns `undefined` without one, and for URLs of this machine and hosts in `NO_PROXY`.
 */
function proxyFor(target: URL): Proxy | undefined {
  const { env = {} } = nodeProcess()
  const { hostname, protocol } = target
  if (LOOPBACK.test(hostname)) return undefined
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

/**
 * Returns whether `NO_PROXY` contains a host, one of its parent domains or `*`. Node.js and undici use the same rules.
 */
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
function isEnvProxyRequested(): boolean {
  const { env = {}, execArgv = [] } = nodeProcess()
  return (
    env['NODE_USE_ENV_PROXY'] === '1' ||
    execArgv.includes('--use-env-proxy') ||
    (env['NODE_OPTIONS'] ?? '').split(/\s+/).includes('--use-env-proxy')
  )
}

/** Returns whether this version of Node.js knows `NODE_USE_ENV_PROXY`: 22.21 and later, and 24.0 and later. */
function canUseEnvProxy(): boolean {
  const [major = 0, minor = 0] = (nodeProcess().versions?.node ?? '').split('.').map(Number)
  return major >= 24 || (major === 22 && minor >= 21)
}
