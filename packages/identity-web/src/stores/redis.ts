import { toBase64Url } from '../base64.ts'
import type { SessionStore, StoreLock } from '../store.ts'
import { createCommands, type RedisClient } from './redis-client.ts'

export { IdentityError, isIdentityError, type IdentityErrorCode } from '../errors.ts'
export type { SessionStore, StoreLock, TokenStore } from '../store.ts'
export type {
  IoRedisClient,
  NodeRedisClient,
  NodeRedisCluster,
  NodeRedisSentinel,
  RedisClient,
} from './redis-client.ts'

/**
 * How sessions are kept in Redis.
 *
 * @public
 */
export interface RedisStoreOptions {
  /**
   * In front of every key, where several applications share a Redis.
   *
   * @defaultValue none
   */
  readonly prefix?: string | undefined
}

/** How long it is known after a lock's end whose it was: longer than any server sleeps and wakes up to write. */
const FENCE_TTL = 10 * 60 * 1000

// Who holds a lock, and who got it last, is a random id and no number that counts: after a FLUSHALL or a failover,
// numbers begin anew, and two servers have the same.

/** A command that is sent again after its connection broke, as ioredis does, finds its own lock, and has it. */
const LOCK = `
if redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) or redis.call('GET', KEYS[1]) == ARGV[1] then
  redis.call('SET', KEYS[2], ARGV[1], 'PX', ARGV[3])
  return 1
end
return 0`

const FENCED_SET = `
if redis.call('GET', KEYS[2]) ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
return 1`

const RELEASE = `
for _, key in ipairs(KEYS) do
  if redis.call('GET', key) == ARGV[1] then redis.call('DEL', key) end
end
return 1`

/**
 * Keeps sessions in Redis or Valkey, with all that a store can do: several values in one round trip, and a lock, so that
 * one of all servers refreshes a session's tokens.
 *
 * Redis must keep what it was given: with `maxmemory-policy noeviction` (its default) nobody is signed out early, and
 * with `appendonly yes` nobody is when it starts anew. A node-redis client gets a listener for its `error` events, since
 * one that nobody listens to ends the process; add your own to log them. Have the client fail at once while there is no
 * connection (`disableOfflineQueue: true` in node-redis, `enableOfflineQueue: false` in ioredis): requests are then
 * answered 503 without waiting.
 *
 * @param client - A client of node-redis, 4 or later (`createClient`, `createClientPool`, `createCluster`,
 *   `createSentinel`), or of ioredis (`Redis`, `Cluster`); connecting it and closing it stay yours.
 * @param options - How they are kept.
 * @returns What `session.store` takes.
 * @throws {@link IdentityError} `configuration` for what is no such client.
 *
 * @example node-redis
 * ```ts
 * const client = createClient({ url: process.env.REDIS_URL, disableOfflineQueue: true })
 * const auth = new Auth(app, { session: { secret, store: redisStore(await client.connect()) } })
 * ```
 * @example ioredis
 * ```ts
 * const store = redisStore(new Redis(process.env.REDIS_URL), { prefix: 'shop:' })
 * ```
 * @public
 */
export function redisStore(
  client: RedisClient,
  options: RedisStoreOptions = {},
): Required<SessionStore> {
  const { prefix = '' } = options
  const { isCluster, send } = createCommands(client)

  // A cluster puts keys on a node by what stands in braces, so that a session and its lock are on the same one, also
  // where the client has a prefix of its own.
  const place = (key: string): string => `${prefix}{${key}}`

  const get = async (key: string): Promise<string | undefined> => {
    const name = place(key)
    return toText(await send(name, ['GET', name]))
  }

  async function run(script: string, keys: [string, ...string[]], args: string[]): Promise<number> {
    const [first] = keys
    return Number(await send(first, ['EVAL', script, String(keys.length), ...keys, ...args]))
  }

  return {
    get,

    async set(key, value, ttl) {
      const name = place(key)
      await send(name, ['SET', name, value, 'PX', milliseconds(ttl)])
    },

    async delete(key) {
      const name = place(key)
      await send(name, ['DEL', name])
    },

    async getMany(keys) {
      const [first, ...others] = keys.map(place)
      if (first === undefined) return []
      if (isCluster) return Promise.all(keys.map(get))
      const values = (await send(first, ['MGET', first, ...others])) as readonly unknown[]
      return values.map(toText)
    },

    async touch(key, ttl) {
      const name = place(key)
      await send(name, ['PEXPIRE', name, milliseconds(ttl)])
    },

    async lock(key, ttl): Promise<StoreLock | undefined> {
      const owner = toBase64Url(crypto.getRandomValues(new Uint8Array(16)))
      const lock = `${place(key)}:lock`
      const fence = `${place(key)}:fence`
      const times = [milliseconds(ttl), milliseconds(ttl + FENCE_TTL)]
      if ((await run(LOCK, [lock, fence], [owner, ...times])) !== 1) return undefined
      return {
        async set(name, value, lifetime) {
          const args = [owner, value, milliseconds(lifetime)]
          return (await run(FENCED_SET, [place(name), fence], args)) === 1
        },
        async release() {
          await run(RELEASE, [lock, fence], [owner])
        },
      }
    },
  }
}

/** Redis refuses fractions, and a life of no length. */
function milliseconds(ttl: number): string {
  return String(Math.max(1, Math.ceil(ttl)))
}

/** Clients can be told to give bytes (`withTypeMapping`). */
function toText(reply: unknown): string | undefined {
  if (reply instanceof Uint8Array) return new TextDecoder().decode(reply)
  return typeof reply === 'string' ? reply : undefined
}
