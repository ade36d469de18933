import { Pool } from 'pg'
import { createClient } from 'redis'
import { memoryStore } from '../../../packages/identity-web/dist/index.js'
import { postgresStore } from '../../../packages/identity-web/dist/stores/postgres/postgres-store.js'
import { redisStore } from '../../../packages/identity-web/dist/stores/redis.js'
import { STORE_TIMEOUT } from './settings.mjs'

/**
 * @param keptIn - The first contents of a store in memory, or the URL of a Redis or a PostgreSQL. Without it, sessions are in
 *   cookies.
 */
export async function startStore(keptIn) {
  if (keptIn === undefined) return undefined
  if (String(keptIn).startsWith('postgresql:')) return postgresStore(connectPostgres(keptIn))
  if (typeof keptIn === 'string') return redisStore(await connectRedis(keptIn))
  const store = memoryStore()
  for (const record of keptIn) store.set(...record)
  return store
}

/** Creates a client as in an application: node-redis, which fails at once without a connection. */
export function connectRedis(url) {
  return createClient({ url, disableOfflineQueue: true }).connect()
}

/** Creates a pool as in an application, apart from its time limits. */
export function connectPostgres(connectionString) {
  const limit = (STORE_TIMEOUT * 1000) / 2
  return new Pool({ connectionString, connectionTimeoutMillis: limit, query_timeout: limit })
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
