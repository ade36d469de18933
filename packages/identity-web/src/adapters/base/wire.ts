import { cookieName, type Route } from '../../web/index.ts'

// The parts that Node.js' http and the fetch API have in common.

/** The largest body that is read, in bytes. Authorization responses are smaller. */
const MAX_BODY_BYTES = 100_000

/**
 * Runs a route of the core. The `url` of the request is its path and query, as they arrived.
 * @param readForm - Reads the body of a POST request. It returns `undefined` for a body that is too large.
 */
export async function callRoute(
  route: Route,
  { url, method, headers }: Pick<Request, 'url' | 'method' | 'headers'>,
  readForm: () => Promise<string | undefined>,
): Promise<Response> {
  const body = method === 'POST' ? await readForm() : null
  if (body === undefined) return new Response(null, { status: 413 })
  return route(new Request(toLocalUrl(url), { method, headers, body }))
}

/** @returns `undefined` if the body is too large for an authorization response. The rest of it is not read. */
export async function readBody(stream: AsyncIterable<Uint8Array>): Promise<string | undefined> {
  const decoder = new TextDecoder()
  let body = ''
  let size = 0
  for await (const chunk of stream) {
    size += chunk.byteLength
    if (size > MAX_BODY_BYTES) return undefined
    body += decoder.decode(chunk, { stream: true })
  }
  return body + decoder.decode()
}

/** Returns the URL that the core sees. Its host is fixed, because clients can send any `Host` header. */
function toLocalUrl(pathAndQuery: string): URL {
  // The request target `//host/path` must not be parsed as another host.
  return new URL(`/${pathAndQuery.replace(/^[/\\]+/, '')}`, 'http://localhost')
}

/** Merges `Set-Cookie` values. Later values replace earlier values of the same name. */
export function replaceCookies(earlier: readonly string[], later: readonly string[]): string[] {
  return [...withoutCookies(earlier, later), ...later]
}

/** Returns the `Set-Cookie` values whose names do not occur in the other values. */
export function withoutCookies(cookies: readonly string[], others: readonly string[]): string[] {
  const names = new Set(others.map(cookieName))
  return cookies.filter((cookie) => !names.has(cookieName(cookie)))
}
