import { LoginRequired } from './errors.ts'

/** The return path of App Service authentication, which has its own login route. */
const PLATFORM_RETURN = 'post_login_redirect_uri'

/**
 * Returns the URL of a sign-in with its return path.
 *
 * @param returnTo - The default is the current page.
 * @param page - The URL of the page, on a server.
 * @throws TypeError for another origin. It could be `javascript:` as well.
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
 * Returns the error if a guard or `auth.forward()` sent the response. A 401 response of another API has another body.
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

const KEY = 'identity-web'

/**
 * Returns whether the page may redirect to the sign-in automatically. Within 10 seconds of the last redirect it may
 * not, because the user would only come back here again, for example if the browser does not keep the cookie.
 */
export function mayRedirect(): boolean {
  const now = Date.now()
  const isLoop = now - sessionStorage[KEY] < 10_000
  sessionStorage[KEY] = now
  return !isLoop
}
