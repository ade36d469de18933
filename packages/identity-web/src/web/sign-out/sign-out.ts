import { endSessionUrl } from '../../client/index.ts'
import { isIdentityError } from '../../errors.ts'
import type { Session } from '../../session/index.ts'
import { page, redirect, withCookies } from '../http/answers.ts'
import { confirmLogoutPage, loggedOutPage } from '../http/pages/index.ts'
import { isFromSameSite } from '../http/same-site.ts'
import type { WebRuntime } from '../runtime/runtime.ts'
import { tellOfLogout } from './on-logout.ts'
import { signOutState } from './signed-out.ts'

/**
 * The logout route. The session here goes first, then the browser goes to the provider to end the one there.
 *
 * @param postLogoutRedirectUri - Where to land; that of the options without it.
 * @see {@link https://openid.net/specs/openid-connect-rpinitiated-1_0.html}
 */
export async function logout<User>(
  runtime: WebRuntime<User>,
  request: Request,
  postLogoutRedirectUri?: string,
): Promise<Response> {
  const { sessions, origin, paths } = runtime
  // A link or a form of another site must not sign anybody out.
  if (!isFromSameSite(request, origin)) {
    // Its form has to bring its origin along, which `no-referrer` would hide.
    const headers = { 'referrer-policy': 'same-origin' }
    return page(200, confirmLogoutPage(paths.logout, `${origin ?? ''}/`), headers)
  }
  const cookieHeader = request.headers.get('cookie') ?? ''
  const session = await sessions.read(cookieHeader)
  if (session !== undefined) await tellOfLogout(runtime, session)
  const target =
    session && (await providerUrl(runtime, session, cookieHeader, postLogoutRedirectUri))
  const landing = target ?? postLogoutRedirectUri ?? ownLanding(runtime)
  const cookies = await sessions.end(cookieHeader)
  const answer =
    landing === undefined ? await signedOut(runtime) : redirect(landing, request.method)
  return withCookies(answer, cookies)
}

async function providerUrl<User>(
  runtime: WebRuntime<User>,
  session: Session,
  cookieHeader: string,
  landing = runtime.options.postLogoutRedirectUri,
): Promise<string | undefined> {
  const { options, sessions, clientOf } = runtime
  // Whoever signed in with a code has no session at the provider in this browser, as far as anybody knows.
  if (landing === undefined) return undefined
  const { idToken } = await sessions.readTokens(cookieHeader, session)
  const hint = session.claims['login_hint']
  try {
    const url = await endSessionUrl(clientOf(session.userFlow).client, {
      postLogoutRedirectUri: landing,
      state: await signOutState(runtime, landing),
      tenantId: session.claims.tid,
      ...(typeof hint === 'string' && { logoutHint: hint }),
      ...(idToken !== undefined && { idToken }),
    })
    return url?.href
  } catch (error) {
    if (!isIdentityError(error)) throw error
    // A provider that is down must not keep anybody signed in here.
    options.logger.warn?.('Signed out here, but not at the provider.', { code: error.code })
    return undefined
  }
}

async function signedOut<User>({ options, origin, paths }: WebRuntime<User>): Promise<Response> {
  const loginUrl = `${origin ?? ''}${paths.login}`
  return page(200, (await options.pages?.loggedOut?.({ loginUrl })) ?? loggedOutPage(loginUrl))
}

/** Where the options themselves lead, if not to our own page. */
function ownLanding<User>({ options, origin }: WebRuntime<User>): string | undefined {
  const { postLogoutRedirectUri } = options
  return postLogoutRedirectUri === `${origin ?? ''}/` ? undefined : postLogoutRedirectUri
}
