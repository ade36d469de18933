import { RedisStore } from 'connect-redis'
import session from 'express-session'
import { connectRedis } from '../../redis.mjs'

/**
 * Starts a store for express-session.
 *
 * @param keptIn - `memory`, or the URL of a Redis.
 * @param prefix - Starts all keys in Redis.
 */
export async function startExpressStore(keptIn, prefix) {
  if (keptIn === undefined) return undefined
  if (keptIn === 'memory') return new session.MemoryStore()
  return new RedisStore({ client: await connectRedis(keptIn), prefix })
}
