import { randomBytes, randomUUID } from 'node:crypto'
import type { UserConfig } from '../config/config.js'
import type { ProviderContext } from './context.js'
import type { ProviderRequest } from '../protocol/http.js'
import type { BrowserSession, SessionAccount } from './records.js'

const SESSION_SECONDS = 24 * 3600

/** The name of the session cookie. Cookies ignore ports, so two providers on one machine need two names. */
export function sessionCookieName(origin: string): string {
  return `identity-web-dev-${new URL(origin).port || '80'}`
}

/** The browser's session, `undefined` when it has none. */
export function findSession(
  context: ProviderContext,
  request: ProviderRequest,
): BrowserSession | undefined {
  const id = request.cookies.get(sessionCookieName(context.origin))
  return id === undefined ? undefined : context.store.sessions.get(id)
}

/** Signs a user in with the browser; an account that is signed in already gets a new sign-in time. */
export function signInAccount(
  context: ProviderContext,
  session: BrowserSession | undefined,
  user: UserConfig,
): { session: BrowserSession; account: SessionAccount } {
  const known = session?.accounts.find((entry) => entry.user === user)
  const account = { user, sid: known?.sid ?? randomUUID(), authTime: context.nowSeconds() }
  const accounts = [...(session?.accounts ?? []).filter((entry) => entry.user !== user), account]
  const next = session ?? {
    id: randomBytes(24).toString('base64url'),
    accounts,
    apps: new Set<string>(),
  }
  next.accounts = accounts
  context.store.sessions.set(next.id, next, SESSION_SECONDS)
  return { session: next, account }
}

/** Signs accounts out of the browser. */
export function signOutAccounts(
  context: ProviderContext,
  session: BrowserSession,
  users: readonly UserConfig[],
): void {
  session.accounts = session.accounts.filter((entry) => !users.includes(entry.user))
  if (session.accounts.length === 0) context.store.sessions.delete(session.id)
}

/** `Set-Cookie` of a session. */
export function sessionCookie(context: ProviderContext, session: BrowserSession): string {
  const secure = context.origin.startsWith('https:') ? '; Secure' : ''
  return `${sessionCookieName(context.origin)}=${session.id}; Path=/; HttpOnly; SameSite=Lax${secure}`
}
