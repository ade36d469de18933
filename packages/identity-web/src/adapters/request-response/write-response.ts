import { withoutCookies } from '../../web/index.ts'

// Writes the changes that were collected for a request to its `Response`.

/** The changes to a response. */
export interface CollectedChanges {
  /** `Set-Cookie` values. */
  readonly cookies: readonly string[]
  /** Whether no cache may store the response. */
  readonly isPrivate: boolean
  /** Other headers, by their lower-case names. `vary` is added to the values that the application has set. */
  readonly headers?: Readonly<Record<string, string>> | undefined
}

/**
 * Adds the collected changes to a response. Its own cookies and its body remain.
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
  // A handler may return the same response to every request, but a cookie belongs to one user.
  const changed =
    cookies.length === 0 && headers === undefined
      ? toPrivate(response)
      : toCopy(response, isPrivate)
  for (const cookie of cookies) changed.headers.append('set-cookie', cookie)
  for (const [name, value] of Object.entries(headers ?? {})) {
    if (name === 'vary') changed.headers.append(name, value)
    else changed.headers.set(name, value)
  }
  return changed
}

/** The response is newer than the changes. It may, for example, sign the user out. */
function cookiesFor(response: Response, cookies: readonly string[]): readonly string[] {
  return cookies.length === 0 ? cookies : withoutCookies(cookies, response.headers.getSetCookie())
}

/** Whether a cache may store a response. */
export function isForCaches({ headers }: Pick<Response, 'headers'>): boolean {
  return !/\b(private|no-store)\b/i.test(headers.get('cache-control') ?? '')
}

/**
 * Sets the header on the response itself, because a copy costs more than the rest of the guard. If a handler returns the
 * same response to every request, caches store it for none of them.
 */
function toPrivate(response: Response): Response {
  try {
    response.headers.set('cache-control', 'private, no-store')
    return response
  } catch {
    // The headers of a response of `fetch()` or of `Response.redirect()` cannot be changed.
    return toCopy(response, true)
  }
}

function toCopy(response: Response, isPrivate: boolean): Response {
  const copy = new Response(response.body, response)
  if (isPrivate) copy.headers.set('cache-control', 'private, no-store')
  return copy
}
