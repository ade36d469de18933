import type { DevProvider } from 'identity-web-dev'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { StoreAddress } from '../support/fleet-messages.ts'
import { startFleet, type Fleet } from '../support/fleet.ts'
import { startPostgresServer, type PostgresServer } from '../support/postgres-server.ts'
import { startRedisServer, type RedisServer } from '../support/redis-server.ts'
import { signIn, startDevProvider } from '../support/site.ts'

let provider: DevProvider
let redis: RedisServer
let postgres: PostgresServer
beforeAll(async () => {
  ;[provider, redis, postgres] = await Promise.all([
    startDevProvider(),
    startRedisServer(),
    startPostgresServer(),
  ])
})
afterAll(() => Promise.all([provider.close(), redis.close(), postgres.close()]))

describe.each(['node-redis', 'ioredis', 'keyv-postgres'] as const)(
  'two processes with sessions in %s',
  (kind) => {
    let fleet: Fleet
    beforeAll(async () => {
      const store: StoreAddress = { kind, url: kind === 'keyv-postgres' ? postgres.url : redis.url }
      fleet = await startFleet({ provider, processes: 2, store })
    })
    afterAll(() => fleet.close())

    test('recognize a user in each process, and call an API for them', async () => {
      const browser = await signIn(fleet, provider, { path: '/me' })

      const responses = await Promise.all(
        Array.from({ length: 4 }, () => browser.navigate(`${fleet.origin}/me`)),
      )

      expect(responses.map(({ status }) => status)).toEqual(Array<number>(4).fill(200))
      expect(new Set(responses.map(({ headers }) => headers['x-process'])).size).toBe(2)
      expect(fleet.faults).toEqual([])
    })

    test('still recognize the user after all processes were killed and restarted', async () => {
      const browser = await signIn(fleet, provider)

      await Promise.all(fleet.processes.map((process) => process.restart()))

      expect((await browser.navigate(`${fleet.origin}/`)).status).toBe(200)
      expect(fleet.faults).toEqual([])
    })
  },
)
