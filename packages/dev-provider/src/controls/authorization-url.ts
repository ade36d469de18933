/**
 * Checks the URL that a simulated user opens.
 *
 * @param url - The URL to which the application redirects.
 * @param origin - The provider's origin.
 * @throws TypeError when the URL is missing, or does not lead to the provider.
 */
export function parseAuthorizationUrl(url: string | URL, origin: string): URL {
  if (!URL.canParse(String(url))) {
    throw new TypeError(
      `The application did not redirect to sign-in: '${String(url)}' is not a URL. Check the response of the page. Its status must be 302, and its Location header must be the authorization URL. If the page shows a configuration error, set the option in the message, for example redirectUri (IDENTITY_REDIRECT_URI).`,
    )
  }
  const parsed = new URL(url)
  if (parsed.origin === origin) return parsed
  throw new TypeError(
    `The application did not redirect to this provider, but to ${parsed.origin}${parsed.pathname}. Set authority (IDENTITY_AUTHORITY) of the application to an authority of ${origin}.`,
  )
}
