// Time limits of requests, and parsing of responses.
/** The function and the time limit for requests to a provider, and the accepted difference of its clock. */
export interface Transport {
  readonly fetch: typeof fetch
  /** The maximum duration of a request in seconds, including the body of its response. */
  readonly timeoutSeconds: number
  /** The accepted difference between the clocks of this server and of the provider, in seconds. @defaultValue `60` */
  readonly clockToleranceSeconds?: number
  /**
   * Returns the cause of Microsoft's error codes and the remedy. The client passes this function, because the authority
   * does not know the codes.
   */
  readonly hintOf?: (codes: readonly string[]) => Promise<string | undefined>
}

/** A request to a provider: a URL and the options of `fetch`. */
export interface ProviderRequest extends RequestInit {
  readonly url: string
}

/** The response of a provider, read completely. */
export interface ProviderResponse {
  readonly status: number
  readonly headers: Headers
  readonly body: string
  /**
   * The target of a redirect without its query. Redirects are never followed, because the target would receive the
   * credentials of the application, or could replace the keys of the provider.
   */
  readonly redirectTarget: string | undefined
}

/** Parses a JSON object. Returns `undefined` if the string is not a JSON object. */
export function parseObject(json: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(json)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined
  } catch {
    return undefined
  }
}

/**
 * Parses a JSON object of a provider.
 *
 * @returns `undefined` if the string is not a JSON object, or if it is too deep.
 */
export function parseProviderObject(json: string): Record<string, unknown> | undefined {
  const parsed = parseObject(json)
  return parsed !== undefined && isShallow(parsed) ? parsed : undefined
}

/** The maximum number of levels in JSON. Real documents and tokens have about five levels. */
const MAX_DEPTH = 100

/**
 * Returns whether a value of `JSON.parse` is nested only a few levels deep, so that it can be copied, frozen and
 * written as JSON again. Recursive functions such as `JSON.stringify` fail with a `RangeError` at thousands of levels.
 */
export function isShallow(value: unknown, depth: number = MAX_DEPTH): boolean {
  if (typeof value !== 'object' || value === null) return true
  return depth > 0 && Object.values(value).every((inner) => isShallow(inner, depth - 1))
}

/** Returns the hint for a response that probably comes from another server. The hint does not contain the response. */
export function notFromProvider(body: string): string {
  const what = body.trimStart().startsWith('<') ? 'an HTML page' : 'not the JSON of a provider'
  return `The response is ${what}, so a proxy, a firewall or another web server may have sent it. Check authority (IDENTITY_AUTHORITY) or oidcAuthority (IDENTITY_OIDC_AUTHORITY), and HTTPS_PROXY.`
}

/** The pause in seconds if the response does not contain a valid pause. */
const RETRY_PAUSE_SECONDS = 5
/** The maximum pause in seconds, so that a provider cannot block users for a longer time. */
const MAX_RETRY_PAUSE_SECONDS = 3600

/**
 * Reads the pause after which a request may be repeated (RFC 9110, section 10.2.3).
 *
 * @returns Seconds, from 0 to 3600. A value that is missing, wrong or in the past counts as 5 seconds.
 */
export function retryAfterSeconds(headers: Headers): number {
  const value = headers.get('retry-after') ?? ''
  // The clock of the provider wrote a date, so its own `Date` header is compared. Microsoft Graph sends fractions, such as 0.249.
  const now = Date.parse(headers.get('date') ?? '') || Date.now()
  const pause = HTTP_DATE.test(value)
    ? (Date.parse(value) - now) / 1000 || -1
    : Number(/^[\d.]+$/.test(value) ? value : -1)
  return pause >= 0 ? Math.min(Math.ceil(pause), MAX_RETRY_PAUSE_SECONDS) : RETRY_PAUSE_SECONDS
}

/** The format of dates that senders must use. */
const HTTP_DATE = /^\w{3}, \d\d \w{3} \d{4} [\d:]{8} GMT$/
