import { OAuthError } from './oauth-error.js'
import type { EndpointName } from './routes.js'

/** A request as the handlers see it, whatever served it. */
export interface ProviderRequest {
  readonly method: string
  readonly url: URL
  readonly endpoint: EndpointName
  /** The path segments that name the issuer: a tenant, for Azure AD B2C with the policy behind a slash. */
  readonly tenant: string
  /** The last path segment, for pages that carry an id. */
  readonly id: string
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly cookies: ReadonlyMap<string, string>
  /** The body as it came. */
  readonly body: string
  /** Form fields of a POST; empty for anything else. */
  readonly form: URLSearchParams
  /** The client's `client-request-id` when it is a GUID, else a new one. */
  readonly correlationId: string
}

/** An answer of a handler. */
export interface ProviderReply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Answers JSON that nobody may cache. */
export function toJson(
  body: unknown,
  status = 200,
  headers: Record<string, string> = {},
): ProviderReply {
  return {
    status,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
      pragma: 'no-cache',
      ...headers,
    },
    body: JSON.stringify(body),
  }
}

/** Sends the browser elsewhere. */
export function toRedirect(location: string, headers: Record<string, string> = {}): ProviderReply {
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

/** The parameters of a request that may come as a query (GET) or a form (POST). */
export function paramsOf(request: ProviderRequest): URLSearchParams {
  return request.method === 'POST' ? request.form : request.url.searchParams
}

/** A parameter, or `undefined` when it is missing or empty: OAuth treats both alike (RFC 6749, 3.1). */
export function param(params: URLSearchParams, name: string): string | undefined {
  const value = params.get(name)
  return value === null || value === '' ? undefined : value
}

/** Refuses a parameter that comes twice (RFC 6749, 3.1). */
export function assertNoDuplicates(params: URLSearchParams): void {
  for (const name of new Set(params.keys())) {
    if (params.getAll(name).length > 1) {
      throw new OAuthError(
        'invalid_request',
        9000411,
        `The request is not properly formatted. The parameter '${name}' is duplicated.`,
      )
    }
  }
}

/** Reads a `Cookie` header; a name that comes twice keeps its first value (RFC 6265, 5.4). */
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
