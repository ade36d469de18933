import { memoryStore } from '../../packages/identity-web/dist/index.js'
import { redisStore } from '../../packages/identity-web/dist/stores/redis.js'
import { connectRedis } from '../redis.mjs'

/**
 * @param keptIn - `memory`, or the URL of a Redis. Without it, sessions are in cookies.
 * @param records - What a store in memory contains from the start, as `createRecorder` returns it.
 */
export async function startStore(keptIn, records = []) {
  if (keptIn === undefined) return undefined
  if (keptIn !== 'memory') return redisStore(await connectRedis(keptIn))
  const store = memoryStore()
  for (const record of records) store.set(...record)
  return store
}

/** Creates a store that only records, so that another process can start with the same sessions. */
export function createRecorder() {
  const values = new Map()
  return {
    get: (key) => values.get(key)?.[1],
    set: (key, value, ttlMs) => values.set(key, [key, value, ttlMs]),
    delete: (key) => values.delete(key),
    takeRecords: () => [...values.values()],
  }
}
