import type { DevProvider } from 'identity-web-dev'
import type { ListedSession } from 'identity-web/express'
import { Browser } from './browser.ts'
import { signIn, type Site } from './site.ts'

/** Declares a page that lists the sessions of its user, and a form that ends one of them. */
export function declareDevices<User>({ app, auth }: Site<User>): void {
  app.get(
    '/devices',
    auth.loginRequired(async (_req, res, context) => {
      res.json(await auth.listSessions(context))
    }),
  )
  app.post(
    '/devices/end',
    auth.loginRequired(async (req, res, { user }) => {
      await auth.revokeSessions({ user, handle: req.query['handle'] as string })
      res.json('ended')
    }),
  )
}

/** A user and the browser in which the user signs in. */
export interface Device {
  readonly as?: string
  readonly userAgent?: string
  readonly browser?: Browser
}

/** Signs a user in with a `User-Agent`. */
export function signInWith<User>(
  site: Site<User>,
  provider: DevProvider,
  { as = 'alex', userAgent, browser = new Browser() }: Device = {},
): Promise<Browser> {
  browser.userAgent = userAgent
  return signIn(site, provider, { path: '/login', as }, browser)
}

/** Returns the sessions that the page shows to a user. */
export async function devicesOf<User>(
  { origin }: Site<User>,
  browser: Browser,
): Promise<ListedSession[]> {
  const response = await browser.navigate(`${origin}/devices`)
  if (response.status !== 200) throw new Error(`/devices: ${response.status} ${response.text}`)
  const listed = response.json() as Record<'startedAt' | 'lastUsedAt', string>[]
  return listed.map((session) => ({
    ...(session as unknown as ListedSession),
    startedAt: new Date(session.startedAt),
    lastUsedAt: new Date(session.lastUsedAt),
  }))
}

/** Ends a session with the form of the page. */
export async function endDevice<User>(
  { origin }: Site<User>,
  browser: Browser,
  handle: string,
): Promise<number> {
  const url = `${origin}/devices/end?${new URLSearchParams({ handle }).toString()}`
  return (await browser.script(url, { method: 'POST' })).status
}

export async function isSignedIn<User>(site: Site<User>, browser: Browser): Promise<boolean> {
  return (await browser.navigate(`${site.origin}/`)).status === 200
}
