import { apiOf, tokenOf } from '../support/fleet.ts'
import type { RedisServer } from '../support/redis-server.ts'
import { expect, test as base } from '../support/server-fixtures.ts'
import { OBO } from '../support/things.ts'

// These tests use real processes and a real Redis.

const test = base.extend('behaviour', { consent: 'skip' })

test.for([
  [
    'is killed',
    (redis: RedisServer) => redis.stop('SIGKILL'),
    (redis: RedisServer) => redis.start(),
    'store_refused',
  ],
  [
    'hangs',
    async (redis: RedisServer) => redis.pause(),
    async (redis: RedisServer) => redis.resume(),
    'store_timeout',
  ],
] as const)(
  'each process requests its own tokens while Redis %s, and they share again afterwards',
  async ([, breakIt, mendIt, reason], { openFleet, provider, redis, grantRequests }) => {
    const { processes, logs } = await openFleet({
      processes: 2,
      tokenCache: { kind: 'node-redis', url: redis.url },
      api: apiOf(provider),
    })
    const exchanges = grantRequests(OBO)
    const users = ['alex', 'robin', 'sam'] as const
    const bearers = await Promise.all(users.map((as) => provider.accessToken({ as })))
    for (const process of processes) await tokenOf(process, bearers[0] ?? '')
    await breakIt(redis)

    for (const [i, bearer] of bearers.entries()) {
      const { oid } = provider.user(users[i] ?? 'alex')
      for (const process of processes) expect(await tokenOf(process, bearer)).toMatchObject({ oid })
    }

    expect(exchanges()).toHaveLength(1 + 2 * 2)
    const outages = logs.filter((line) =>
      line.includes('The store of sharedTokens() does not work'),
    )
    expect(outages).toHaveLength(2)
    for (const line of outages) expect(line).toContain(reason)

    await mendIt(redis)
    const recoveries = (): number => logs.filter((line) => line.includes('store.available')).length
    while (recoveries() < 2) {
      const bearer = await provider.accessToken({ as: 'alex' })
      for (const process of processes) await tokenOf(process, bearer)
    }
    const before = exchanges().length
    const bearer = await provider.accessToken({ as: 'morgan' })
    for (const process of processes) await tokenOf(process, bearer)
    expect(exchanges()).toHaveLength(before + 1)
  },
)
