import type { DevProvider } from 'identity-web-dev'
import { Pool } from 'pg'
import type { Fleet } from './fleet.ts'
import type { PgBouncer } from './pgbouncer.ts'
import type { PostgresServer } from './postgres-server.ts'
import type { RedisServer } from './redis-server.ts'
import { describe, expect, test as base } from './server-fixtures.ts'
import { Browser, signIn } from './site.ts'

/** The ways in which a fleet can share a store: the client, and the server that it connects to. */
const WAYS = {
  'Redis by node-redis': ['node-redis', 'redis'],
  'Redis by ioredis': ['ioredis', 'redis'],
  'PostgreSQL by Keyv': ['keyv-postgres', 'postgres'],
  'PostgreSQL directly': ['postgres', 'postgres'],
  'PostgreSQL through PgBouncer': ['postgres', 'pgbouncer'],
} as const
type Way = keyof typeof WAYS

/** A fleet whose processes share a store. */
export interface SharedFleet extends Fleet {
  /** The number of refreshes that succeeded. */
  refreshes(): number
  /** Advances the clocks of the processes and of the provider until the tokens of all sessions expire. */
  expireTokens(): Promise<void>
  /** Opens a page several times at the same time, and counts the statuses. */
  statuses(browser: Browser, path: string, times: number): Promise<Record<number, number>>
}

interface SharedFleetOptions {
  /** @defaultValue `4` */
  readonly processes?: number
  /** @defaultValue `'store'` */
  readonly list?: 'store' | 'denyList'
  /** `false` if the test breaks the store or a process, so that a busy machine can change its result. @defaultValue `true` */
  readonly isPatient?: boolean
}

/** The servers of a file. */
interface Servers {
  readonly redis: RedisServer
  readonly postgres: PostgresServer
  readonly pgbouncer: PgBouncer
  readonly admin: Pool
}

/** Vitest's `test` with fleets whose processes share a store. */
export const test = base
  .extend('redisOptions', { scope: 'file' }, { appendonly: true })
  /** Connections of an administrator to PostgreSQL, past PgBouncer. */
  .extend('admin', ({ postgres }, { onCleanup }) => {
    const admin = new Pool({ connectionString: postgres.url })
    admin.on('error', () => undefined)
    onCleanup(() => admin.end())
    return admin
  })
  .extend('servers', ({ redis, postgres, pgbouncer, admin }): Servers => {
    return { redis, postgres, pgbouncer, admin }
  })
  .extend(
    'start',
    ({ openFleet, provider, servers }) =>
      async (
        way: Way,
        { processes = 4, list = 'store', isPatient = true }: SharedFleetOptions = {},
      ): Promise<SharedFleet> => {
        const [kind, server] = WAYS[way]
        const fleet = await openFleet({
          processes,
          [list]: { kind, url: servers[server].url },
          ...(isPatient && { auth: { session: { storeTimeoutSeconds: 20 } } }),
        })
        return Object.assign(fleet, {
          refreshes: () =>
            provider.requests.filter(
              ({ grantType, status }) => grantType === 'refresh_token' && status === 200,
            ).length,
          async expireTokens() {
            await fleet.advance(3700)
            provider.behave({ clockOffsetSeconds: 3700 })
          },
          async statuses(browser: Browser, path: string, times: number) {
            const responses = await Promise.all(
              Array.from({ length: times }, () => browser.navigate(fleet.origin + path)),
            )
            const counts: Record<number, number> = {}
            for (const { status } of responses) counts[status] = (counts[status] ?? 0) + 1
            return counts
          },
        })
      },
  )

/** Returns whether a process has a lock. */
async function hasLock(way: Way, { redis, admin }: Servers): Promise<boolean> {
  if (way.startsWith('Redis')) return (await redis.command('KEYS *:lock')).includes(':lock')
  const leases = 'select 1 from identity_sessions where lease_until > clock_timestamp()'
  return (await admin.query(leases)).rows.length > 0
}

