// Adds cookies and headers to the `Response` of a handler.
import { withoutCookies } from '../../web/index.ts'

// Writes the changes that were collected for a request to its `Response`.

/** The changes to a response. */
export interface CollectedChanges {
  /** `Set-Cookie` values. */
  readonly cookies: readonly string[]
  /** `true` if caches must not store the response. */
  readonly isPrivate: boolean
  /** Other headers, by their lower-case names. `vary` is added to the values that the application has set. */
  readonly headers?: Readonly<Record<string, string>> | undefined
}

/**
 * Adds the collected changes to a response, which keeps its own cookies and its body.
 *
 * @returns The response, or a copy of it with other headers.
 */
export function writeChanges(
  response: Response,
  { cookies: collected, isPrivate: isGuarded, headers }: CollectedChanges,
): Response {
  const cookies = cookiesFor(response, collected)
  const isPrivate = cookies.length > 0 || (isGuarded && isForCaches(response))
  // The response to an upgrade and `Response.error()` cannot be changed.
  if (!(isPrivate || headers !== undefined) || response.status < 200) return response
  if (cookies.length === 0 && headers === undefined) return toPrivate(response)
  // A handler may return the same response to every request, but a cookie belongs to one user.
  const changed = new Headers(response.headers)
  if (isPrivate) changed.set('cache-control', PRIVATE)
  for (const cookie of cookies) changed.append('set-cookie', cookie)
  for (const [name, value] of Object.entries(headers ?? {})) {
    if (name === 'vary') changed.append(name, value)
    else changed.set(name, value)
  }
  return copyWith(changed, response)
}

const PRIVATE = 'private, no-store'

/**
 * Removes the collected cookies that the response sets too, because the response is newer and may, for example, sign
 * the user out.
 */
function cookiesFor(response: Response, cookies: readonly string[]): readonly string[] {
  return cookies.length === 0 ? cookies : withoutCookies(cookies, response.headers.getSetCookie())
}

/** Returns whether a cache may store a response. */
export function isForCaches({ headers }: Pick<Response, 'headers'>): boolean {
  return !/\b(private|no-store)\b/i.test(headers.get('cache-control') ?? '')
}

/**
 * Returns a response that caches do not store. It changes the response itself, because a copy costs more than the rest
 * of the guard. So if a handler returns the same object for every request, caches never store it.
 */
function toPrivate(response: Response): Response {
  try {
    response.headers.set('cache-control', PRIVATE)
    return response
  } catch {
    // The headers of a response of `fetch()` or of `Response.redirect()` cannot be changed.
    const headers = new Headers(response.headers)
    headers.set('cache-control', PRIVATE)
    return copyWith(headers, response)
  }
}

function copyWith(headers: Headers, { body, status, statusText }: Response): Response {
  return new Response(body, { status, statusText, headers })
}
