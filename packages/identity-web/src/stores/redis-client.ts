import { IdentityError } from '../errors.ts'

/**
 * A client of node-redis (`createClient`, `createClientPool`), as far as it is used.
 *
 * @public
 */
export interface NodeRedisClient {
  /**
   * Sends a command as it is.
   *
   * @param args - The command's name and its arguments.
   */
  sendCommand(args: string[]): Promise<unknown>
}

/**
 * A cluster of node-redis (`createCluster`), as far as it is used.
 *
 * @public
 */
export interface NodeRedisCluster {
  /**
   * Sends a command to the node that has a key.
   *
   * @param firstKey - The key.
   * @param isReadonly - Whether a replica may answer.
   * @param args - The command's name and its arguments.
   */
  sendCommand(firstKey: string, isReadonly: boolean, args: string[]): Promise<unknown>
}

/**
 * A sentinel of node-redis (`createSentinel`), as far as it is used.
 *
 * @public
 */
export interface NodeRedisSentinel {
  /**
   * Sends a command to the master.
   *
   * @param isReadonly - Whether a replica may answer.
   * @param args - The command's name and its arguments.
   */
  sendCommand(isReadonly: boolean, args: string[]): Promise<unknown>
}

/**
 * A client of ioredis (`Redis`, `Cluster`), as far as it is used.
 *
 * @public
 */
export interface IoRedisClient {
  /**
   * Sends a command as it is.
   *
   * @param command - The command's name.
   * @param args - Its arguments.
   */
  call(command: string, ...args: string[]): Promise<unknown>
}

/**
 * The clients that a store of Redis may stand on.
 *
 * @public
 */
export type RedisClient = NodeRedisClient | NodeRedisCluster | NodeRedisSentinel | IoRedisClient

/** Sends a command. */
export interface Commands {
  /** Whether the keys of a command must live on one node. */
  readonly isCluster: boolean
  /**
   * @param key - The command's first key.
   * @param args - The command's name and its arguments.
   */
  send(key: string, args: [command: string, ...args: string[]]): Promise<unknown>
}

/** What tells the clients apart, of all their versions: nothing here is asked what class it is. */
interface Features {
  readonly isCluster?: unknown
  readonly call?: unknown
  readonly sendCommand?: unknown
  readonly getSlotMaster?: unknown
  readonly getSentinelNode?: unknown
  readonly on?: (event: 'error', listener: () => void) => unknown
}

/**
 * One way to send a command, whichever client it is.
 *
 * Replicas are never asked, not even for what is only read: one that lags behind doesn't know yet who just signed in.
 *
 * @throws {@link IdentityError} `configuration` for what is no such client.
 */
export function createCommands(client: RedisClient): Commands {
  // Never null by its type; what callers without types give is checked here.
  const features = Object(client) as Features
  // Before `sendCommand`, which ioredis has as well, for something else.
  if (typeof features.call === 'function') {
    const { call } = client as IoRedisClient
    return {
      isCluster: features.isCluster === true,
      send: (_key, args) => call.apply(client, args),
    }
  }
  if (typeof features.sendCommand !== 'function') throw noClient()
  // An 'error' that nobody listens to ends the process; node-redis emits one whenever Redis goes away. (ioredis prints
  // it.) Those who are asking are told by their command.
  features.on?.('error', () => undefined)
  if (typeof features.getSlotMaster === 'function') {
    const cluster = client as NodeRedisCluster
    return {
      isCluster: true,
      send: (key, args) => answer(cluster.sendCommand(key, false, args)),
    }
  }
  if (typeof features.getSentinelNode === 'function') {
    const sentinel = client as NodeRedisSentinel
    return { isCluster: false, send: (_key, args) => answer(sentinel.sendCommand(false, args)) }
  }
  const single = client as NodeRedisClient
  return { isCluster: false, send: (_key, args) => answer(single.sendCommand(args)) }
}

/** Clients of old, and `legacyMode`, give their answers to callbacks: without this, everybody would be signed out. */
function answer(reply: Promise<unknown> | undefined): Promise<unknown> {
  if (typeof reply?.then === 'function') return reply
  throw new IdentityError(
    'configuration',
    'The client of redisStore() gives no promises. Use node-redis 4 or later, without legacyMode.',
  )
}

function noClient(): IdentityError {
  return new IdentityError(
    'configuration',
    'redisStore() was given no Redis client. Give it one of node-redis or ioredis, for example redisStore(await createClient({ url }).connect()) or redisStore(new Redis(url)).',
  )
}
