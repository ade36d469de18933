/** Returns the URL of the login route, on the origin of the redirect URI. */
export function loginUrlOf(redirectUri: URL, loginPath: string): URL {
  return new URL(loginPath, redirectUri.origin)
}

/** The headers of a browser that opens a page. Scripts and prefetches do not start a sign-in. */
export const NAVIGATION: Readonly<Record<string, string>> = {
  accept: 'text/html',
  'sec-fetch-dest': 'document',
  'sec-fetch-mode': 'navigate',
  'sec-fetch-site': 'none',
}

/** Returns the request of a browser that opens the login route. */
export function requestLogin(url: URL): Request {
  return new Request(url, { headers: NAVIGATION })
}
