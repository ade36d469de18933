// The lists of headers that are copied.
import type { HttpContext } from '../../http-context.ts'
import type { ForwardSettings } from '../../options/resolve-forward.ts'
import { hasBody, type UpstreamResponse } from './upstream.ts'

// Headers are copied by a list in both directions. A header that is not in a list stays here.

const REQUEST_HEADERS = [
  'accept accept-encoding accept-language cache-control prefer range user-agent',
  'content-encoding content-language content-type consistencylevel idempotency-key last-event-id',
  'if-match if-modified-since if-none-match if-range if-unmodified-since',
  'client-request-id traceparent tracestate x-correlation-id x-request-id',
].flatMap((names) => names.split(' '))

const RESPONSE_HEADERS = [
  'accept-ranges allow etag expires last-modified preference-applied retry-after',
  'content-disposition content-encoding content-language content-range content-type',
  'deprecation ratelimit ratelimit-policy server-timing sunset x-accel-buffering',
  'client-request-id request-id x-correlation-id x-request-id',
].flatMap((names) => names.split(' '))

/**
 * The headers that this module sets itself. They are not copied from the API, because some frameworks would join both
 * values.
 */
const OWN = new Set(['cache-control', 'content-security-policy', 'vary', 'x-content-type-options'])

/** A header of a response. */
export type Header = readonly [name: string, value: string]

/** The names of the headers that are copied, in lower case. */
export interface CopiedHeaders {
  readonly request: readonly string[]
  readonly response: readonly string[]
}

/** Returns the lists of headers for a forwarded path, including the headers that its options add. */
export function copiedHeaders({ requestHeaders, responseHeaders }: ForwardSettings): CopiedHeaders {
  return {
    request: [...new Set([...REQUEST_HEADERS, ...requestHeaders])],
    response: [
      ...new Set([...RESPONSE_HEADERS, ...responseHeaders.filter((name) => !OWN.has(name))]),
    ],
  }
}

/** Returns the headers for the API, without its access token. */
export function toRequestHeaders(
  { request }: CopiedHeaders,
  http: HttpContext,
): Record<string, string> {
  // The client can declare further headers as headers of the connection (RFC 9110, section 7.6.1).
  const named = namesIn(http.header('connection'))
  const headers: Record<string, string> = {}
  for (const name of request) {
    const value = http.header(name)
    if (value !== undefined && !named.includes(name)) headers[name] = value
  }
  return headers
}

/** Returns the headers for the browser, without the location. */
export function toResponseHeaders(
  copied: CopiedHeaders,
  response: UpstreamResponse,
  method: string,
): Header[] {
  const headers: Header[] = []
  const named = namesIn(response.header('connection'))
  const copy = (name: string): void => {
    const value = response.header(name)
    if (value !== undefined && !named.includes(name)) headers.push([name, value])
  }
  for (const name of copied.response) copy(name)
  // The length of the body, which some servers also send with a status that does not have one. The browser would wait for this
  // body, and read the next response as a part of it.
  if (response.status !== 204 && response.status !== 205) copy('content-length')
  headers.push(
    ['cache-control', cacheControl(response)],
    ['vary', vary(response.header('vary'))],
    // The API decides what a response is. A browser must not turn an upload of another user into a page of this origin.
    ['x-content-type-options', 'nosniff'],
  )
  if (hasBody(method, response.status) && canRunScripts(response.header('content-type'))) {
    const own = response.header('content-security-policy')
    headers.push(['content-security-policy', own === undefined ? 'sandbox' : `${own}, sandbox`])
  }
  return headers
}

const NO_NAMES: readonly string[] = []

/** Returns the names in a `Connection` header. */
function namesIn(connection = ''): readonly string[] {
  if (connection === 'keep-alive' || connection === '') return NO_NAMES
  return connection
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
}

/** The directives that allow shared caches to store a response (RFC 9111, section 5.2.2). */
const SHARED = /^(?:public|s-maxage|proxy-revalidate|must-understand|private|no-transform)\b/i

/**
 * Returns the `Cache-Control` header for the response to one user. The browser's request contains a cookie instead of
 * `Authorization`, so a shared cache would not know that the response belongs to one user.
 */
function cacheControl(response: UpstreamResponse): string {
  const given = response.header('cache-control')
  const isStream = isEventStream(response)
  // A middleware that compresses responses would hold events back.
  const transform = isStream ? ', no-transform' : ''
  if (given === undefined || isStream || /\bno-store\b/i.test(given)) {
    return `private, no-store${transform}`
  }
  const kept = given
    .split(',')
    .map((directive) => directive.trim())
    .filter((directive) => directive !== '' && !SHARED.test(directive))
  return ['private', ...kept].join(', ')
}

export function isEventStream(response: Pick<UpstreamResponse, 'header'>): boolean {
  return /^\s*text\/event-stream\b/i.test(response.header('content-type') ?? '')
}

/**
 * Returns the `Vary` header: the response depends on the cookie of the session, and on the headers in the `Vary` of the
 * API except `Authorization`, which the browser does not send.
 */
function vary(given: string | undefined): string {
  if (given === undefined) return 'Cookie'
  const names = given.split(',').map((name) => name.trim())
  const kept = names.filter((name) => !/^(?:|authorization|cookie)$/i.test(name))
  return ['Cookie', ...kept].join(', ')
}

/**
 * Returns whether a browser can run scripts of a response that a user opens as a page. Such a response gets the policy
 * `sandbox`, which gives the page another origin. The policy does not affect downloads or scripts that call `fetch()`.
 * Chromium shows `text/xsl` like XML, and Firefox shows the pages in `multipart/x-mixed-replace`.
 */
function canRunScripts(type: string | undefined): boolean {
  return type === undefined || /html|xml|svg|xsl|multipart/i.test(type)
}
