// Responses: redirect, JSON, page, never cached.
import { changeableHeaders, jsonResponse } from '../../fetch-api.ts'
import type { Html } from './pages/html.ts'

/**
 * The headers of every response of this library. A response is for one user, so caches must not store it
 * (CVE-2025-48947).
 */
const PRIVATE = { 'cache-control': 'private, no-store', vary: 'Cookie' } as const

/** The header of a response that also depends on the languages of the visitor. */
export const BY_LANGUAGE = { vary: 'Cookie, Accept-Language' } as const

/** Adds `Set-Cookie` headers to a response. */
export function withCookies(response: Response, cookies: readonly string[]): Response {
  if (cookies.length === 0) return response
  const headers = changeableHeaders(response)
  for (const cookie of cookies) headers.append('set-cookie', cookie)
  return response
}

/** @param method - The method of the request that is redirected. */
export function redirect(location: string, method = 'GET'): Response {
  // The application may configure a URL with characters that are not allowed in a header.
  const encoded = URL.canParse(location) ? new URL(location).href : location
  // 303 turns a POST into a GET. With 302, that depends on the browser.
  return new Response(null, {
    status: method === 'POST' ? 303 : 302,
    headers: { ...PRIVATE, location: encoded },
  })
}

/** Redirects a POST request with its body. */
export function repost(location: string): Response {
  return new Response(null, { status: 307, headers: { ...PRIVATE, location } })
}

export function json(status: number, body: object, headers: Record<string, string> = {}): Response {
  return jsonResponse(body, { status, headers: { ...PRIVATE, ...headers } })
}

/**
 * Returns a page as a response.
 *
 * @param html - A page of this library, which has a content security policy, or the HTML of an application's page.
 */
export function page(
  status: number,
  html: Html | string,
  headers: Record<string, string> = {},
): Response {
  const own =
    typeof html === 'string'
      ? {}
      : {
          'content-language': html.language,
          'content-security-policy': html.contentSecurityPolicy,
        }
  return new Response(typeof html === 'string' ? html : html.html, {
    status,
    headers: {
      ...PRIVATE,
      ...BY_LANGUAGE,
      'content-type': 'text/html; charset=utf-8',
      'x-content-type-options': 'nosniff',
      // The URL of the callback contains the code. Links on its page must not send it to other sites.
      'referrer-policy': 'no-referrer',
      ...own,
      ...headers,
    },
  })
}
