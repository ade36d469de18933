import type { Fleet, FleetProcess } from '../support/fleet.ts'
import type { RedisServer } from '../support/redis-server.ts'
import { expect, test as base } from '../support/server-fixtures.ts'

// These tests use real processes and a real Redis.

const OBO = 'urn:ietf:params:oauth:grant-type:jwt-bearer'

const test = base
  .extend('behaviour', { consent: 'skip' })
  .extend(
    'start',
    ({ openFleet, provider, redis }) =>
      async (): Promise<[FleetProcess, FleetProcess] & Pick<Fleet, 'logs'>> => {
        const { processes, logs } = await openFleet({
          processes: 2,
          tokenCache: { kind: 'node-redis', url: redis.url },
          api: {
            authority: provider.authority(),
            clientId: provider.api.clientId,
            clientCredential: provider.api.clientSecret,
            audience: provider.api.idUri,
          },
        })
        const [first, second] = processes as [FleetProcess, FleetProcess]
        return Object.assign([first, second] as [FleetProcess, FleetProcess], { logs })
      },
  )
  .extend(
    'exchanges',
    ({ provider }) =>
      () =>
        provider.requests.filter(({ grantType }) => grantType === OBO).length,
  )

/** Returns the claims of the token that a process gets on behalf of the user of an access token. */
async function tokenOf({ origin }: FleetProcess, bearer: string): Promise<unknown> {
  const headers = { authorization: `Bearer ${bearer}` }
  const response = await fetch(`${origin}/on-behalf-of?scopes=User.Read`, { headers })
  return response.json()
}

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
  async ([, breakIt, mendIt, reason], { start, provider, redis, exchanges }) => {
    const processes = await start()
    const { logs } = processes
    const [first, second] = processes
    const users = ['alex', 'robin', 'sam'] as const
    const bearers = await Promise.all(users.map((as) => provider.accessToken({ as })))
    for (const process of [first, second]) await tokenOf(process, bearers[0] ?? '')
    await breakIt(redis)

    for (const [i, bearer] of bearers.entries()) {
      const { oid } = provider.user(users[i] ?? 'alex')
      for (const process of [first, second])
        expect(await tokenOf(process, bearer)).toMatchObject({ oid })
    }

    expect(exchanges()).toBe(1 + 2 * 2)
    const outages = logs.filter((line) =>
      line.includes('The store of sharedTokens() does not work'),
    )
    expect(outages).toHaveLength(2)
    for (const line of outages) expect(line).toContain(reason)

    await mendIt(redis)
    const recoveries = (): number => logs.filter((line) => line.includes('store.available')).length
    while (recoveries() < 2) {
      const bearer = await provider.accessToken({ as: 'alex' })
      for (const process of [first, second]) await tokenOf(process, bearer)
    }
    const before = exchanges()
    const bearer = await provider.accessToken({ as: 'morgan' })
    for (const process of [first, second]) await tokenOf(process, bearer)
    expect(exchanges()).toBe(before + 1)
  },
)
