import { defaultConfig } from 'identity-web-dev'
import { apiOf } from '../support/fleet.ts'
import { expect, test as base } from '../support/server-fixtures.ts'
import { appsWithThings, OBO, THINGS } from '../support/things.ts'

// The claim of docs/token-cache.md, with real processes and a real Redis that keeps its data.

const USERS = 1000
const APIS = ['User.Read', `${THINGS}/Things.Read`]
/** The users whose tokens are requested at the same time. More would make the provider slower than the lock waits. */
const AT_ONCE = 8

const [alex] = defaultConfig.users as [UserConfig, ...UserConfig[]]
type UserConfig = (typeof defaultConfig.users)[number]

const users: UserConfig[] = Array.from({ length: USERS }, (_, i) => ({
  ...alex,
  username: `user${i}@contoso.onmicrosoft.com`,
  oid: `1a000000-0000-4000-8000-${String(i).padStart(12, '0')}`,
}))

const test = base
  .extend('redisOptions', { scope: 'file' }, { appendonly: true })
  .extend('behaviour', { consent: 'skip' })
  .extend('providerOptions', {
    config: {
      users: [...defaultConfig.users, ...users],
      apps: appsWithThings({ todos: { preauthorized: ['User.Read', `${THINGS}/Things.Read`] } }),
    },
  })

test(
  'four processes request one token for each of 1,000 users and each API',
  { timeout: 600_000 },
  async ({ openFleet, provider, redis, grantRequests }) => {
    const fleet = await openFleet({
      processes: 4,
      tokenCache: { kind: 'ioredis', url: redis.url },
      api: apiOf(provider),
    })
    const callers: { oid: string; token: string }[] = []
    for (const { username, oid } of users)
      callers.push({
        oid: oid ?? '',
        token: await provider.accessToken({ as: username as 'alex' }),
      })
    const exchanges = grantRequests(OBO)

    /** Every process gets a token of every user for every API. */
    async function callAll(): Promise<void> {
      for (let i = 0; i < callers.length; i += AT_ONCE) {
        const calls = callers.slice(i, i + AT_ONCE).flatMap(({ oid, token }) =>
          APIS.flatMap((scopes) =>
            fleet.processes.map(async ({ origin }) => {
              const url = `${origin}/on-behalf-of?scopes=${encodeURIComponent(scopes)}`
              const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } })
              expect(await response.json()).toMatchObject({ oid })
            }),
          ),
        )
        await Promise.all(calls)
      }
    }

    await callAll()
    expect(exchanges()).toHaveLength(USERS * APIS.length)

    await Promise.all(fleet.processes.map((process) => process.restart()))
    await callAll()
    expect(exchanges()).toHaveLength(USERS * APIS.length)

    await redis.stop('SIGKILL')
    await callAll()
    expect(exchanges()).toHaveLength(USERS * APIS.length)

    await redis.start()
    await Promise.all(fleet.processes.map((process) => process.restart()))
    await callAll()
    expect(exchanges()).toHaveLength(USERS * APIS.length)
  },
)
