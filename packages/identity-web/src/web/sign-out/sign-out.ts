import { endSessionUrl } from '../../client/index.ts'
import { IdentityError } from '../../errors.ts'
import {
  sessionHeader,
  type RequestSession,
  type Session,
  type SessionStrategy,
} from '../../session/index.ts'
import { failureOf, levelOf, type EventEmitter } from '../../event-emitter.ts'
import { loadContinue } from '../http/continue-later.ts'
import type { ContinueServices } from '../http/continue.ts'
import { confirmLogoutPage, loggedOutPage } from '../http/pages/index.ts'
import { pageBaseOf, type PageFrames } from '../http/pages/frame.ts'
import { page, redirect, withCookies } from '../http/responses.ts'
import type { RouteRequest } from '../http/routes.ts'
import { isOwnNavigation, isSafe, type CrossSiteCheck } from '../http/cross-site.ts'
import { toReturnPath } from '../options/return-to.ts'
import { quote } from '../../quote.ts'
import { homeUrl, landingUrl, ownUrl, type PlatformFlow, type SignInFlow } from '../options/flow.ts'
import type { Pages } from '../options/pages.ts'
import type { TokenClients } from '../runtime/clients.ts'
import type { SignOutStates } from './after-sign-out.ts'
import { eventUserOf } from '../runtime/event-user.ts'
import { callOnLogout, type OnLogoutServices } from './on-logout.ts'

/** The services that a sign-out uses. */
export interface SignOutServices<User> extends OnLogoutServices<User>, ContinueServices {
  readonly clients: TokenClients
  readonly crossSite: CrossSiteCheck
  readonly flow: SignInFlow
  readonly events: EventEmitter
  readonly pages: Pages
  readonly frames: PageFrames
  readonly postLogoutRedirectUri: string | undefined
  readonly sessions: SessionStrategy
  readonly signOutStates: SignOutStates
}

/** The logout route. */
export function logoutRoute<User>(
  services: SignOutServices<User>,
  request: RouteRequest,
): Promise<Response> {
  return logout(services, request)
}

/**
 * Signs a user out: ends the session here, and then sends the browser to the provider to end the session there.
 *
 * @param given - The URL to which the user returns. By default, the `postLogoutRedirectUri` of the options.
 * @see {@link https://openid.net/specs/openid-connect-rpinitiated-1_0.html}
 */
export async function logout<User>(
  services: SignOutServices<User>,
  request: RouteRequest,
  given?: string,
): Promise<Response> {
  const { flow, sessions } = services
  const landing = given === undefined ? undefined : toAbsolute(flow, given)
  // A link or a form of another site must not sign users out.
  if (!isOwnRequest(services, request) || (await isFromLink(services, request))) {
    // The form of the page must send its origin, which `no-referrer` would hide.
    const headers = { 'referrer-policy': 'same-origin' }
    const urls = { logoutUrl: flow.paths.logout, homeUrl: homeUrl(flow) }
    return page(200, confirmLogoutPage(await services.frames(request), urls), headers)
  }
  const { method } = request
  const cookieHeader = sessionHeader(sessions, request) ?? ''
  const session = await readSession(services, cookieHeader, request)
  if (session !== undefined) await callOnLogout(services, session)
  const providerUrl =
    flow.kind === 'platform'
      ? toPlatformUrl(flow, landing ?? services.postLogoutRedirectUri)
      : session && (await toSignOutUrl(services, { cookieHeader, session }, landing))
  // Without a configured URL, the user sees the page of this library.
  const target = providerUrl ?? safeLanding(services, landing) ?? services.postLogoutRedirectUri
  const cookies = await sessions.end(cookieHeader)
  const { events } = services
  if (session !== undefined && events.hearsInfo) {
    events.emit('sign_out.completed', {
      level: 'info',
      message: 'A user signed out.',
      initiator: 'user',
      ...(await eventUserOf(events, session.claims)),
    })
  }
  const response =
    target === undefined ? await signedOut(services, request) : redirect(target, method)
  return withCookies(response, cookies)
}

/** Returns the URL for a path of this application. Without an origin, the path stays as it is. */
function toAbsolute({ origin }: SignInFlow, url: string): string {
  return origin !== undefined && URL.canParse(url, origin) ? new URL(url, origin).href : url
}