/** Declares the tests of several processes that share a store with locks. */
export function sharedStoreCases(way: Way): void {
  describe(`several processes with ${way}`, () => {
    test('refresh once for 200 requests at the same time, under rotation with reuse detection', async ({
      start,
      provider,
    }) => {
      const fleet = await start(way)
      provider.behave({ reuseDetection: true })
      const browser = await signIn(fleet, provider, { path: '/token' })
      await fleet.expireTokens()

      expect(await fleet.statuses(browser, '/token', 200)).toEqual({ 200: 200 })

      expect(fleet.refreshes()).toBe(1)
      expect(await fleet.statuses(browser, '/', 20)).toEqual({ 200: 20 })
      expect(fleet.refreshes()).toBe(1)
    })

    test('recover with the next request when one is killed during a refresh', async ({
      start,
      provider,
      servers,
    }) => {
      const fleet = await start(way, { processes: 2, isPatient: false })
      provider.behave({ reuseDetection: true })
      const browser = await signIn(fleet, provider, { path: '/token' })
      await fleet.expireTokens()
      provider.behave({ faults: { token: { kind: 'hang', times: 1 } } })
      const [doomed, other] = fleet.processes

      const lost = browser.navigate(`${doomed?.origin}/token`).catch(() => undefined)
      while (!(await hasLock(way, servers))) await tick()
      await doomed?.kill9()
      await lost

      expect((await browser.navigate(`${other?.origin}/token`)).status).toBe(200)
      expect(fleet.refreshes()).toBe(1)
    })

    test.for(['store', 'denyList'] as const)(
      'sign a user out of all processes at once, with a %s',
      async (list, { start, provider }) => {
        const fleet = await start(way, { processes: 3, list })
        const browser = await signIn(fleet, provider)
        const { claims } = (await browser.navigate(`${fleet.origin}/`)).json() as {
          claims: { sid: string }
        }
        expect(await fleet.statuses(browser, '/', 6)).toEqual({ 200: 6 })

        await new Browser().send(`${fleet.origin}/front-channel-logout?sid=${claims.sid}`, {})

        expect(await fleet.statuses(browser, '/', 6)).toEqual({ 302: 6 })
      },
    )

    test('keep every user signed in when clocks jump by an hour, forward and back', async ({
      start,
      provider,
    }) => {
      const fleet = await start(way, { processes: 2 })
      provider.behave({ reuseDetection: true })
      const browser = await signIn(fleet, provider, { path: '/token' })

      for (const jump of [3600, -3600, -3600, 3600]) {
        await fleet.advance(jump)
        expect(await fleet.statuses(browser, '/token', 8)).toEqual({ 200: 8 })
        expect(await fleet.statuses(browser, '/', 8)).toEqual({ 200: 8 })
      }
      expect(await fleet.statuses(new Browser(), '/', 2)).toEqual({ 302: 2 })
    })
  })
}

/** Breaks a server, and returns a function that repairs it. */
export type Fault = (servers: Servers) => Promise<() => unknown>

/** Declares a test for each fault. */
export function faultCases(way: Way, faults: Readonly<Record<string, Fault>>): void {
  describe(`a fault under load of ${way} does not return 500, end a session or accept visitors:`, () => {
    test.for(Object.entries(faults))('%s', async ([, breakIt], { start, provider, servers }) => {
      const fleet = await start(way, { processes: 2, isPatient: false })
      let mendIt = (): unknown => undefined

      const seen = await breakUnderLoad(
        fleet,
        provider,
        async () => (mendIt = await breakIt(servers)),
        async () => mendIt(),
      )

      expect(seen).toEqual(OUTAGE)
      expect(fleet.logs.join('\n')).toMatch(
        /The session store is down.*The session store responds again/s,
      )
    })
  })
}

/** The statuses that somebody saw. */
interface Seen {
  /** Signed-in users, before the repair. */
  readonly during: Set<number>
  readonly users: Set<number>
  /** Somebody with an ID that is not stored. */
  readonly forger: Set<number>
  /** Somebody who is not signed in. */
  readonly visitor: Set<number>
}

/** What they see while a store is down. A failure never signs out a user, and never accepts anybody else. */
const OUTAGE: Seen = {
  during: new Set([200, 503]),
  users: new Set([200, 503]),
  forger: new Set([302, 503]),
  visitor: new Set([302]),
}

/**
 * Breaks the store of a fleet while users and others send requests, and repairs it after 1.5 seconds. All users must still be
 * signed in afterwards.
 */
export async function breakUnderLoad(
  fleet: SharedFleet,
  provider: DevProvider,
  breakIt: () => Promise<unknown>,
  mendIt: () => Promise<unknown>,
): Promise<Seen> {
  const users = await Promise.all(Array.from({ length: 6 }, () => signIn(fleet, provider)))
  const forger = new Browser()
  forger.cookies.set('identity', { ...cookieOf(users[0]), value: `1.${'A'.repeat(43)}` })
  const seen = {
    users: new Set<number>(),
    forger: new Set<number>(),
    visitor: new Set<number>(),
  }
  const end = new AbortController()
  const load = async (browser: Browser, into: Set<number>): Promise<void> => {
    while (!end.signal.aborted) {
      into.add((await browser.navigate(`${fleet.origin}/`)).status)
      await tick()
    }
  }
  const loads = [
    ...users.map((user) => load(user, seen.users)),
    load(forger, seen.forger),
    load(new Browser(), seen.visitor),
  ]

  // A busy machine needs time for the first responses.
  while (Object.values(seen).some((statuses) => statuses.size === 0)) await tick()
  await breakIt()
  await pause(1500)
  const during = new Set(seen.users)
  await mendIt()
  await pause(2700)
  end.abort()
  await Promise.all(loads)

  for (const user of users) {
    expect((await user.navigate(`${fleet.origin}/`)).status).toBe(200)
  }
  return { during, ...seen }
}

function cookieOf(
  browser: Browser | undefined,
): NonNullable<ReturnType<Browser['cookies']['get']>> {
  const cookie = browser?.cookies.get('identity')
  if (cookie === undefined) throw new Error('Nobody is signed in.')
  return cookie
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}

function tick(): Promise<void> {
  return pause(10)
}
