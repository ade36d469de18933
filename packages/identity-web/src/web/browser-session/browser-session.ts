// The session as scripts see it.
import { expiryOf, type Session } from '../../session/index.ts'
import type { Site } from '../../seams/site.ts'
import { toSessionView, missingBrowserOption } from './session-view.ts'
import type { HttpContext } from '../../http-context.ts'
import { sessionOfPage } from './find-session.ts'
import type { BrowserSessionServices } from './services.ts'

/**
 * A signed-in user's session, as the session endpoint and `auth.browserSession()` return it.
 *
 * All times are relative, so a wrong clock on the visitor's device does not matter.
 *
 * @typeParam View - The type that `sessionView` returns.
 * @public
 */
export interface SignedInBrowserSession<View = object> {
  /** The user data that `sessionView` returned. */
  readonly user: View
  /** The number of seconds until the session ends, unless the user sends another request. */
  readonly expiresInSeconds: number
  /** The number of seconds until the session ends, even if the user is active. */
  readonly absoluteExpiresInSeconds: number
  /**
   * The path that starts a sign-in, for example with another account. To return to a page on this origin, add its path
   * as the parameter `return_to`. With `easyAuth()`, this path already contains the parameter, which is called
   * `post_login_redirect_uri`.
   */
  readonly loginUrl: string
  /** The path that signs the user out. Navigate to it, because the provider shows a page. */
  readonly logoutUrl: string
}

/** The session of a visitor who is not signed in, or whose session has ended. @public */
export interface SignedOutBrowserSession {
  /** `null`, because no user is signed in. */
  readonly user: null
  /**
   * The path that starts a sign-in. To return to a page on this origin, add its path as the parameter `return_to`, for
   * example `/auth/login?return_to=%2Forders%3Fpage%3D2`. With `easyAuth()`, this path already contains the parameter,
   * which is called `post_login_redirect_uri`.
   */
  readonly loginUrl: string
}

/**
 * The session for scripts in the browser, as the session endpoint and `auth.browserSession()` return it.
 *
 * @typeParam View - The type that `sessionView` returns.
 * @example
 * ```ts
 * const session: BrowserSession<SessionViewOf<typeof sessionView>> = await auth.browserSession(req)
 * const name = session.user === null ? 'visitor' : session.user.name
 * ```
 * @public
 */
export type BrowserSession<View = object> = SignedInBrowserSession<View> | SignedOutBrowserSession

/**
 * Describes a session to a script.
 *
 * @throws IdentityError `configuration` if `sessionView` fails, or if JSON cannot express its result.
 */
export function toBrowserSession<User>(
  services: BrowserSessionServices<User>,
  session: Session | undefined,
): BrowserSession {
  const { site, now, sessions } = services
  const loginUrl = loginUrlOf(site)
  if (session === undefined) return { user: null, loginUrl }
  const endsAt = Math.min(session.endsAt, session.startedAt + sessions.lifetimes.absolute)
  const secondsUntil = (time: number): number => Math.max(0, Math.floor(time - now()))
  return {
    user: toSessionView(services, session),
    expiresInSeconds: secondsUntil(expiryOf(session, sessions.lifetimes)),
    absoluteExpiresInSeconds: secondsUntil(endsAt),
    loginUrl,
    logoutUrl: site.paths.logout,
  }
}

/** Returns the path that starts a sign-in. The script adds the page to return to. */
function loginUrlOf(site: Site): string {
  if (site.signIn.kind !== 'platform') return site.paths.login
  return site.signIn.platform.loginUrl({ returnTo: site.location.homePath, parameters: {} })
}

/**
 * Returns the session for a page's scripts while the server renders it.
 *
 * @throws IdentityError `configuration` without the option `browser`, or if `sessionView` fails. `store_unavailable` if the
 *   session store does not respond.
 */
export async function pageSession<User>(
  services: BrowserSessionServices<User>,
  http: HttpContext,
): Promise<BrowserSession> {
  if (services.browser === undefined) throw missingBrowserOption()
  const session = await sessionOfPage(services, http)
  if (session !== undefined) http.noStore()
  return toBrowserSession(services, session)
}
