import { PGlite } from '@electric-sql/pglite'
import { fromExpressStore, memoryStore, type SessionStore } from 'identity-web'
import { createTable, postgresStore } from 'identity-web/postgres'
import { redisStore } from 'identity-web/redis'
import { MemoryStore } from 'express-session'
import { Cluster, Redis } from 'ioredis'
import { Keyv } from 'keyv'
import { createClient, createCluster, createSentinel } from 'redis'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { startRedisSentinel, startRedisServer, type RedisServer } from '../support/redis-server.ts'
import { startTokenServer } from '../support/token-server.ts'

let redis: RedisServer
let cluster: RedisServer
beforeAll(async () => {
  ;[redis, cluster] = await Promise.all([startRedisServer(), startRedisServer({ cluster: true })])
})
afterAll(() => Promise.all([redis.close(), cluster.close()]))

/** A function that connects a server to the store. */
type Connect = () => Promise<SessionStore>

const local =
  (store: SessionStore): (() => Promise<Connect>) =>
  async () =>
  async () =>
    store

const STORES: readonly (readonly [name: string, open: () => Promise<Connect>, hasLock: boolean])[] =
  [
    ['memory', local(memoryStore()), true],
    ['a Map', local(new Map<string, string>()), false],
    ['Keyv', local(new Keyv({ throwOnErrors: true })), false],
    ['a store of express-session', local(fromExpressStore(new MemoryStore())), false],
    [
      'node-redis',
      async () => async () => {
        const client = await createClient({ url: redis.url }).connect()
        onTestFinished(() => client.destroy())
        return redisStore(client)
      },
      true,
    ],
    [
      'PostgreSQL',
      async () => {
        const lite = await PGlite.create()
        onTestFinished(() => lite.close())
        await createTable(lite)
        return async () => postgresStore(lite)
      },
      true,
    ],
    [
      'ioredis',
      async () => async () => {
        const client = new Redis(redis.port)
        onTestFinished(() => client.disconnect())
        return redisStore(client, { prefix: 'io:' })
      },
      true,
    ],
    [
      'a cluster of node-redis',
      async () => async () => {
        const client = await createCluster({ rootNodes: [{ url: cluster.url }] }).connect()
        onTestFinished(() => client.destroy())
        return redisStore(client)
      },
      true,
    ],
    [
      'a cluster of ioredis',
      async () => async () => {
        const client = new Cluster([{ port: cluster.port }])
        onTestFinished(() => client.disconnect())
        return redisStore(client, { prefix: 'io:' })
      },
      true,
    ],
    [
      'a sentinel of node-redis',
      async () => {
        const sentinel = await startRedisSentinel(redis, 'primary')
        onTestFinished(() => sentinel.close())
        return async () => {
          const client = await createSentinel({
            name: 'primary',
            sentinelRootNodes: [{ host: '127.0.0.1', port: sentinel.port }],
            reserveClient: true,
          }).connect()
          onTestFinished(() => client.destroy())
          return redisStore(client, { prefix: 'sentinel:' })
        }
      },
      true,
    ],
  ]

describe.each(STORES)('servers with %s', (_name, open, hasLock) => {
  test('share tokens, and request each once if the store has locks', async () => {
    const connect = await open()
    const now = (): number => Math.floor(Date.now() / 1000)
    const respond = async () => {
      await new Promise((resolve) => setTimeout(resolve, 50))
      return {}
    }
    const stores = await Promise.all([1, 2, 3, 4].map(connect))
    const servers = stores.map((store) => startTokenServer({ store, now, respond }))
    const requests = (): number => servers.flatMap(({ sent }) => sent).length
    const getAll = async (name: string): Promise<string[]> => {
      const tokens = await Promise.all(servers.map((server) => server.get({ names: [name] })))
      return tokens.map(({ token }) => token.token)
    }

    const tokens = new Set<string>()
    for (let i = 0; i < 5; i++) for (const token of await getAll(`scope-${i}`)) tokens.add(token)

    expect(requests()).toBe(hasLock ? 5 : 20)
    expect(tokens.size).toBe(requests())
    const [store] = stores as [SessionStore]
    const late = startTokenServer({ store, now })
    await late.get({ names: ['scope-0'] })
    expect(late.sent).toEqual([])
    expect([...servers, late].flatMap(({ events }) => events)).toEqual([])
  })
})
