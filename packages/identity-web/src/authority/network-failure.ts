import type { ErrorReason, IdentityErrorDetails } from '../errors.ts'

/** A request that did not get a response. */
export interface FailedRequest {
  readonly url: string
  /** The error that `fetch` threw. */
  readonly cause: unknown
  /** The number of seconds after which the request ended, if it took too long. */
  readonly timedOutAfter?: number | undefined
}

/** The reason for a request without a response: text that completes a sentence, and the details of the error. */
export interface NetworkFailure {
  /** `undefined` if the cause is not known. */
  readonly sentence: string | undefined
  readonly details: Pick<IdentityErrorDetails, 'reason' | 'hint'>
}

/** A cause, and how to recognize it by the error codes of Node.js and the messages of other runtimes. */
interface KnownCause {
  readonly reason: ErrorReason
  readonly pattern: RegExp
  readonly sentence: (host: string) => string
  readonly hint: (host: string) => string
}

const CHECK_AUTHORITY =
  'Check the host in Auth({ authority }) or IDENTITY_AUTHORITY (for another provider: Auth({ oidcAuthority }) or IDENTITY_OIDC_AUTHORITY)'

const KNOWN_CAUSES: readonly KnownCause[] = [
  {
    reason: 'proxy',
    pattern: /proxy|\b407\b/i,
    sentence: (host) => `the proxy did not connect to ${host}`,
    hint: () =>
      'Check the URL of the proxy and its credentials in HTTPS_PROXY, or in the function of Auth({ fetch }).',
  },
  {
    reason: 'dns',
    pattern: /ENOTFOUND|EAI_AGAIN|EAI_FAIL|ENODATA|dns error|FailedToOpenSocket|getaddrinfo/i,
    sentence: (host) => `the host name ${host} cannot be resolved (DNS)`,
    hint: () => `${CHECK_AUTHORITY}. If it is correct, check the DNS settings of this server.`,
  },
  {
    reason: 'tls',
    pattern: /CERT_HAS_EXPIRED|CERT_NOT_YET_VALID|certificate (has )?expired|NotValidYet/i,
    sentence: (host) => `the certificate of ${host} has expired or is not valid yet (TLS)`,
    hint: () =>
      'Check the clock of this server. If it is correct, the operator of the host must renew the certificate.',
  },
  {
    reason: 'tls',
    pattern: /ALTNAME_INVALID|NotValidForName/i,
    sentence: (host) => `the certificate belongs to another host than ${host} (TLS)`,
    hint: () =>
      `${CHECK_AUTHORITY}. If it is correct, another server responds in its place, for example a proxy.`,
  },
  {
    reason: 'tls',
    pattern: /SELF_SIGNED|UNABLE_TO_(VERIFY|GET)|UnknownIssuer|unknown issuer|self.signed|CERT_/i,
    sentence: (host) =>
      `the certificate of ${host} was issued by an authority that this server does not trust (TLS)`,
    hint: () =>
      'A proxy that inspects TLS probably replaced the certificate. Save the CA certificate of your organization to a PEM file, and set the environment variable NODE_EXTRA_CA_CERTS to this file before Node.js starts. Do not turn off the check of certificates.',
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
      /^(localhost|127\.|\[::1\])/.test(host)
        ? `Start the provider at ${host}. The development provider starts with: npx identity-web-dev.`
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
    hint: () =>
      'If it happens again, a firewall or a proxy may end the connections of this server.',
  },
]

/** Names the cause of a request that did not get a response, and the remedy. */
export function networkFailure({ url, cause, timedOutAfter }: FailedRequest): NetworkFailure {
  const { host } = new URL(url)
  const isTimeout = timedOutAfter !== undefined
  const text = isTimeout ? 'ETIMEDOUT' : textsOf(cause).join(' ')
  const known = KNOWN_CAUSES.find(({ pattern }) => pattern.test(text))
  if (known === undefined) return { sentence: undefined, details: {} }
  const { reason } = known
  const proxy = PROXY_REASONS.has(reason) ? unusedProxy(url) : undefined
  if (proxy !== undefined) {
    return {
      sentence: `${known.sentence(host)}, and the proxy of ${proxy} was not used`,
      details: {
        reason: 'proxy',
        hint: `${proxy} is set, but fetch does not use it by default. Set NODE_USE_ENV_PROXY=1 (Node.js 22.21, 24.5 or later), or pass a fetch function that uses the proxy: Auth({ fetch }).`,
      },
    }
  }
  return { sentence: known.sentence(host), details: { reason, hint: known.hint(host) } }
}

/** Where only a proxy reaches other hosts, direct connections fail for these reasons. */
const PROXY_REASONS: ReadonlySet<ErrorReason> = new Set(['dns', 'connection_refused', 'timeout'])

/** Returns the name of the variable with a proxy that `fetch` ignores. */
function unusedProxy(url: string): string | undefined {
  const { process } = globalThis as {
    readonly process?: { readonly env?: Readonly<Record<string, string | undefined>> }
  }
  const env = process?.env ?? {}
  const { hostname, protocol } = new URL(url)
  const isLocal = /^(localhost|127\.|\[::1\])/.test(hostname)
  if (isLocal || protocol !== 'https:' || env['NODE_USE_ENV_PROXY'] === '1') return undefined
  return ['HTTPS_PROXY', 'https_proxy'].find((name) => Boolean(env[name]))
}

/** Returns the codes and messages of an error and of its causes. */
function textsOf(error: unknown, depth = 0): string[] {
  if (typeof error !== 'object' || error === null || depth > 4) return []
  const { code, message, cause, errors } = error as {
    readonly code?: unknown
    readonly message?: unknown
    readonly cause?: unknown
    readonly errors?: unknown
  }
  const several: readonly unknown[] = Array.isArray(errors) ? errors : []
  const inner = [cause, ...several]
  return [
    ...[code, message].filter((text) => typeof text === 'string'),
    ...inner.flatMap((one) => textsOf(one, depth + 1)),
  ]
}
