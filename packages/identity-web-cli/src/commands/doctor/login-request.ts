/** Returns the URL of the login route, on the origin of the redirect URI. */
export function loginUrlOf(redirectUri: URL, loginPath: string): URL {
  return new URL(loginPath, redirectUri.origin)
}

/**
 * The headers of a browser that opens a page. Scripts and prefetches do not start a sign-in.
 *
 * They do not contain `Sec-Fetch-Dest` and `Sec-Fetch-Mode`. The `fetch` of Node.js replaces the mode by `cors`, so the
 * headers together would describe a script.
 */
export const NAVIGATION: Readonly<Record<string, string>> = { accept: 'text/html' }

/** Returns the request of a browser that opens the login route. */
export function requestLogin(url: URL): Request {
  return new Request(url, { headers: NAVIGATION })
}
