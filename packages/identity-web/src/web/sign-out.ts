import { endSessionUrl } from '../client/index.ts'
import { isIdentityError } from '../errors.ts'
import type { Session } from '../session/index.ts'
import { page, redirect, withCookies } from './answers.ts'
import { toUser } from './context.ts'
import { confirmLogoutPage, loggedOutPage } from './pages/index.ts'
import type { WebRuntime } from './runtime.ts'

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
  if (!isFromSameSite(request, origin)) {
    // Its form has to bring its origin along, which `no-referrer` would hide.
    const headers = { 'referrer-policy': 'same-origin' }
    return page(200, confirmLogoutPage(paths.logout, `${origin}/`), headers)
  }
  const cookieHeader = request.headers.get('cookie') ?? ''
  const session = await sessions.read(cookieHeader)
  if (session !== undefined) await tell(runtime, session)
  const target =
    session && (await providerUrl(runtime, session, cookieHeader, postLogoutRedirectUri))
  const landing = target ?? postLogoutRedirectUri ?? ownLanding(runtime)
  const cookies = await sessions.delete(cookieHeader)
  const answer =
    landing === undefined ? await signedOut(runtime) : redirect(landing, request.method)
  return withCookies(answer, cookies)
}

// What the application does about it must not keep anybody signed in.
async function tell<User>({ options }: WebRuntime<User>, session: Session): Promise<void> {
  try {
    await options.onLogout?.(toUser<User>(session))
  } catch (error) {
    options.logger.error?.('onLogout failed.', {
      error: error instanceof Error ? error.name : typeof error,
    })
  }
}

// A link or a form of another site must not sign anybody out. Browsers without fetch metadata send no more
// than the cookie, which `SameSite=Lax` keeps at home for posts.
function isFromSameSite(request: Request, origin: string): boolean {
  const site = request.headers.get('sec-fetch-site')
  if (site !== null) return site !== 'cross-site'
  const sender = request.headers.get('origin') ?? request.headers.get('referer')
  return sender === null || (URL.canParse(sender) && new URL(sender).origin === origin)
}

async function providerUrl<User>(
  { client, options, sessions }: WebRuntime<User>,
  session: Session,
  cookieHeader: string,
  landing = options.postLogoutRedirectUri,
): Promise<string | undefined> {
  const { idToken } = await sessions.readTokens(cookieHeader, session)
  const hint = session.claims['login_hint']
  try {
    const url = await endSessionUrl(client, {
      postLogoutRedirectUri: landing,
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
  const loginUrl = `${origin}${paths.login}`
  return page(200, (await options.pages?.loggedOut?.({ loginUrl })) ?? loggedOutPage(loginUrl))
}

/** Where the options themselves lead, if not to our own page. */
function ownLanding<User>({ options, origin }: WebRuntime<User>): string | undefined {
  const { postLogoutRedirectUri } = options
  return postLogoutRedirectUri === `${origin}/` ? undefined : postLogoutRedirectUri
}
