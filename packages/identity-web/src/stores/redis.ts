// A store in Redis or Valkey, also in a cluster.
import { random } from '../base64.ts'
import type { SessionStore, StoreLock } from '../store.ts'
import { configurationError, type IdentityError } from '../errors.ts'

export { IdentityError, type ErrorReason, type IdentityErrorCode } from '../errors.ts'
export type * from '../register.ts'
export type { SessionStore, StoreLock } from '../store.ts'

/**
 * Options of `redisStore`.
 *
 * @public
 */
export interface RedisStoreOptions {
  /**
   * A prefix for every key. Set it when several applications share one Redis. If you change it, your users must
   * sign in again.
   *
   * @defaultValue `''`
   * @example
   * ```ts
   * import { redisStore } from 'identity-web/redis'
   *
   * const store = redisStore(redis, { prefix: 'shop:' })
   * ```
   */
  readonly prefix?: string | undefined
}

/**
 * The time in milliseconds for which the store remembers a lock's last owner after the lock expired. A server may be
 * suspended between acquiring the lock and writing, and this time must be longer than the suspension.
 */
const FENCE_TTL = 10 * 60 * 1000

// The owner of a lock is a random id and not a counter. After a FLUSHALL or a failover a counter would restart, and two
// servers would have the same number.

/**
 * The script that acquires a lock. ioredis repeats a command after its connection broke, so the second attempt accepts
 * the first attempt's lock.
 */
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
 * Creates a session store in Redis or Valkey. It supports everything that a store can do: several values in one round
 * trip, and a lock, so that only one server refreshes a session's tokens.
 *
 * Configure Redis so that it keeps its data. With `maxmemory-policy noeviction` (its default), users are not signed out
 * early, and with `appendonly yes`, they stay signed in when Redis restarts.
 *
 * Configure the client to fail immediately while it has no connection, so that requests get status 503 without waiting:
 * `disableOfflineQueue: true` in node-redis, `enableOfflineQueue: false` in ioredis. The store adds a listener for
 * `error` events to a node-redis client, because an event without a listener ends the process. To log these events, add
 * your own listener.
 *
 * With `createSentinel`, set `reserveClient: true`, so that commands cannot wait forever if the application sends many
 * of them. Also set `min-replicas-to-write 1` in Redis. Otherwise, a failover can lose the information that a session
 * ended.
 *
 * @param client - A client of node-redis, version 4 or later (`createClient`, `createClientPool`, `createCluster`,
 *   `createSentinel`), or of ioredis (`Redis`, `Cluster`). Your application connects and closes it.
 * @param options - The prefix of the keys.
 * @returns The store for the option `session.store`.
 * @throws IdentityError `configuration` if the value is not a supported client.
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

  // In a cluster, the part of a key in braces decides the node. So a session and its lock are on the same node, also if
  // the client adds a prefix.
  const redisKey = (key: string): string => `${prefix}{${key}}`

  const get = async (key: string): Promise<string | undefined> => {
    const name = redisKey(key)
    return toString(await send(name, ['GET', name]))
  }

  async function run(script: string, keys: [string, ...string[]], args: string[]): Promise<number> {
    const [first] = keys
    return Number(await send(first, ['EVAL', script, String(keys.length), ...keys, ...args]))
  }

  return {
    get,

    async set(key, value, ttlMs) {
      const name = redisKey(key)
      await send(name, ['SET', name, value, 'PX', milliseconds(ttlMs)])
    },

    async delete(key) {
      const name = redisKey(key)
      await send(name, ['DEL', name])
    },

    async getMany(keys) {
      const [first, ...others] = keys.map(redisKey)
      if (first === undefined) return []
      if (isCluster) return Promise.all(keys.map(get))
      const values = (await send(first, ['MGET', first, ...others])) as readonly unknown[]
      return values.map(toString)
    },

    async touch(key, ttlMs) {
      const name = redisKey(key)
      await send(name, ['PEXPIRE', name, milliseconds(ttlMs)])
    },

    async lock(key, ttlMs): Promise<StoreLock | undefined> {
      const owner = random(16)
      const lock = `${redisKey(key)}:lock`
      const fence = `${redisKey(key)}:fence`
      const times = [milliseconds(ttlMs), milliseconds(ttlMs + FENCE_TTL)]
      if ((await run(LOCK, [lock, fence], [owner, ...times])) !== 1) return undefined
      return {
        async set(name, value, lifetime) {
          const args = [owner, value, milliseconds(lifetime)]
          return (await run(FENCED_SET, [redisKey(name), fence], args)) === 1
        },
        async release() {
          await run(RELEASE, [lock, fence], [owner])
        },
      }
    },
  }
}

/** Returns a time as Redis accepts it: a whole number above zero. */
function milliseconds(ttlMs: number): string {
  return String(Math.max(1, Math.ceil(ttlMs)))
}

