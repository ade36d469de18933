// Checks which pages may call the session endpoint and forwarded paths.
import { IdentityError } from '../../errors.ts'
import type { HttpContext } from '../../http-context.ts'
import { quote } from '../../text.ts'
import { hasCsrfHeader, isOwnOrigin, type CrossSiteOptions } from './cross-site.ts'
import { isPrefetch } from './navigation.ts'

/** The parts of a request that the check reads. */
type Request = Pick<HttpContext, 'method' | 'header'>

/** The requests that a route allows in addition to the requests of the application's scripts. */
export interface BrowserCallerOptions {
  /**
   * `true` if the user may type the URL or open it from a bookmark. Only forwarded paths allow this, for downloads.
   *
   * @defaultValue `false`
   */
  readonly allowTypedNavigation?: boolean
}

/**
 * Checks who calls the session endpoint or a forwarded path. Only scripts of this application and of trusted origins
 * may call them, with every method: RFC 10017, section 6.1.3.3.2, also requires this check for GET.
 *
 * Scripts in browsers without `Sec-Fetch-Site` must send the CSRF header. A page of another origin could send this
 * header only after a preflight, and this library never allows such a preflight. A request that passes this check also
 * passes the check of `cross-site.ts`.
 *
 * @returns `true` if the request is allowed, otherwise the error.
 */
export function checkCaller(
  settings: CrossSiteOptions,
  request: Request,
  { allowTypedNavigation = false }: BrowserCallerOptions = {},
): true | IdentityError {
  const site = request.header('sec-fetch-site')
  if (site === 'same-origin') return true
  if (allowTypedNavigation && isTypedNavigation(request)) return true
  const sender = request.header('origin')
  const isTrusted = sender !== undefined && settings.trustedOrigins.includes(sender)
  const isPossible =
    isTrusted ||
    (site === undefined && (sender === undefined || isOwnOrigin(sender, request, settings.origin)))
  if (isPossible && hasCsrfHeader(request)) return true
  return isPossible ? withoutHeader() : ofAnotherOrigin(settings, { site, sender })
}

/**
 * Returns whether the user typed the URL or opened a bookmark. A prefetch does not count, because the user did not ask
 * for it.
 */
function isTypedNavigation(request: Request): boolean {
  return (
    request.method === 'GET' &&
    request.header('sec-fetch-site') === 'none' &&
    request.header('sec-fetch-dest') === 'document' &&
    !isPrefetch(request)
  )
}

function withoutHeader(): IdentityError {
  return new IdentityError(
    'access_denied',
    'A script called this URL without the header x-csrf: 1, so identity-web cannot know that a page of this application sent the request.',
    {
      hint: "Add the header, for example fetch(url, { headers: { 'x-csrf': '1' } }), or use session.fetch() of identity-web/browser. Links, images and EventSource of other origins cannot send this header.",
    },
  )
}

interface Caller {
  readonly site: string | undefined
  readonly sender: string | undefined
}

function ofAnotherOrigin({ origin }: CrossSiteOptions, { site, sender }: Caller): IdentityError {
  const sentBy = sender === undefined ? 'without Origin' : `with Origin: ${quote(sender)}`
  const because = site === undefined ? '' : ` and Sec-Fetch-Site: ${quote(site)}`
  const own = origin === undefined ? '' : ` The application's own origin is ${origin}.`
  return new IdentityError(
    'access_denied',
    `A request ${sentBy}${because} was rejected. Only pages of this application and of trusted origins may call this URL.`,
    {
      hint: `If your own page sent the request, open the page at the application's own origin, and call this URL with fetch().${own} If you trust another origin, add it to Auth({ trustedOrigins }), and send x-csrf: 1 from its pages.`,
    },
  )
}
