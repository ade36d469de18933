import { IdentityError } from 'identity-web'
import { redisStore, type RedisClient } from 'identity-web/redis'
import { Cluster, Redis } from 'ioredis'
import { createClient, createClientPool, createCluster, createSentinel, RESP_TYPES } from 'redis'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { startRedisSentinel, startRedisServer, type RedisServer } from '../support/redis-server.ts'
import { storeContract } from './contract.ts'

const ALL_METHODS = { getMany: true, touch: true, lock: true }

let redis: RedisServer
let cluster: RedisServer
beforeAll(async () => {
  ;[redis, cluster] = await Promise.all([startRedisServer(), startRedisServer({ cluster: true })])
})
afterAll(() => Promise.all([redis.close(), cluster.close()]))

storeContract(
  'node-redis',
  async () => {
    const client = await createClient({ url: redis.url }).connect()
    return { store: redisStore(client), close: async () => client.destroy() }
  },
  ALL_METHODS,
)

storeContract(
  'node-redis, with RESP 2',
  async () => {
    const client = await createClient({ url: redis.url, RESP: 2 }).connect()
    const store = redisStore(client, { prefix: 'resp2:' })
    return { store, close: async () => client.destroy() }
  },
  ALL_METHODS,
)

storeContract(
  'a pool of node-redis',
  async () => {
    const pool = createClientPool({ url: redis.url })
    await pool.connect()
    const store = redisStore(pool, { prefix: 'pool:' })
    return { store, close: async () => pool.destroy() }
  },
  ALL_METHODS,
)

storeContract(
  'a cluster of node-redis',
  async () => {
    const client = await createCluster({ rootNodes: [{ url: cluster.url }] }).connect()
    return { store: redisStore(client), close: async () => client.destroy() }
  },
  ALL_METHODS,
)

storeContract(
  'a sentinel of node-redis',
  async () => {
    const sentinel = await startRedisSentinel(redis, 'primary')
    const client = await createSentinel({
      name: 'primary',
      sentinelRootNodes: [{ host: '127.0.0.1', port: sentinel.port }],
    }).connect()
    return {
      store: redisStore(client, { prefix: 'sentinel:' }),
      async close() {
        await client.destroy()
        await sentinel.close()
      },
    }
  },
  ALL_METHODS,
)

storeContract(
  'ioredis',
  () => {
    const client = new Redis(redis.port)
    const store = redisStore(client, { prefix: 'io:' })
    return { store, close: async () => client.disconnect() }
  },
  ALL_METHODS,
)

storeContract(
  'a cluster of ioredis with its own prefix',
  () => {
    const client = new Cluster([{ port: cluster.port }], { keyPrefix: 'io:' })
    const store = redisStore(client, { prefix: 'shop:' })
    return { store, close: async () => client.disconnect() }
  },
  ALL_METHODS,
)

