// Converts responses, with all cookies, for Azure Functions.
import type { Cookie, HttpResponse, HttpResponseInit } from '@azure/functions'
import { configurationError } from '../../errors.ts'
import { parseSetCookie } from '../base/set-cookie.ts'
import { isForCaches, type CollectedChanges } from '../request-response/write-response.ts'

/**
 * The response that a function returns: an object with properties such as `jsonBody`, an `HttpResponse`, or a
 * `Response`.
 * @public
 */
export type FunctionResponse = HttpResponseInit | HttpResponse | Response

/**
 * Converts a response, so that Azure Functions sends all of its cookies. If a function returns a `Response` with several
 * `Set-Cookie` headers, Azure Functions sends only one of them. Guards and `auth.handler` convert their responses themselves,
 * so use this function only for other libraries' responses.
 *
 * @param response - A `Response`, or another response that a function returns. Its body is not read.
 * @returns A response whose cookies are in the property `cookies`.
 * @throws IdentityError `configuration` for a cookie with the attribute `Partitioned`, which Azure Functions cannot send.
 * @example
 * ```ts
 * app.http('pages', { handler: async (request) => toHttpResponseInit(await router.fetch(request)) })
 * ```
 * @public
 */
export function toHttpResponseInit(response: FunctionResponse): HttpResponseInit {
  return withChanges(response, NO_CHANGES)
}

const NO_CHANGES: CollectedChanges = { cookies: [], isPrivate: false }

/**
 * Converts a response, and adds the changes that were collected. If both set a cookie with the same name, the response's cookie
 * is sent.
 */
export function withChanges(
  response: FunctionResponse,
  changes: CollectedChanges,
): HttpResponseInit {
  // The classes have the same properties, but as getters, which an object spread does not copy.
  const { status, body, cookies, enableContentNegotiation } = response as HttpResponseInit
  const { jsonBody } = response as { readonly jsonBody?: unknown }
  const headers = new Headers(response.headers)
  const own = [...(cookies ?? []), ...headers.getSetCookie().map(toCookie)]
  headers.delete('set-cookie')
  if (changes.isPrivate && isForCaches({ headers })) {
    headers.set('cache-control', 'private, no-store')
  }
  return {
    ...(status !== undefined && { status }),
    ...(body !== undefined && { body }),
    ...(jsonBody !== undefined && { jsonBody }),
    ...(enableContentNegotiation !== undefined && { enableContentNegotiation }),
    headers,
    cookies: [...own, ...withoutNamesOf(own, changes.cookies.map(toCookie))],
  }
}

/**
 * Removes the collected cookies that the response sets too, because the response is newer and may, for example, sign the user
 * out.
 */
function withoutNamesOf(own: readonly Cookie[], ours: readonly Cookie[]): readonly Cookie[] {
  const names = new Set(own.map(({ name }) => name))
  return ours.filter(({ name }) => !names.has(name))
}

const SAME_SITE: ReadonlyMap<string, Cookie['sameSite']> = new Map([
  ['strict', 'Strict'],
  ['lax', 'Lax'],
  ['none', 'None'],
])

/** @throws IdentityError `configuration` for a partitioned cookie, which would be sent without the attribute. */
function toCookie(setCookie: string): Cookie {
  const { value, sameSite = '', partitioned, ...cookie } = parseSetCookie(setCookie)
  if (partitioned !== undefined) {
    throw configurationError(
      `Azure Functions cannot send the cookie ${cookie.name} with the attribute Partitioned. Remove the attribute, or use a host that sends Set-Cookie headers unchanged, such as App Service or Container Apps.`,
    )
  }
  return { ...cookie, value: decode(value), sameSite: SAME_SITE.get(sameSite) }
}

/**
 * Decodes a cookie's value, because the host would otherwise encode each `%` a second time.
 */
function decode(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}
