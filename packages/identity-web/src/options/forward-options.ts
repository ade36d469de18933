// The options of `auth.forward()`.
import { A_BOOLEAN, listOf, must, oneOf, someScopes } from './checks.ts'
import { optionTable, type Check, type OptionTable, type RowsOf } from './rows.ts'

/**
 * The options of `auth.forward()`. An option that is present must have a value.
 *
 * @example
 * ```ts
 * auth.forward('/api', {
 *   target: 'https://todos.contoso.com/v1',
 *   scopes: ['api://todos/Todos.Read'],
 *   paths: ['/todos/**', '/me'],
 * })
 * ```
 * @public
 */
export interface ForwardOptions {
  /**
   * The URL of the API. Requests are forwarded only to URLs below it. For example, with the path `/api` and the target
   * `https://todos.contoso.com/v1`, a request for `/api/todos` calls `https://todos.contoso.com/v1/todos`.
   *
   * @example auth.forward('/api', { target: 'https://todos.contoso.com/v1', scopes: ['api://todos/Todos.Read'] })
   */
  readonly target: string
  /**
   * The scopes of the access token, as a list or a space-separated string. All of them must belong to the same API. The
   * option is required unless `token` is `'none'`.
   *
   * @defaultValue not set
   * @example auth.forward('/api', { target: 'https://todos.contoso.com', scopes: ['api://todos/Todos.Read'] })
   */
  readonly scopes?: string | readonly string[]
  /**
   * The kind of access token that is added to each request. With `'user'`, it is the signed-in user's token, and with
   * `'application'`, it is an app-only token. With `'none'`, requests are forwarded without a token. In all three
   * cases, however, the user must be signed in.
   *
   * @defaultValue `'user'`
   * @example
   * ```ts
   * const scopes = 'api://todos/.default'
   * auth.forward('/api', { target: 'https://todos.contoso.com', token: 'application', scopes })
   * ```
   */
  readonly token?: 'user' | 'application' | 'none'
  /**
   * The allowed HTTP methods. Other methods get a 405 response.
   *
   * @defaultValue `['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']`
   * @example auth.forward('/files', { target: 'https://files.contoso.com', token: 'none', methods: ['GET', 'HEAD'] })
   */
  readonly methods?: readonly string[]
  /**
   * The allowed paths below the target. `*` matches one segment, and `/**` at the end matches the path before it and
   * everything below. Other paths get a 404 response.
   *
   * @defaultValue every path below the target
   * @example
   * ```ts
   * const scopes = ['User.Read']
   * auth.forward('/graph', { target: 'https://graph.microsoft.com/v1.0', scopes, paths: ['/me', '/users/*', '/me/messages/**'] })
   * ```
   */
  readonly paths?: readonly string[]
  /**
   * More request headers to forward, in addition to the list in the guide `forward.md`. You cannot add cookies,
   * credentials or headers about the connection, because they are never forwarded.
   *
   * @defaultValue `[]`
   * @example
   * ```ts
   * auth.forward('/api', { target: 'https://todos.contoso.com', token: 'none', requestHeaders: ['x-board'] })
   * ```
   */
  readonly requestHeaders?: readonly string[]
  /**
   * More response headers to forward, in addition to the list in the guide `forward.md`. The API's cookies are never
   * forwarded.
   *
   * @defaultValue `[]`
   * @example
   * ```ts
   * auth.forward('/api', { target: 'https://todos.contoso.com', token: 'none', responseHeaders: ['link'] })
   * ```
   */
  readonly responseHeaders?: readonly string[]
  /**
   * The maximum time in seconds until the API sends the headers of its response. The time starts again with each part
   * of the request body. However, the response body does not have a time limit.
   *
   * @defaultValue `60`
   * @example
   * ```ts
   * auth.forward('/reports', { target: 'https://reports.contoso.com', token: 'none', timeoutSeconds: 300 })
   * ```
   */
  readonly timeoutSeconds?: number
  /**
   * The largest allowed request body, in bytes. A larger body gets a 413 response, but the response body does not have
   * a limit.
   *
   * @defaultValue `10_485_760`, which is 10 MiB
   * @example
   * ```ts
   * auth.forward('/files', { target: 'https://files.contoso.com', token: 'none', maxBodyBytes: 1_000_000_000 })
   * ```
   */
  readonly maxBodyBytes?: number
  /**
   * With `true`, access tokens are sent to an `http://` URL on another machine, so everyone on the network between the
   * two machines can read and use them. Without this option, `http://` is allowed only for localhost, or with
   * `token: 'none'`.
   *
   * @deprecated Use `https://`, or a service mesh that encrypts the connection.
   * @defaultValue `false`
   * @example
   * ```ts
   * const scopes = ['api://todos/Todos.Read']
   * auth.forward('/api', { target: 'http://todos.internal', scopes, allowInsecureTarget: true })
   * ```
   */
  readonly allowInsecureTarget?: boolean
}

/**
 * The methods that cannot be allowed, because they do not read or change a resource of the API (RFC 9110, sections
 * 9.3.6 and 9.3.8).
 */
const FORBIDDEN_METHODS: ReadonlySet<string> = new Set(['CONNECT', 'TRACE', 'TRACK'])
/** The longest delay that timers support, in seconds. */
const MAX_SECONDS = 2_147_483