describe('redisStore', () => {
  beforeEach(() => redis.command('FLUSHALL'))

  const newClient = () => createClient({ url: redis.url })

  async function connect(): Promise<ReturnType<typeof newClient>> {
    const client = newClient()
    onTestFinished(() => client.destroy())
    await client.connect()
    return client
  }

  test('separates the applications of one Redis server by their prefixes', async () => {
    const client = await connect()
    const [shop, desk] = [
      redisStore(client, { prefix: 'shop:' }),
      redisStore(client, { prefix: 'desk:' }),
    ]

    await shop.set('key', 'of the shop', 60_000)
    const lock = await shop.lock('key', 60_000)

    expect(lock).toBeDefined()
    expect(await desk.get('key')).toBeUndefined()
    expect(await desk.lock('key', 60_000)).toBeDefined()
    expect((await client.keys('shop:*')).length).toBe(3)
  })

  test('gives every key an expiry, and deletes the keys of a released lock', async () => {
    const client = await connect()
    const store = redisStore(client)
    await store.set('one', 'value', 60_000)
    const lock = await store.lock('one', 60_000)
    await store.lock('other', 60_000)
    await lock?.set('one', 'value', 60_000)

    const keys = await client.keys('*')
    expect(keys).toHaveLength(5)
    for (const key of keys) expect(await client.pTTL(key)).toBeGreaterThan(0)
    await lock?.release()

    expect((await client.keys('*')).filter((key) => key.includes('one'))).toEqual(['{one}'])
  })

  test('does not write with a lock from before FLUSHALL', async () => {
    const store = redisStore(await connect())
    const before = await store.lock('key', 60_000)
    await redis.command('FLUSHALL')

    expect(await before?.set('key', 'too late', 60_000)).toBe(false)
    const after = await store.lock('key', 60_000)
    expect(await before?.set('key', 'too late', 60_000)).toBe(false)

    expect(await after?.set('key', 'mine', 60_000)).toBe(true)
    expect(await store.get('key')).toBe('mine')
  })

  test('acquires its lock if the command is sent twice because the response was lost', async () => {
    const client = await connect()
    const twice: RedisClient = {
      async sendCommand(args: string[]) {
        await client.sendCommand(args)
        return client.sendCommand(args)
      },
    }

    expect(await redisStore(twice).lock('key', 60_000)).toBeDefined()
    expect(await redisStore(client).lock('key', 60_000)).toBeUndefined()
  })

  test('reads strings also from a client that returns bytes', async () => {
    const client = await connect()
    const store = redisStore(client.withTypeMapping({ [RESP_TYPES.BLOB_STRING]: Buffer }))

    await store.set('key', 'välue', 60_000)

    expect(await store.get('key')).toBe('välue')
    expect(await store.getMany(['key', 'other'])).toEqual(['välue', undefined])
  })

  test('returns an empty list for an empty list of keys', async () => {
    expect(await redisStore(await connect()).getMany([])).toEqual([])
  })

  describe('when Redis is unavailable', () => {
    const clients: Record<
      string,
      (url: string) => Promise<{ client: RedisClient; end: () => void }>
    > = {
      'node-redis': async (url) => {
        const client = createClient({ url, disableOfflineQueue: true })
        await client.connect()
        return { client, end: () => client.destroy() }
      },
      ioredis: async (url) => {
        const client = new Redis(url, { enableOfflineQueue: false, lazyConnect: true })
        client.on('error', () => undefined)
        await client.connect()
        return { client, end: () => client.disconnect() }
      },
    }

    test.each(Object.entries(clients))(
      '%s rejects without ending the process, and recovers when Redis is available again',
      async (_name, start) => {
        const server = await startRedisServer({ appendonly: true })
        onTestFinished(() => server.close())
        const { client, end } = await start(server.url)
        const store = redisStore(client)
        onTestFinished(end)
        await store.set('key', 'value', 60_000)

        await server.stop('SIGKILL')
        await vi.waitFor(() => expect(store.get('key')).rejects.toThrow(Error))
        await expect(store.set('key', 'other', 60_000)).rejects.toThrow(Error)
        await expect(store.delete('key')).rejects.toThrow(Error)
        await expect(store.getMany(['key'])).rejects.toThrow(Error)
        await expect(store.touch('key', 60_000)).rejects.toThrow(Error)
        await expect(store.lock('key', 60_000)).rejects.toThrow(Error)
        await server.start()

        await vi.waitFor(async () => expect(await store.get('key')).toBe('value'), 5000)
      },
    )

    test('handles the error events of node-redis, which would end the process otherwise', () => {
      const client = createClient()
      redisStore(client)

      expect(client.listenerCount('error')).toBe(1)
    })
  })

  describe('rejects', () => {
    const codeOf = async (action: () => unknown): Promise<unknown> => {
      try {
        await action()
        return 'nothing'
      } catch (error) {
        return IdentityError.is(error) && error.code
      }
    }

    test.each([undefined, null, 'redis://localhost', {}, new Map(), Promise.resolve({})])(
      '%o, which is not a client',
      async (client) => {
        expect(await codeOf(() => redisStore(client as never))).toBe('configuration')
      },
    )

    test('a client that passes its results to callbacks, instead of signing all users out', async () => {
      const store = redisStore({ sendCommand: () => undefined } as never)

      expect(await codeOf(() => store.get('key'))).toBe('configuration')
    })
  })
})
