import { KeyvPostgres } from '@keyv/postgres'
import { RedisStore } from 'connect-redis'
import { MemoryStore, type Store } from 'express-session'
import {
  fromExpressStore,
  memoryStore,
  type ExpressSessionStore,
  type SessionStore,
} from 'identity-web'
import { redisStore, type RedisClient } from 'identity-web/redis'
import { Cluster, Redis } from 'ioredis'
import { Keyv } from 'keyv'
import {
  createClient,
  createClientPool,
  createCluster,
  createSentinel,
  type RedisClientType,
} from 'redis'
import { expectTypeOf, test } from 'vitest'

test('redisStore accepts the clients of node-redis and ioredis, with any type parameters', () => {
  redisStore(createClient())
  redisStore(createClient({ RESP: 2 }))
  redisStore(createClientPool())
  redisStore(createCluster({ rootNodes: [] }))
  redisStore(createSentinel({ name: 'primary', sentinelRootNodes: [] }))
  redisStore(new Redis())
  redisStore(new Cluster([]), { prefix: 'shop:' })
  expectTypeOf<RedisClientType>().toExtend<RedisClient>()
  expectTypeOf<ReturnType<typeof createClient>>().toExtend<RedisClient>()
})

test('redisStore rejects other objects', () => {
  // @ts-expect-error one that is not connected yet
  redisStore(createClient().connect())
  // @ts-expect-error an address
  redisStore('redis://localhost')
  // @ts-expect-error an option there isn't
  redisStore(new Redis(), { namespace: 'shop:' })
})

test('the types of complete stores include the optional methods', () => {
  expectTypeOf(redisStore(new Redis())).toEqualTypeOf<Required<SessionStore>>()
  expectTypeOf(memoryStore()).toEqualTypeOf<Required<SessionStore>>()
})

test('fromExpressStore accepts the stores of express-session', () => {
  fromExpressStore(new MemoryStore())
  fromExpressStore(new RedisStore({ client: createClient() }))
  expectTypeOf<Store>().toExtend<ExpressSessionStore>()
  // @ts-expect-error a Map is no such store, and needs no adapter
  fromExpressStore(new Map())
})

test('a Map and a Keyv are stores without a wrapper', () => {
  expectTypeOf<Map<string, string>>().toExtend<SessionStore>()
  expectTypeOf<Keyv>().toExtend<SessionStore>()
  expectTypeOf(new Keyv({ store: new KeyvPostgres('') })).toExtend<SessionStore>()
})
