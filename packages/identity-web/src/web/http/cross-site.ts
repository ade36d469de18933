// Rejects changes from other sites (CSRF).
import { IdentityError } from '../../errors.ts'
import type { HttpContext } from '../../http-context.ts'
import { quote } from '../../text.ts'

/** The parts of a request that the check reads. */
type Request = Pick<HttpContext, 'method' | 'header' | 'isAction'>

/** The settings of the check. */
export interface CrossSiteOptions {
  /** The application's own origin. `undefined` without a redirect URI. The `Host` header is then compared instead. */
  readonly origin: string | undefined
  /** Other origins whose pages may send requests with the session. */
  readonly trustedOrigins: readonly string[]
}

/**
 * Returns whether a request has the CSRF header. A page of another origin cannot send this header, and
 * `identity-web/browser` always sends it.
 */
export function hasCsrfHeader(request: Pick<Request, 'header'>): boolean {
  return request.header('x-csrf') === '1'
}

/** Checks that a request which may change something does not come from a page of another origin. */
export interface CrossSiteCheck {
  /** Whether the request may use the session. */
  isAllowed(request: Request): boolean
  /** Returns the error for a request that is not allowed. It contains the reason and the change to make. */
  toError(request: Request): IdentityError
}

/**
 * Creates the check. Browsers also send the session cookie with requests from other sites or sibling subdomains. Only
 * headers such as `Sec-Fetch-Site` show the origin of a request.
 *
 * @see {@link https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header}
 */
export function createCrossSiteCheck(options: CrossSiteOptions): CrossSiteCheck {
  const { origin } = options
  const trustedOrigins = new Set(options.trustedOrigins)

  const isOwn = (sender: string, request: Request): boolean => isOwnOrigin(sender, request, origin)

  // Browsers send cookies with a WebSocket of every page, and not all of them send fetch metadata with it.
  function isAllowedUpgrade(request: Request): boolean {
    const sender = request.header('origin')
    return sender === undefined || trustedOrigins.has(sender) || isOwn(sender, request)
  }

  return {
    isAllowed(request) {
      if (isSafe(request.method) && request.isAction !== true) {
        return !isUpgrade(request) || isAllowedUpgrade(request)
      }
      if (trustedOrigins.size > 0) {
        const sender = request.header('origin')
        if (sender !== undefined && trustedOrigins.has(sender)) return true
      }
      const site = request.header('sec-fetch-site')
      if (site !== undefined) return isOwnSite(site)
      const sender = request.header('origin')
      if (sender !== undefined) return isOwn(sender, request)
      return hasCsrfHeader(request)
    },

    toError(request) {
      const { message, hint } = explain(request, options)
      return new IdentityError('access_denied', message, { hint })
    },
  }
}

/** Returns whether a method only reads. QUERY is like GET, but with a body. */
export function isSafe(method: string): boolean {
  return method === 'GET' || method === 'HEAD' || method === 'OPTIONS' || method === 'QUERY'
}

/** Returns whether a request asks for another protocol, usually a WebSocket. */
function isUpgrade(request: Pick<Request, 'header'>): boolean {
  return request.header('upgrade') !== undefined
}

/** @param site - The value of `Sec-Fetch-Site`. `none` means that the user caused the request, for example by a bookmark. */
function isOwnSite(site: string): boolean {
  return site === 'same-origin' || site === 'none'
}

/**
 * Returns whether an origin is the origin of the application. Without a redirect URI, the host of the origin is
 * compared with the `Host` header.
 */
export function isOwnOrigin(
  sender: string,
  request: Pick<Request, 'header'>,
  own: string | undefined,
): boolean {
  return own === undefined ? hasHost(sender, request.header('host')) : sender === own
}

/** Returns whether an origin has the host of the request. A page cannot change the `Host` header. */
function hasHost(sender: string, host: string | undefined): boolean {
  return host !== undefined && (sender === `https://${host}` || sender === `http://${host}`)
}

/**
 * Returns whether a link of this application, or the user, caused a request. A browser without fetch metadata must send
 * the page of the link as the referrer.
 */
export function isOwnNavigation(request: Pick<Request, 'header'>, own?: string): boolean {
  const site = request.header('sec-fetch-site')
  if (site !== undefined) return isOwnSite(site)
  const referrer = request.header('referer')
  if (referrer === undefined || !URL.canParse(referrer)) return false
  return isOwnOrigin(new URL(referrer).origin, request, own)
}

interface Explanation {
  readonly message: string
  readonly hint: string
}

function explain(request: Request, { origin }: CrossSiteOptions): Explanation {
  const site = request.header('sec-fetch-site')
  const sender = request.header('origin')
  if (sender === 'null') {
    return {
      message:
        'A request with the session was rejected, because its Origin is null: the browser hides which page sent it.',
      hint: 'If your own page sent the request, change the header Referrer-Policy: no-referrer of the page, for example to same-origin, and do not put the page into a sandboxed iframe. The option trustedOrigins cannot contain null.',
    }
  }
  if (sender === undefined && site === undefined) {
    return {
      message:
        'A request with a session cookie was rejected. It does not have the header Origin or Sec-Fetch-Site, so identity-web cannot know which page sent it.',
      hint: 'A client that is not a browser must send Origin or x-csrf: 1.',
    }
  }
  const by = sender === undefined ? 'a page without Origin' : `a page of ${quote(sender)}`
  const because = site === undefined ? '' : ` (Sec-Fetch-Site: ${quote(site)})`
  const example = sender === undefined ? 'https://app.example.com' : quote(sender)
  return {
    message: `A request with the session was rejected, because ${by} sent it, and the page does not have the origin of this application${because}.`,
    hint: `If you trust this Origin, add it to Auth({ trustedOrigins }), for example Auth({ trustedOrigins: ['${example}'] }). Another port or subdomain is another origin. ${ownOriginHint(origin)}`,
  }
}

function ownOriginHint(origin: string | undefined): string {
  return origin === undefined
    ? 'If your own page sent the request, check your proxy: it probably changes the Host or the Origin header.'
    : `The application's own origin is ${origin}, from redirectUri or from origin. If your own page sent the request, open the application at that origin, and check that no proxy changes the Origin header.`
}

/**
 * Returns whether a request comes from a page of this site, or from the browser itself. Requests from other sites must
 * not sign users out.
 *
 * Some browsers do not send fetch metadata. With `SameSite=Lax`, they do not send the cookie with a cross-site POST.
 *
 * @param origin - The application's own origin. If it is not known, the page must have the same host as the request. A
 *   page cannot change the `Host` header, because the browser sets it.
 */
export function isFromSameSite(
  { header }: { header(name: string): string | undefined },
  origin: string | undefined,
): boolean {
  const site = header('sec-fetch-site')
  if (site !== undefined) return site !== 'cross-site'
  const sender = header('origin') ?? header('referer')
  if (sender === undefined) return true
  if (!URL.canParse(sender)) return false
  const url = new URL(sender)
  return origin === undefined ? url.host === header('host') : url.origin === origin
}

// The requests that a guard or `authenticate()` accepted.
const accepted = new WeakSet<HttpContext>()

/**
 * Records that a guard accepted a request. The guard has checked the sender, or any sender is allowed (`csrf: false`).
 */
export function setAccepted(http: HttpContext): void {
  accepted.add(http)
}

/**
 * Returns whether the sender of a request must still be checked, because a guard did not check it. Without this check,
 * a page of another site could post a form, or open a WebSocket, with the cookies of its visitor.
 */
export function needsOriginCheck(http: HttpContext): boolean {
  return !accepted.has(http)
}