const SEGMENT = /^(?:[\w.~!$&'()+,;=:@-]|%[\da-f]{2})+$/i

/** The headers about one connection (RFC 9110, section 7.6.1), and about the body's length. */
const CONNECTION_HEADERS =
  'connection content-length http2-settings keep-alive te trailer transfer-encoding upgrade'.split(
    ' ',
  )

/** The request headers that are never forwarded, so that the option cannot add them. */
const REQUEST_HEADERS: ReadonlySet<string> = new Set([
  ...CONNECTION_HEADERS,
  ...'authorization cookie expect forwarded host origin referer via x-real-ip'.split(' '),
])

/** The response headers that are never forwarded. */
const RESPONSE_HEADERS: ReadonlySet<string> = new Set([
  ...CONNECTION_HEADERS,
  ...'authentication-info www-authenticate set-cookie set-cookie2 location refresh via'.split(' '),
  ...'alt-svc clear-site-data report-to reporting-endpoints nel service-worker-allowed'.split(' '),
  ...'strict-transport-security x-accel-redirect x-sendfile'.split(' '),
])

const REQUEST_PREFIX = /^(?:proxy-|x-forwarded-|sec-|access-control-|:)/
const RESPONSE_PREFIX = /^(?:proxy-|access-control-|cross-origin-|x-accel-(?!buffering$)|sec-|:)/

const ROWS: RowsOf<ForwardOptions> = {
  target: { example: "'https://todos.contoso.com/v1'", check: targetFault },
  scopes: {
    example: "['api://todos/Todos.Read']",
    check: someScopes('a list of strings or a space-separated string'),
  },
  token: { example: "'user'", check: oneOf('user', 'application', 'none') },
  methods: { example: "['GET', 'POST']", check: filled(strings(methodFault)) },
  paths: { example: "['/todos/**', '/me']", check: filled(strings(patternFault)) },
  requestHeaders: {
    example: "['x-board']",
    check: strings(headerFault(REQUEST_HEADERS, REQUEST_PREFIX)),
  },
  responseHeaders: {
    example: "['link']",
    check: strings(headerFault(RESPONSE_HEADERS, RESPONSE_PREFIX)),
  },
  timeoutSeconds: {
    example: '300',
    check: must(
      (value) => Number.isFinite(value) && Number(value) > 0 && Number(value) <= MAX_SECONDS,
      `a number greater than 0 and at most ${MAX_SECONDS}`,
    ),
  },
  maxBodyBytes: {
    example: '10_000_000',
    check: must(
      (value) => Number.isSafeInteger(value) && Number(value) >= 0,
      'a whole number of bytes',
    ),
  },
  allowInsecureTarget: { example: 'true', check: A_BOOLEAN },
}

/** The options of `auth.forward`. */
export const FORWARD: OptionTable = optionTable('auth.forward', ROWS)

function strings(faultOf: (item: string) => string | undefined): Check {
  return listOf(
    (item) => (typeof item === 'string' ? faultOf(item) : 'is not a string'),
    'a list of strings',
  )
}

/** Returns a check that also rejects an empty list of methods or paths, because it would not allow any request. */
function filled(check: Check): Check {
  return (list, code) =>
    Array.isArray(list) && list.length === 0 ? 'must not be empty' : check(list, code)
}

function targetFault(target: unknown): string | undefined {
  if (typeof target !== 'string' || !URL.canParse(target))
    return 'must be the absolute URL of the API'
  const url = new URL(target)
  if (!/^https?:$/.test(url.protocol)) return 'must start with https://'
  const extra = [url.username, url.password, url.search, url.hash].some((part) => part !== '')
  if (extra || /[?#]/.test(target)) return 'must not contain a user name, a query or a fragment'
  return url.pathname.includes('//') || /%(?:2e|2f|5c)/i.test(url.pathname)
    ? 'must not contain an empty segment or an encoded slash in its path'
    : undefined
}

function methodFault(method: string): string | undefined {
  if (FORBIDDEN_METHODS.has(method.toUpperCase())) return 'cannot be forwarded'
  return /^[A-Z][A-Z-]*$/.test(method) ? undefined : 'is not a method in upper case, such as GET'
}

function patternFault(pattern: string): string | undefined {
  const [first, ...segments] = pattern.split('/')
  if (first !== '' || segments.length === 0) return 'does not start with a slash'
  const last = segments.length - 1
  const isValid = segments.every(
    (segment, index) =>
      segment === '*' ||
      (index === last && (segment === '**' || segment === '')) ||
      isSegment(segment),
  )
  return isValid
    ? undefined
    : 'is not a path. Write the path as in a URL. Use * for one segment, and /** at the end for all paths below'
}

/** Returns whether a string is one segment of a path, and a URL keeps this segment unchanged. */
export function isSegment(segment: string): boolean {
  return SEGMENT.test(segment) && !/^\.{1,2}$/.test(segment)
}

/** Returns the check for a header, which returns the reason why the header is not forwarded. */
function headerFault(forbidden: ReadonlySet<string>, prefix: RegExp) {
  return (given: string): string | undefined => {
    const name = given.toLowerCase()
    if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name) && !name.startsWith(':')) return 'is not a header name'
    return forbidden.has(name) || prefix.test(name) ? 'is never forwarded' : undefined
  }
}
