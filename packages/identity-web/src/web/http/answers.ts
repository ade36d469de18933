import type { Html } from './pages/html.ts'

/** Every answer of this library holds or sets something of one user: no cache may keep it (CVE-2025-48947). */
const PRIVATE = { 'cache-control': 'private, no-store', vary: 'Cookie' } as const

export function withCookies(response: Response, cookies: readonly string[]): Response {
  for (const cookie of cookies) response.headers.append('set-cookie', cookie)
  return response
}

export function redirect(location: string, method = 'GET'): Response {
  // A landing address may have been written with letters that no header can have.
  const encoded = URL.canParse(location) ? new URL(location).href : location
  // 303 turns a POST into a GET; 302 leaves that to the browser.
  return new Response(null, {
    status: method === 'POST' ? 303 : 302,
    headers: { ...PRIVATE, location: encoded },
  })
}

export function json(status: number, body: object, headers: Record<string, string> = {}): Response {
  return Response.json(body, { status, headers: { ...PRIVATE, ...headers } })
}

/** A page of our own or of the application; only ours brings a content security policy. */
export function page(
  status: number,
  html: Html | string,
  headers: Record<string, string> = {},
): Response {
  const own =
    typeof html === 'string' ? {} : { 'content-security-policy': html.contentSecurityPolicy }
  return new Response(typeof html === 'string' ? html : html.text, {
    status,
    headers: {
      ...PRIVATE,
      'content-type': 'text/html; charset=utf-8',
      'x-content-type-options': 'nosniff',
      // The callback's URL has the code: no link of its page may pass it on.
      'referrer-policy': 'no-referrer',
      ...own,
      ...headers,
    },
  })
}
