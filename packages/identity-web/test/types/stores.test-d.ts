import { PGlite } from '@electric-sql/pglite'
import { KeyvPostgres } from '@keyv/postgres'
import { RedisStore } from 'connect-redis'
import { MemoryStore, type Store } from 'express-session'
import { fromExpressStore, memoryStore, type SessionStore } from 'identity-web'
import { durableObjectStore, IdentitySessions } from 'identity-web/durable-object'
import { ApiAuth, Auth, McpAuth } from 'identity-web/express'
import {
  createTable,
  postgresStore,
  postgresTable,
  type PostgresClient,
} from 'identity-web/postgres'
import { redisStore, type RedisClient } from 'identity-web/redis'
import { sharedTokens, type TokenCache } from 'identity-web/token-cache'
import { Cluster, Redis } from 'ioredis'
import { Keyv } from 'keyv'
import { Keyv as Keyv6 } from 'keyv6'
import { Client, Pool, type PoolClient } from 'pg'
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
  // @ts-expect-error a client that is not connected yet
  redisStore(createClient().connect())
  // @ts-expect-error a URL
  redisStore('redis://localhost')
  // @ts-expect-error an unknown option
  redisStore(new Redis(), { namespace: 'shop:' })
})

test('postgresStore accepts clients of pg and PGlite, and objects with query', () => {
  postgresStore(new Pool())
  postgresStore(new Client(), { table: 'shop.identity_sessions' })
  postgresStore(new PGlite())
  postgresStore({ query: async (_text: string, _values?: unknown[]) => ({ rows: [{ key: 'a' }] }) })
  expectTypeOf<Pool>().toExtend<PostgresClient>()
  expectTypeOf<Client>().toExtend<PostgresClient>()
  expectTypeOf<PoolClient>().toExtend<PostgresClient>()
  expectTypeOf<PGlite>().toExtend<PostgresClient>()
  expectTypeOf(createTable(new Pool(), 'shop.identity_sessions')).toEqualTypeOf<Promise<void>>()
  expectTypeOf(postgresTable()).toBeString()
})

test('postgresStore rejects other objects', () => {
  // @ts-expect-error a URL
  postgresStore('postgresql://localhost')
  // @ts-expect-error a client that is not connected yet
  postgresStore(new Pool().connect())
  // @ts-expect-error a function that returns only the rows
  postgresStore({ query: async (_text: string) => [{ key: 'a' }] })
  // @ts-expect-error an unknown option
  postgresStore(new Pool(), { prefix: 'shop:' })
  // @ts-expect-error a pool is not a store
  sharedTokens({ store: new Pool() })
})

test('sharedTokens accepts every store, and its result is an option of every class', () => {
  sharedTokens({ store: redisStore(new Redis()), secret: ['new', undefined] })
  sharedTokens({ store: new Map<string, string>() })
  sharedTokens({ store: new Keyv() })
  sharedTokens({ store: new Keyv6() })
  const tokenCache = sharedTokens()
  expectTypeOf(tokenCache).toEqualTypeOf<TokenCache>()
  expectTypeOf(new Auth({ tokenCache })).toBeObject()
  expectTypeOf(new ApiAuth({ tokenCache })).toBeObject()
  expectTypeOf(new McpAuth({ resource: 'https://tools.example.com/mcp', tokenCache })).toBeObject()
  // @ts-expect-error a client of Redis
  sharedTokens({ store: new Redis() })
  // @ts-expect-error the core does not contain the cache
  expectTypeOf(new Auth({ tokenCache: true })).toBeObject()
})

/** The shapes of `@cloudflare/workers-types`, which is too large for a development dependency. */
interface DurableObjectId {
  equals(other: DurableObjectId): boolean
}
declare class DurableObjectNamespace<
  _Class extends { readonly __DURABLE_OBJECT_BRAND: never } | undefined = undefined,
> {
  idFromName(name: string): DurableObjectId
  get(
    id: DurableObjectId,
    options?: { locationHint?: 'weur' | 'enam' },
  ): {
    readonly name?: string
    fetch(input: Request | string | URL, init?: RequestInit): Promise<Response>
  }
  jurisdiction(name: 'eu'): DurableObjectNamespace<_Class>
}

test('durableObjectStore accepts the bindings of Cloudflare, with and without the class', () => {
  durableObjectStore(new DurableObjectNamespace())
  durableObjectStore(new DurableObjectNamespace<IdentitySessions>().jurisdiction('eu'))
  durableObjectStore(new DurableObjectNamespace<IdentitySessions>(), { locationHint: 'weur' })
  // @ts-expect-error an unknown option
  durableObjectStore(new DurableObjectNamespace(), { prefix: 'shop:' })
  // @ts-expect-error the class instead of the binding
  durableObjectStore(IdentitySessions)
  // @ts-expect-error a stub
  durableObjectStore(new DurableObjectNamespace().get(new DurableObjectNamespace().idFromName('')))
})

test('the types of complete stores include the optional methods', () => {
  expectTypeOf(redisStore(new Redis())).toEqualTypeOf<Required<SessionStore>>()
  expectTypeOf(postgresStore(new Pool())).toEqualTypeOf<Required<SessionStore>>()
  expectTypeOf(memoryStore()).toEqualTypeOf<Required<SessionStore>>()
  expectTypeOf(durableObjectStore(new DurableObjectNamespace())).toEqualTypeOf<
    Required<SessionStore>
  >()
})

test('fromExpressStore accepts the stores of express-session', () => {
  fromExpressStore(new MemoryStore())
  fromExpressStore(new RedisStore({ client: createClient() }))
  expectTypeOf<Store>().toExtend<Parameters<typeof fromExpressStore>[0]>()
  // @ts-expect-error a Map is not such a store, and does not need an adapter
  fromExpressStore(new Map())
})

test('a Map and a Keyv are stores without a wrapper', () => {
  expectTypeOf<Map<string, string>>().toExtend<SessionStore>()
  expectTypeOf<Keyv>().toExtend<SessionStore>()
  expectTypeOf<Keyv6>().toExtend<SessionStore>()
  expectTypeOf(new Keyv({ store: new KeyvPostgres('') })).toExtend<SessionStore>()
})
