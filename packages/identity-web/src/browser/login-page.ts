/** The return path of App Service authentication, which has its own login route. */
const PLATFORM_RETURN = 'post_login_redirect_uri'

/**
 * Returns the URL of a sign-in with its return path.
 *
 * @param returnTo - The default is the current page.
 * @throws TypeError for another origin. It could be `javascript:` as well.
 */
export function toLoginUrl(loginUrl: string, returnTo?: string): URL {
  const { href, origin } = location
  const url = new URL(loginUrl, href)
  if (url.origin !== origin) throw new TypeError(`${loginUrl} has another origin.`)
  const { searchParams } = url
  const parameter = searchParams.has(PLATFORM_RETURN) ? PLATFORM_RETURN : 'return_to'
  searchParams.set(parameter, returnTo ?? href.slice(origin.length))
  return url
}

const KEY = 'identity-web'

/**
 * Returns whether the page may redirect to the sign-in automatically. Within 10 seconds of the last redirect it may
 * not, because the user would only come back here again, for example if the browser does not keep the cookie.
 */
export function mayRedirect(): boolean {
  const now = Date.now()
  const isLoop = now - Number(sessionStorage[KEY]) < 10_000
  sessionStorage[KEY] = now
  return !isLoop
}
