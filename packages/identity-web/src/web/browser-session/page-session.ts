import type { HttpContext } from '../../http-context.ts'
import type { AuthenticationServices } from '../guard/authenticate.ts'
import type { BrowserSession } from './browser-session.ts'
import { sessionOfPage } from './find-session.ts'
import { missingBrowserOption } from './session-view.ts'
import { toBrowserSession, type BrowserSessionServices } from './to-browser-session.ts'

/** The services of `auth.browserSession()`. */
export interface PageSessionServices<User>
  extends AuthenticationServices, BrowserSessionServices<User> {}

/**
 * Returns the session for the scripts of a page while the server renders it.
 *
 * @throws IdentityError `configuration` without the option `browser`, or if `sessionView` fails. `store_unavailable` if the
 *   session store does not respond.
 */
export async function pageSession<User>(
  services: PageSessionServices<User>,
  http: HttpContext,
): Promise<BrowserSession> {
  if (services.browser === undefined) throw missingBrowserOption()
  const session = await sessionOfPage(services, http)
  if (session !== undefined) http.noStore()
  return toBrowserSession(services, session)
}
