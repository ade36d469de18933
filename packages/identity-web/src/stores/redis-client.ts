import { IdentityError } from '../errors.ts'

/**
 * The methods of a node-redis client that this library uses (`createClient`, `createClientPool`).
 *
 * @public
 */
export interface NodeRedisClient {
  /**
   * Sends a command.
   *
   * @param args - The command's name and its arguments.
   */
  sendCommand(args: string[]): Promise<unknown>
}

/**
 * The methods of a node-redis cluster that this library uses (`createCluster`).
 *
 * @public
 */
export interface NodeRedisCluster {
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
 * The methods of a node-redis sentinel client that this library uses (`createSentinel`).
 *
 * @public
 */
export interface NodeRedisSentinel {
  /**
   * Sends a command to the master.
   *
   * @param isReadonly - Whether a replica may run the command.
   * @param args - The command's name and its arguments.
   */
  sendCommand(isReadonly: boolean, args: string[]): Promise<unknown>
}

/**
 * The methods of an ioredis client that this library uses (`Redis`, `Cluster`).
 *
 * @public
 */
export interface IoRedisClient {
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
export interface Commands {
  /** Whether all keys of a command must be on one node. */
  readonly isCluster: boolean
  /**
   * @param key - The command's first key.
   * @param args - The command's name and its arguments.
   */
  send(key: string, args: [command: string, ...args: string[]]): Promise<unknown>
}

/** The methods and properties that identify each Redis client, in every version. Classes are not compared. */
interface Features {
  readonly isCluster?: unknown
  readonly call?: unknown
  readonly sendCommand?: unknown
  readonly getSlotMaster?: unknown
  readonly getSentinelNode?: unknown
  readonly on?: (event: 'error', listener: () => void) => unknown
}

/**
 * Returns one way to send commands, for all supported clients.
 *
 * Replicas are never used, not even for reads. The data of a replica can be old, so it may not contain a session that
 * has just started.
 *
 * @throws IdentityError `configuration` if the value is not a supported client.
 */
export function createCommands(client: RedisClient): Commands {
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

/** Rejects clients that use callbacks (old versions and `legacyMode`). They would sign all users out. */
function assertPromise(reply: Promise<unknown> | undefined): Promise<unknown> {
  if (typeof reply?.then === 'function') return reply
  throw new IdentityError(
    'configuration',
    'redisStore() requires a client whose commands return promises. Use node-redis 4 or later, without legacyMode.',
  )
}

function notAClient(): IdentityError {
  return new IdentityError(
    'configuration',
    'redisStore() requires a client of node-redis or ioredis, for example redisStore(await createClient({ url }).connect()) or redisStore(new Redis(url)).',
  )
}
