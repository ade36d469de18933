// The sign-out route, which asks first if another site has the link.
import { IdentityError } from '../../errors.ts'
import { sessionHeader, type EndedSession, type Session } from '../../session/index.ts'
import { loadPages } from '../http/load-pages.ts'
import { confirmLogoutPage, loggedOutPage } from '../http/pages/index.ts'
import { pageBaseOf } from '../http/pages/frame.ts'
import { page, redirect, withCookies } from '../http/responses.ts'
import type { RouteRequest } from '../http/routes.ts'
import { isOwnNavigation, isSafe } from '../http/cross-site.ts'
import { homeUrl, ownUrl, type Site } from '../../seams/site.ts'
import { reportSignOut } from '../runtime/event-user.ts'
import { rememberSignOut } from './back-channel.ts'
import { safeLanding, toProviderUrl } from './provider-url.ts'
import { callOnLogout } from './on-logout.ts'
import type { SignOutServices } from './services.ts'

/** The parameters with which the application calls a sign-out. */
export interface LogoutCall {
  /** The URL to which the user returns. By default, the `postLogoutRedirectUri` of the options. */
  readonly url?: string | undefined
  /**
   * `true` if a guard accepted the session of this request. The application may have revoked the session since then.
   */
  readonly isAccepted?: boolean
}

/**
 * Signs a user out: ends the session here, and then sends the browser to the provider to end the session there.
 *
 * The browser can have a session at the provider although this application's session has ended, for example because it
 * was revoked or has expired. Without a session, the provider is not told who signs out, and may ask the user.
 *
 * @see {@link https://openid.net/specs/openid-connect-rpinitiated-1_0.html}
 */
export async function logout<User>(
  services: SignOutServices<User>,
  request: RouteRequest,
  { url, isAccepted = false }: LogoutCall = {},
): Promise<Response> {
  const { site, sessions } = services
  const landing = url === undefined ? undefined : toAbsolute(site, url)
  // A link or a form of another site must not sign users out.
  if (!isOwnRequest(services, request) || (await isFromLink(services, request))) {
    // The form of the page must send its origin, which `no-referrer` would hide.
    const headers = { 'referrer-policy': 'same-origin' }
    const urls = { logoutUrl: site.paths.logout, homeUrl: homeUrl(site) }
    return page(200, confirmLogoutPage(await services.pages.frames(request), urls), headers)
  }
  const { method } = request
  const cookieHeader = sessionHeader(sessions, request) ?? ''
  // The next read deletes the records of a session that was revoked. Otherwise, a copy of its cookie gets nothing.
  const ended = isAccepted ? await sessions.readEnded?.(cookieHeader) : undefined
  const session = await readSession(services, cookieHeader, request)
  if (session !== undefined) await callOnLogout(services, session)
  const providerUrl =
    site.signIn.kind === 'platform'
      ? site.signIn.platform.logoutUrl(
          landing ?? site.postLogoutRedirectUri ?? site.location.homePath,
        )
      : await toProviderUrl(
          services,
          (await signingOut(services, cookieHeader, session)) ?? ended,
          landing,
        )
  // Without a configured URL, the user sees the page of this library.
  const target =
    providerUrl ?? (landing && safeLanding(services, landing)) ?? site.postLogoutRedirectUri
  const cookies = await sessions.end(cookieHeader)
  const event = { message: 'A user signed out.', initiator: 'user' } as const
  if (session !== undefined) {
    rememberSignOut(services.provider.client, session.claims.sid)
    await reportSignOut(services.events, event, session.claims)
  }
  const response =
    target === undefined ? await signedOut(services, request) : redirect(target, method)
  return withCookies(response, cookies)
}

/** Returns the URL for a path of this application. Without an origin, the path stays as it is. */
function toAbsolute({ origin }: Site, url: string): string {
  return origin !== undefined && URL.canParse(url, origin) ? new URL(url, origin).href : url
}

/** Returns whether the user or a page of this application asks for the sign-out. */
function isOwnRequest<User>(
  { crossSite, site }: SignOutServices<User>,
  request: RouteRequest,
): boolean {
  return isSafe(request.method)
    ? isOwnNavigation(request, site.origin)
    : crossSite.isAllowed(request)
}

/**
 * Returns whether a link of another site opened a page of the application, and the handler of this page now asks for
 * the sign-out.
 */
async function isFromLink<User>(
  services: SignOutServices<User>,
  request: RouteRequest,
): Promise<boolean> {
  if (services.sessions.strictCookies === undefined || !isSafe(request.method)) return false
  return (await loadPages()).cameFromLink(services, request, services.site.origin)
}

/** Reads the session. A platform also signs out users whom this application rejects. */
async function readSession<User>(
  { site, sessions }: SignOutServices<User>,
  cookieHeader: string,
  request: RouteRequest,
): Promise<Session | undefined> {
  try {
    return await sessions.read(cookieHeader, request)
  } catch (error) {
    const isRejected = IdentityError.is(error) && error.code === 'access_denied'
    if (isRejected && site.signIn.kind === 'platform') return undefined
    throw error
  }
}

/** Returns the session and its tokens, for the hints to the provider. */
async function signingOut<User>(
  { sessions }: SignOutServices<User>,
  cookieHeader: string,
  session: Session | undefined,
): Promise<EndedSession | undefined> {
  if (session === undefined) return undefined
  return { session, tokens: await sessions.readTokens(cookieHeader, session) }
}

async function signedOut<User>(
  { site, pages }: SignOutServices<User>,
  request: RouteRequest,
): Promise<Response> {
  const frame = await pages.frames(request)
  const loginUrl = ownUrl(site, site.paths.login)
  const html = await pages.own.loggedOut?.({ ...pageBaseOf(frame), loginUrl })
  return page(200, html ?? loggedOutPage(frame, loginUrl))
}