/**
 * Returns a URL to which this application redirects without the provider, which accepts registered URLs only. The URL can
 * come from a query, so an unknown one would be an open redirect.
 */
function safeLanding<User>(
  { events, flow, postLogoutRedirectUri }: SignOutServices<User>,
  url: string | undefined,
): string | undefined {
  if (url === undefined || isSafeLanding(flow, url, postLogoutRedirectUri)) return url
  events.emit('configuration.warning', {
    level: 'info',
    message: `auth.logout() did not redirect to ${quote(url)}, because the user was not signed out at the provider, and the URL does not belong to this origin and is not postLogoutRedirectUri. If it is your page, set Auth({ postLogoutRedirectUri }) to it, for example https://example.com/goodbye.`,
  })
  return undefined
}

function isSafeLanding(flow: SignInFlow, url: string, configured: string | undefined): boolean {
  if (configured !== undefined && URL.canParse(configured) && URL.canParse(url)) {
    if (new URL(url).href === new URL(configured).href) return true
  }
  if (flow.kind === 'code') return URL.canParse(url) && new URL(url).origin === flow.origin
  return toReturnPath(url, 'http://localhost') !== undefined
}

/** Whether the user or a page of this application asks for the sign-out. */
function isOwnRequest<User>(
  { crossSite, flow }: SignOutServices<User>,
  request: RouteRequest,
): boolean {
  return isSafe(request.method)
    ? isOwnNavigation(request, flow.origin)
    : crossSite.isAllowed(request)
}

/** Whether a link of another site opened a page of the application, whose handler now asks for the sign-out. */
async function isFromLink<User>(
  services: SignOutServices<User>,
  request: RouteRequest,
): Promise<boolean> {
  if (services.strictCookies === undefined || !isSafe(request.method)) return false
  return (await loadContinue()).cameFromLink(services, request, services.flow.origin)
}

/** Reads the session. A platform also signs out users whom this application rejects. */
async function readSession<User>(
  { flow, sessions }: SignOutServices<User>,
  cookieHeader: string,
  request: RouteRequest,
): Promise<Session | undefined> {
  try {
    return await sessions.read(cookieHeader, request)
  } catch (error) {
    const isRejected = IdentityError.is(error) && error.code === 'access_denied'
    if (isRejected && flow.kind === 'platform') return undefined
    throw error
  }
}

/** Returns the URL that ends the session at the platform. */
function toPlatformUrl(flow: PlatformFlow, landing = flow.location.homePath): string {
  return flow.platform.logoutUrl(landing)
}

/** Returns the URL that ends the session at the provider, if there is one. */
async function toSignOutUrl<User>(
  { clients, events, flow, postLogoutRedirectUri, sessions, signOutStates }: SignOutServices<User>,
  { cookieHeader, session }: RequestSession,
  landing = landingUrl(flow, postLogoutRedirectUri),
): Promise<string | undefined> {
  // In the device code flow, this browser probably has no session at the provider.
  if (landing === undefined) return undefined
  const { idToken } = await sessions.readTokens(cookieHeader, session)
  const hint = session.claims['login_hint']
  try {
    const url = await endSessionUrl(
      (clients.byUserFlow.get(session.userFlow) ?? clients.main).client,
      {
        ...(await signOutStates.create(landing)),
        tenantId: session.claims.tid,
        ...(typeof hint === 'string' && { logoutHint: hint }),
        ...(idToken !== undefined && { idToken }),
      },
    )
    return url?.href
  } catch (error) {
    if (!IdentityError.is(error)) throw error
    // If the provider is down, the user is signed out here nevertheless.
    const { message, ...failure } = failureOf(error)
    events.emit('sign_out.failed', {
      level: levelOf(error),
      ...failure,
      message: `The user is signed out here, but not at the provider. ${message}`,
    })
    return undefined
  }
}

async function signedOut<User>(
  { flow, frames, pages }: SignOutServices<User>,
  request: RouteRequest,
): Promise<Response> {
  const frame = await frames(request)
  const loginUrl = ownUrl(flow, flow.paths.login)
  const html = await pages.loggedOut?.({ ...pageBaseOf(frame), loginUrl })
  return page(200, html ?? loggedOutPage(frame, loginUrl))
}
