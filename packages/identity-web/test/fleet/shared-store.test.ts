import type { Fleet } from '../support/fleet.ts'
import type { StoreAddress } from '../support/fleet-messages.ts'
import type { RedisServer } from '../support/redis-server.ts'
import { describe, expect, test as base } from '../support/server-fixtures.ts'
import { Browser, signIn } from '../support/site.ts'

// These tests use real processes and real stores.

/** A fleet whose processes share a store. */
interface SharedFleet extends Fleet {
  /** The number of refreshes that succeeded. */
  refreshes(): number
  /** Advances the clocks of the processes and of the provider until the tokens of all sessions expire. */
  expireTokens(): Promise<void>
  /** Opens a page several times at the same time, and counts the statuses. */
  statuses(browser: Browser, path: string, times: number): Promise<Record<number, number>>
}

const test = base
  .extend('redisOptions', { scope: 'file' }, { appendonly: true })
  .extend(
    'start',
    ({ openFleet, provider, redis, postgres }) =>
      async (
        kind: StoreAddress['kind'],
        { processes = 4, list = 'store' }: { processes?: number; list?: 'store' | 'denyList' } = {},
      ): Promise<SharedFleet> => {
        const { url } = kind === 'keyv-postgres' ? postgres : redis
        const fleet = await openFleet({ processes, [list]: { kind, url } })
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

describe.each(['node-redis', 'ioredis'] as const)('four processes with Redis by %s', (kind) => {
  test('refresh once for 200 requests at the same time, under rotation with reuse detection', async ({
    start,
    provider,
  }) => {
    const fleet = await start(kind)
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
    redis,
  }) => {
    const fleet = await start(kind, { processes: 2 })
    provider.behave({ reuseDetection: true })
    const browser = await signIn(fleet, provider, { path: '/token' })
    await fleet.expireTokens()
    provider.behave({ faults: { token: { kind: 'hang', times: 1 } } })
    const [doomed, other] = fleet.processes

    const lost = browser.navigate(`${doomed?.origin}/token`).catch(() => undefined)
    while (!(await redis.command('KEYS *:lock')).includes(':lock')) await tick()
    await doomed?.kill9()
    await lost

    expect((await browser.navigate(`${other?.origin}/token`)).status).toBe(200)
    expect(fleet.refreshes()).toBe(1)
  })
})

describe('several processes with Redis', () => {
  test.for([
    [
      'is killed and starts again',
      (redis: RedisServer) => redis.stop('SIGKILL'),
      (redis: RedisServer) => redis.start(),
    ],
    [
      'hangs for a while',
      async (redis: RedisServer) => redis.pause(),
      async (redis: RedisServer) => redis.resume(),
    ],
  ] as const)(
    'do not return 500, lose a session or accept visitors when it %s under load',
    async ([, breakIt, mendIt], { start, provider, redis }) => {
      const fleet = await start('node-redis', { processes: 2 })
      const users = await Promise.all(Array.from({ length: 6 }, () => signIn(fleet, provider)))
      const forger = new Browser()
      forger.cookies.set('identity', { ...cookieOf(users[0]), value: `1.${'A'.repeat(43)}` })
      const seen = {
        users: new Set<number>(),
        forger: new Set<number>(),
        visitor: new Set<number>(),
      }
      const until = performance.now() + 4500
      const load = async (browser: Browser, into: Set<number>): Promise<void> => {
        while (performance.now() < until) {
          into.add((await browser.navigate(`${fleet.origin}/`)).status)
          await tick()
        }
      }
      const loads = [
        ...users.map((user) => load(user, seen.users)),
        load(forger, seen.forger),
        load(new Browser(), seen.visitor),
      ]

      await pause(300)
      await breakIt(redis)
      await pause(1500)
      const during = new Set(seen.users)
      await mendIt(redis)
      await Promise.all(loads)

      expect(during).toEqual(new Set([200, 503]))
      expect(seen.users).toEqual(new Set([200, 503]))
      expect(seen.forger).toEqual(new Set([302, 503]))
      expect(seen.visitor).toEqual(new Set([302]))
      for (const user of users) {
        expect((await user.navigate(`${fleet.origin}/`)).status).toBe(200)
      }
      expect(fleet.logs.join('\n')).toMatch(
        /The session store is down.*The session store responds again/s,
      )
    },
  )

  test('allow every user to sign in again after FLUSHALL', async ({ start, provider, redis }) => {
    const fleet = await start('ioredis', { processes: 2 })
    const browser = await signIn(fleet, provider, { path: '/token' })

    await redis.command('FLUSHALL')

    expect(await fleet.statuses(browser, '/token', 4)).toEqual({ 302: 4 })
    await signIn(fleet, provider, { path: '/token' }, browser)
    expect(await fleet.statuses(browser, '/token', 4)).toEqual({ 200: 4 })
  })

  test('keep every user signed in when clocks jump by an hour, forward and back', async ({
    start,
    provider,
  }) => {
    const fleet = await start('node-redis', { processes: 2 })
    provider.behave({ reuseDetection: true })
    const browser = await signIn(fleet, provider, { path: '/token' })

    for (const jump of [3600, -3600, -3600, 3600]) {
      await fleet.advance(jump)
      expect(await fleet.statuses(browser, '/token', 8)).toEqual({ 200: 8 })
      expect(await fleet.statuses(browser, '/', 8)).toEqual({ 200: 8 })
    }
    expect(await fleet.statuses(new Browser(), '/', 2)).toEqual({ 302: 2 })
  })

  test.for(['store', 'denyList'] as const)(
    'sign a user out of all processes at once, with a %s',
    async (list, { start, provider }) => {
      const fleet = await start('node-redis', { processes: 3, list })
      const browser = await signIn(fleet, provider)
      const { claims } = (await browser.navigate(`${fleet.origin}/`)).json() as {
        claims: { sid: string }
      }
      expect(await fleet.statuses(browser, '/', 6)).toEqual({ 200: 6 })

      await new Browser().send(`${fleet.origin}/front-channel-logout?sid=${claims.sid}`, {})

      expect(await fleet.statuses(browser, '/', 6)).toEqual({ 302: 6 })
    },
  )
})

describe('four processes with PostgreSQL by Keyv, which has no lock', () => {
  test('all recover from an expired token, even when several of them refresh it', async ({
    start,
    provider,
  }) => {
    const fleet = await start('keyv-postgres')
    const browser = await signIn(fleet, provider, { path: '/token' })
    await fleet.expireTokens()

    expect(await fleet.statuses(browser, '/token', 100)).toEqual({ 200: 100 })
    expect(await fleet.statuses(browser, '/', 8)).toEqual({ 200: 8 })

    expect(fleet.refreshes()).toBeLessThanOrEqual(4)
  })
})

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