/** Returns a reply as a string, because a client may be configured to return bytes (`withTypeMapping`). */
function toString(reply: unknown): string | undefined {
  if (ArrayBuffer.isView(reply)) return new TextDecoder().decode(reply)
  return typeof reply === 'string' ? reply : undefined
}

/**
 * The methods of a node-redis client that this library calls (`createClient`, `createClientPool`).
 *
 * @public
 */
interface NodeRedisClient {
  /**
   * Sends a command.
   *
   * @param args - The command's name and its arguments.
   */
  sendCommand(args: string[]): Promise<unknown>
}

/**
 * The methods of a node-redis cluster that this library calls (`createCluster`).
 *
 * @public
 */
interface NodeRedisCluster {
  /**
   * Sends a command to the node that stores a key.
   *
   * @param firstKey - The key.
   * @param isReadonly - Whether a replica may run the command.
   * @param args - The command's name and its arguments.
   */
  sendCommand(firstKey: string, isReadonly: boolean, args: string[]): Promise<unknown>
}

/**
 * The methods of a node-redis sentinel client that this library calls (`createSentinel`).
 *
 * @public
 */
interface NodeRedisSentinel {
  /**
   * Sends a command to the master.
   *
   * @param isReadonly - Whether a replica may run the command.
   * @param args - The command's name and its arguments.
   */
  sendCommand(isReadonly: boolean, args: string[]): Promise<unknown>
}

/**
 * The methods of an ioredis client that this library calls (`Redis`, `Cluster`).
 *
 * @public
 */
interface IoRedisClient {
  /**
   * Sends a command.
   *
   * @param command - The command's name.
   * @param args - Its arguments.
   */
  call(command: string, ...args: string[]): Promise<unknown>
}

/**
 * The Redis clients that `redisStore` supports.
 *
 * @public
 */
export type RedisClient = NodeRedisClient | NodeRedisCluster | NodeRedisSentinel | IoRedisClient

/** Sends commands to Redis, through any supported client. */
interface Commands {
  /** `true` if all keys of a command must be on one node. */
  readonly isCluster: boolean
  /**
   * @param key - The command's first key.
   * @param args - The command's name and its arguments.
   */
  send(key: string, args: [command: string, ...args: string[]]): Promise<unknown>
}

/** The methods and properties by which each Redis client is recognized, in every version. Classes are not compared. */
interface Features {
  readonly isCluster?: unknown
  readonly call?: unknown
  readonly sendCommand?: unknown
  readonly getSlotMaster?: unknown
  readonly getSentinelNode?: unknown
  readonly on?: (event: 'error', listener: () => void) => unknown
}

/**
 * Returns the function that sends commands, for every supported client.
 *
 * Replicas are never used, not even for reads, because a replica's data can be old and may not contain a session that
 * has just started.
 *
 * @throws IdentityError `configuration` if the value is not a supported client.
 */
function createCommands(client: RedisClient): Commands {
  // The type excludes null, but callers without types may pass anything.
  const features = Object(client) as Features
  // Check `call` first: ioredis also has a `sendCommand`, which does something else.
  if (typeof features.call === 'function') {
    const { call } = client as IoRedisClient
    return {
      isCluster: features.isCluster === true,
      send: (_key, args) => call.apply(client, args),
    }
  }
  if (typeof features.sendCommand !== 'function') throw notAClient()
  // Without a listener, an 'error' event ends the process, and node-redis emits one whenever Redis is unreachable.
  // (ioredis prints it.) The caller learns of the failure from its command.
  features.on?.('error', () => undefined)
  if (typeof features.getSlotMaster === 'function') {
    const cluster = client as NodeRedisCluster
    return {
      isCluster: true,
      send: (key, args) => assertPromise(cluster.sendCommand(key, false, args)),
    }
  }
  if (typeof features.getSentinelNode === 'function') {
    const sentinel = client as NodeRedisSentinel
    return {
      isCluster: false,
      send: (_key, args) => assertPromise(sentinel.sendCommand(false, args)),
    }
  }
  const single = client as NodeRedisClient
  return { isCluster: false, send: (_key, args) => assertPromise(single.sendCommand(args)) }
}

/**
 * Rejects clients that use callbacks (old versions and `legacyMode`). With such a client, all users would be signed
 * out.
 */
function assertPromise(reply: Promise<unknown> | undefined): Promise<unknown> {
  if (typeof reply?.then === 'function') return reply
  throw configurationError(
    'redisStore() requires a client whose commands return promises. Use node-redis 4 or later, without legacyMode.',
  )
}

function notAClient(): IdentityError {
  return configurationError(
    'redisStore() requires a client of node-redis or ioredis, for example redisStore(await createClient({ url }).connect()) or redisStore(new Redis(url)).',
  )
}
