import { memoryStore, type SessionStore } from 'identity-web'
import type { DevProvider } from 'identity-web-dev'
import type { AuthOptions, Claims, ListedSession } from 'identity-web/express'
import { createTable, postgresStore } from 'identity-web/postgres'
import { redisStore } from 'identity-web/redis'
import { Pool } from 'pg'
import { createClient } from 'redis'
import { Browser } from './browser.ts'
import { CountingStore } from './counting-store.ts'
import { test as base } from './server-fixtures.ts'
import { SESSION_SECRET, signIn, type Site } from './site.ts'

/** The stores that list sessions. The last one does not have a lock. */
export const STORES = ['Redis', 'PostgreSQL', 'memoryStore()', 'a store without a lock'] as const

/** Vitest's `test` with sites whose pages list and end sessions. */
export const test = base
  .extend('behaviour', { consent: 'skip' })
  /** Functions that return a new, empty store. */
  .extend('stores', { scope: 'file' }, async ({ redis, postgres }, { onCleanup }) => {
    const client = createClient({ url: redis.url })
    client.setMaxListeners(0)
    await client.connect()
    const { url: connectionString } = postgres
    // A test must not depend on the speed of the machine.
    const limits = { connectionTimeoutMillis: 20_000, query_timeout: 20_000 }
    const pool = new Pool({ connectionString, ...limits })
    onCleanup(async () => {
      client.destroy()
      await pool.end()
    })
    let stores = 0
    return {
      Redis: () => redisStore(client, { prefix: `${stores++}:` }),
      async PostgreSQL() {
        const table = `sessions_${stores++}`
        await createTable(pool, table)
        return postgresStore(pool, { table })
      },
      'memoryStore()': memoryStore,
      'a store without a lock': () => new CountingStore(),
    } satisfies Record<(typeof STORES)[number], () => SessionStore | Promise<SessionStore>>
  })
  /** Starts a site, by default with the fixture `store`. */
  .extend(
    'start',
    ({ openSite, store }) =>
      async <User = Claims>(options: AuthOptions<User> = {}): Promise<Site<User>> => {
        const defaults = { secret: SESSION_SECRET, store, storeTimeoutSeconds: 40 }
        const session = { ...defaults, ...options.session }
        const site = await openSite<User>({ ...options, session })
        declareDevices(site)
        return site
      },
  )
  /** Starts a site with a new store. */
  .extend(
    'startWith',
    ({ start, stores }) =>
      async <User = Claims>(
        kind: (typeof STORES)[number],
        options: AuthOptions<User> = {},
      ): Promise<Site<User>> =>
        start<User>({ ...options, session: { ...options.session, store: await stores[kind]() } }),
  )
  .extend(
    'signIn',
    ({ provider }) =>
      <User>(site: Site<User>, device?: Device) =>
        signInWith(site, provider, device),
  )
  .extend('site', ({ start }) => start())
  .extend('signedIn', ({ site, provider }) => signInWith(site, provider))

/** Declares a page that lists the sessions of its user, and a form that ends one of them. */
function declareDevices<User>({ app, auth }: Site<User>): void {
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
interface Device {
  readonly as?: string
  readonly userAgent?: string
  readonly browser?: Browser
}

/** Signs a user in with a `User-Agent`. */
function signInWith<User>(
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

/** Returns the claims of the user who is signed in. */
export async function claimsOf<User>(site: Site<User>, browser: Browser): Promise<Claims> {
  const response = await browser.navigate(`${site.origin}/`)
  return (response.json() as { claims: Claims }).claims
}

export async function handlesOf<User>(site: Site<User>, browser: Browser): Promise<string[]> {
  return (await devicesOf(site, browser)).map(({ handle }) => handle)
}

/** Returns the log lines about sessions that are not listed. */
export function unlistedIn<User>({ logs }: Site<User>): string[] {
  return logs.filter((line) => line.includes('"type":"session.unlisted"'))
}
