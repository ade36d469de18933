import { memoryStore } from '../../packages/identity-web/dist/index.js'
import { redisStore } from '../../packages/identity-web/dist/stores/redis.js'
import { connectRedis } from '../redis.mjs'

/** @param keptIn - `memory`, or the URL of a Redis. Without it, sessions are in cookies. */
export async function startStore(keptIn) {
  if (keptIn === undefined) return undefined
  return keptIn === 'memory' ? memoryStore() : redisStore(await connectRedis(keptIn))
}
