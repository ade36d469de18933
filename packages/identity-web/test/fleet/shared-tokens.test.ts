import { defaultConfig } from 'identity-web-dev'
import { expect, test as base } from '../support/server-fixtures.ts'

// The claim of docs/token-cache.md, with real processes and a real Redis that keeps its data.

const OBO = 'urn:ietf:params:oauth:grant-type:jwt-bearer'
const USERS = 1000
const THINGS = 'api://things.contoso.example'
const APIS = ['User.Read', `${THINGS}/Things.Read`]
/** The users whose tokens are requested at the same time. More would make the provider slower than the lock waits. */
const AT_ONCE = 8

const [app, todos, ...others] = defaultConfig.apps as [AppConfig, AppConfig, ...AppConfig[]]
type AppConfig = (typeof defaultConfig.apps)[number]
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
      apps: [
        app,
        { ...todos, preauthorized: ['User.Read', `${THINGS}/Things.Read`] },
        ...others,
        {
          clientId: '44444444-5555-4666-8777-888888888888',
          name: 'Things API',
          redirectUris: 'loopback',
          idUri: THINGS,
          scopes: [{ value: 'Things.Read', description: 'Read your things' }],
        },
      ],
    },
  })

test(
  'four processes request one token for each of 1,000 users and each API',
  { timeout: 600_000 },
  async ({ openFleet, provider, redis }) => {
    const fleet = await openFleet({
      processes: 4,
      tokenCache: { kind: 'ioredis', url: redis.url },
      api: {
        authority: provider.authority(),
        clientId: provider.api.clientId,
        clientCredential: provider.api.clientSecret,
        audience: provider.api.idUri,
      },
    })
    const callers: { oid: string; token: string }[] = []
    for (const { username, oid } of users)
      callers.push({
        oid: oid ?? '',
        token: await provider.accessToken({ as: username as 'alex' }),
      })
    const exchanges = (): number =>
      provider.requests.filter(({ grantType }) => grantType === OBO).length

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
    expect(exchanges()).toBe(USERS * APIS.length)

    await Promise.all(fleet.processes.map((process) => process.restart()))
    await callAll()
    expect(exchanges()).toBe(USERS * APIS.length)

    await redis.stop('SIGKILL')
    await callAll()
    expect(exchanges()).toBe(USERS * APIS.length)

    await redis.start()
    await Promise.all(fleet.processes.map((process) => process.restart()))
    await callAll()
    expect(exchanges()).toBe(USERS * APIS.length)
  },
)
