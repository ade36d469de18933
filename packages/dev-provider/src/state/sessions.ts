import { randomBytes, randomUUID } from 'node:crypto'
import type { UserConfig } from '../config/config.js'
import type { IssuerProfile } from '../profiles/issuer-profile.js'
import type { ProviderContext } from './context.js'
import type { ProviderRequest } from '../protocol/http.js'
import type { BrowserSession, SessionAccount } from './records.js'

const SESSION_SECONDS = 24 * 3600

/**
 * Returns the name of the session cookie. It contains the port, because browsers send cookies to
 * all ports of a host.
 */
export function sessionCookieName(origin: string): string {
  return `identity-web-dev-${new URL(origin).port || '80'}`
}

/** Returns the session of the browser, or `undefined` without a session. */
export function findSession(
  context: ProviderContext,
  request: ProviderRequest,
): BrowserSession | undefined {
  const id = request.cookies.get(sessionCookieName(context.origin))
  return id === undefined ? undefined : context.store.sessions.get(id)
}

/** Returns the accounts of the browser that an issuer can use. */
export function accountsAt(
  profile: IssuerProfile,
  session: BrowserSession | undefined,
): readonly SessionAccount[] {
  return (session?.accounts ?? []).filter(({ realm }) => realm === profile.sessionRealm)
}

/**
 * Returns the accounts that are signed in with any browser, in the order in which the browsers
 * first signed in.
 */
export function findAccounts(
  context: ProviderContext,
  filter: { readonly user?: UserConfig | undefined; readonly sid?: string | undefined },
): { readonly session: BrowserSession; readonly account: SessionAccount }[] {
  const { user, sid } = filter
  return context.store.sessions.values().flatMap((session) =>
    session.accounts
      .filter((account) => user === undefined || account.user === user)
      .filter((account) => sid === undefined || account.sid === sid)
      .map((account) => ({ session, account })),
  )
}

/**
 * Signs a user in with the browser. An account that is already signed in gets a new sign-in time.
 */
export function signInAccount(
  context: ProviderContext,
  session: BrowserSession | undefined,
  user: UserConfig,
  profile: IssuerProfile,
): { session: BrowserSession; account: SessionAccount } {
  const realm = profile.sessionRealm
  const known = accountsAt(profile, session).find((entry) => entry.user === user)
  const account = {
    user,
    sid: known?.sid ?? randomUUID(),
    authTime: context.nowSeconds(),
    realm,
    apps: known?.apps ?? new Set<string>(),
  }
  // Azure AD B2C allows one account per browser.
  const isReplaced = (entry: SessionAccount): boolean =>
    entry.realm === realm && (entry.user === user || profile.kind === 'b2c')
  const accounts = [...(session?.accounts ?? []).filter((entry) => !isReplaced(entry)), account]
  const next = session ?? { id: randomBytes(24).toString('base64url'), accounts }
  next.accounts = accounts
  context.store.sessions.set(next.id, next, SESSION_SECONDS)
  return { session: next, account }
}

/** Signs accounts out of the browser. */
export function signOutAccounts(
  context: ProviderContext,
  session: BrowserSession,
  signedOut: readonly SessionAccount[],
): void {
  session.accounts = session.accounts.filter((entry) => !signedOut.includes(entry))
  if (session.accounts.length === 0) context.store.sessions.delete(session.id)
}

/** Returns the `Set-Cookie` header of a session. */
export function sessionCookie(context: ProviderContext, session: BrowserSession): string {
  const secure = context.origin.startsWith('https:') ? '; Secure' : ''
  return `${sessionCookieName(context.origin)}=${session.id}; Path=/; HttpOnly; SameSite=Lax${secure}`
}
