// The headers that are never forwarded, so that the options cannot add them.

/** Headers about one connection (RFC 9110, section 7.6.1), and headers that frame the body. */
const CONNECTION = [
  'connection',
  'content-length',
  'http2-settings',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]

const REQUEST = new Set([
  ...CONNECTION,
  'authorization',
  'cookie',
  'expect',
  'forwarded',
  'host',
  'origin',
  'referer',
  'via',
  'x-real-ip',
])

const RESPONSE = new Set([
  ...CONNECTION,
  'alt-svc',
  'authentication-info',
  'clear-site-data',
  'location',
  'refresh',
  'report-to',
  'reporting-endpoints',
  'nel',
  'service-worker-allowed',
  'set-cookie',
  'set-cookie2',
  'strict-transport-security',
  'via',
  'www-authenticate',
  'x-accel-redirect',
  'x-sendfile',
])

const REQUEST_PREFIX = /^(?:proxy-|x-forwarded-|sec-|access-control-|:)/
const RESPONSE_PREFIX = /^(?:proxy-|access-control-|cross-origin-|x-accel-(?!buffering$)|sec-|:)/

/** Returns why a request header is never forwarded. `undefined` if it can be. */
export function requestHeaderFault(name: string): string | undefined {
  const lower = name.toLowerCase()
  return faultOf(lower, REQUEST.has(lower) || REQUEST_PREFIX.test(lower))
}

/** Returns why a response header is never forwarded. `undefined` if it can be. */
export function responseHeaderFault(name: string): string | undefined {
  const lower = name.toLowerCase()
  return faultOf(lower, RESPONSE.has(lower) || RESPONSE_PREFIX.test(lower))
}

function faultOf(name: string, isForbidden: boolean): string | undefined {
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name) && !name.startsWith(':')) return 'is not a header name'
  return isForbidden ? 'is never forwarded' : undefined
}
