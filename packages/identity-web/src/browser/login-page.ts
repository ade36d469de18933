// Sends a page to the sign-in, with its return path.
import { LoginRequired } from './errors.ts'

/** The parameter for the return path in App Service authentication, which has its own login route. */
const PLATFORM_RETURN = 'post_login_redirect_uri'

/**
 * Returns a sign-in URL with its return path.
 *
 * @param returnTo - The default is the current page.
 * @param page - The page's URL, on a server.
 * @throws TypeError for another origin, because such a URL could also start with `javascript:`.
 */
export function toLoginUrl(
  loginUrl: string,
  returnTo?: string,
  { href, origin }: { readonly href: string; readonly origin: string } = location,
): URL {
  const url = new URL(loginUrl, href)
  if (url.origin !== origin) throw new TypeError(`${loginUrl} has another origin.`)
  const { searchParams } = url
  searchParams.set(
    searchParams.has(PLATFORM_RETURN) ? PLATFORM_RETURN : 'return_to',
    returnTo ?? href.slice(origin.length),
  )
  return url
}

/**
 * Returns the error if a guard or `auth.forward()` sent the response. Another API's 401 response has another body.
 *
 * @param askLoginUrl - Asks the server for its login route.
 */
export async function toLoginRequired(
  response: Response,
  askLoginUrl: () => Promise<string>,
): Promise<LoginRequired | undefined> {
  try {
    const { error, loginUrl } = (await response.clone().json()) as Record<string, string>
    if (error && loginUrl) {
      const url = toLoginUrl(loginUrl)
      if (url.pathname === toLoginUrl(await askLoginUrl()).pathname)
        return new LoginRequired(url.href, error)
    }
  } catch {
    // The body is not JSON, or the URL is not of this origin.
  }
  return undefined
}

/**
 * Returns whether the page may redirect to the sign-in automatically. It may not do so within 10 seconds after the last
 * attempt for the same reason, because the user would come back here again. This happens, for example, if the browser
 * does not keep the cookie. A rejected attempt also counts, so a page that sends a request every few seconds does not
 * redirect again and again. However, a consent can follow a sign-in at once.
 *
 * @param code - The code of `LoginRequired`.
 */
export function mayRedirect(code: string): boolean {
  const key = `identity-web:${code}`
  const age = Date.now() - sessionStorage[key]
  sessionStorage[key] = Date.now()
  // Without an earlier redirect, it is not a number.
  return !(age < 10_000)
}
