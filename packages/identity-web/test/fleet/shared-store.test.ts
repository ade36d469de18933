import type { RedisServer } from '../support/redis-server.ts'
import { breakUnderLoad, OUTAGE, test, tick } from '../support/shared-fleet.ts'
import { describe, expect } from '../support/server-fixtures.ts'
import { Browser, signIn } from '../support/site.ts'

// These tests use real processes and real stores.

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

      const seen = await breakUnderLoad(
        fleet,
        provider,
        () => breakIt(redis),
        () => mendIt(redis),
      )

      expect(seen).toEqual(OUTAGE)
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
