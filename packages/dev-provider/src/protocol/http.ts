import { invalidRequest } from './oauth-error.js'
import type { RequestError } from './request-error.js'
import type { EndpointName } from './routes.js'

/** A request in the form that handlers use. */
export interface ProviderRequest {
  readonly method: string
  readonly url: URL
  readonly endpoint: EndpointName
  /**
   * The path segments that name the issuer. For Azure AD B2C, the tenant, a slash and the policy.
   */
  readonly tenant: string
  /** The last path segment, for pages whose path contains an ID. */
  readonly id: string
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly cookies: ReadonlyMap<string, string>
  /** The body without changes. */
  readonly body: string
  /** The form fields of a POST. Empty for other requests. */
  readonly form: URLSearchParams
  /** The `client-request-id` of the client when it is a GUID, otherwise a new GUID. */
  readonly correlationId: string
  /** A new GUID, which an error contains as `trace_id`. */
  readonly requestId: string
}

/** The HTTP response of a handler. */
export interface ProviderResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array
  /** The reason of a failure for the request log. The client does not receive it. */
  readonly error?: RequestError
}

/** Creates a JSON response that must not be cached. */
export function toJson(
  body: unknown,
  status = 200,
  headers: Record<string, string> = {},
): ProviderResponse {
  return {
    status,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
      pragma: 'no-cache',
      'x-content-type-options': 'nosniff',
      ...headers,
    },
    body: JSON.stringify(body),
  }
}

/** Creates a redirect. */
export function toRedirect(
  location: string,
  headers: Record<string, string> = {},
): ProviderResponse {
  return {
    status: 302,
    headers: {
      location,
      'cache-control': 'no-store',
      'referrer-policy': 'strict-origin',
      ...headers,
    },
    body: '',
  }
}

/** Returns the parameters of a request that uses the query (GET) or a form (POST). */
export function paramsOf(request: ProviderRequest): URLSearchParams {
  return request.method === 'POST' ? request.form : request.url.searchParams
}

/**
 * Returns a parameter, or `undefined` when it is missing or empty. OAuth treats both the same (RFC
 * 6749, section 3.1).
 */
export function param(params: URLSearchParams, name: string): string | undefined {
  const value = params.get(name)
  return value === null || value === '' ? undefined : value
}

/**
 * Rejects a request that repeats a parameter (RFC 6749, section 3.1).
 *
 * @throws OAuthError AADSTS9000411.
 */
export function assertNoDuplicates(params: URLSearchParams): void {
  for (const name of new Set(params.keys())) {
    if (params.getAll(name).length > 1) {
      throw invalidRequest(
        9000411,
        `The request is not properly formatted. The parameter '${name}' is duplicated.`,
        `Send the parameter ${name} only once.`,
      )
    }
  }
}

/** Parses a `Cookie` header. The first value of a repeated name wins (RFC 6265, section 5.4). */
export function parseCookies(header: string | undefined): Map<string, string> {
  const cookies = new Map<string, string>()
  for (const pair of (header ?? '').split(';')) {
    const at = pair.indexOf('=')
    if (at <= 0) continue
    const name = pair.slice(0, at).trim()
    if (!cookies.has(name)) cookies.set(name, pair.slice(at + 1).trim())
  }
  return cookies
}
