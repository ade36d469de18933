import { tsImport } from 'tsx/esm/api'
import {
  createTable,
  postgresStore,
} from '../../../packages/identity-web/dist/stores/postgres/postgres-store.js'
import { redisStore } from '../../../packages/identity-web/dist/stores/redis.js'
import { databaseSubjects } from '../guard/frameworks.mjs'
import { measure } from '../guard/measure.mjs'
import { copySessions } from '../guard/sessions.mjs'
import { connectPostgres, connectRedis } from '../guard/store.mjs'
import { measureActions } from './actions.mjs'
import { measureCaches } from './caches.mjs'

const support = '../../../packages/identity-web/test/support'
const { startRedisServer } = await tsImport(`${support}/redis-server.ts`, import.meta.url)
const { startPostgresServer } = await tsImport(`${support}/postgres-server.ts`, import.meta.url)

/** The number of sessions that the library creates at the same time. */
const AT_ONCE = 20

/** Measures the guard with sessions in Redis, the size of a session, and the CPU time of rare actions. */
export async function measureRedis(stage, effort) {
  const redis = await startRedisServer()
  const client = await connectRedis(redis.url)
  try {
    const bytes = async () => Number(/used_memory:(\d+)/.exec(await client.info('memory'))[1])
    const rows = await measureDatabase(stage, effort, {
      name: 'Redis',
      url: redis.url,
      store: redisStore(client),
      bytes,
    })
    const [record] = await client.keys('*identity:s:*')
    return [
      ...rows,
      row('Redis: a request reads', `${((await client.strLen(record)) / 1000).toFixed(1)} kB`),
      ...(await measureCaches(stage, redis.url)),
      ...(await measureActions(stage, { url: redis.url, client })),
    ]
  } finally {
    client.destroy()
    await redis.close()
  }
}

/** Measures the guard with sessions in PostgreSQL, and the size of a session. */
export async function measurePostgres(stage, effort) {
  const postgres = await startPostgresServer({ shared_buffers: '512MB' })
  const { url } = postgres
  const pool = connectPostgres(url)
  try {
    await createTable(pool)
    const bytes = async () => {
      const { rows } = await pool.query(
        `select pg_total_relation_size('identity_sessions') as bytes`,
      )
      return Number(rows[0].bytes)
    }
    const store = postgresStore(pool)
    return await measureDatabase(stage, effort, { name: 'PostgreSQL', url, store, bytes })
  } finally {
    await pool.end()
    await postgres.close()
  }
}

/** @param bytes - Returns the size of all sessions. */
async function measureDatabase(stage, effort, { name, url, store, bytes }) {
  const before = await bytes()
  const all = await storeSessions(stage, effort.sessions, store)
  const size = ((await bytes()) - before) / all.length / 1000
  const users = { ...stage, ids: all.slice(0, stage.users) }
  const crowd = all.slice(0, stage.crowd.length)
  return [
    ...(await measure(databaseSubjects(name, url, crowd), users, effort)),
    row(`${name}: a session of ${all.length}`, `${size.toFixed(1)} kB`),
  ]
}

async function storeSessions({ session, setup }, count, store) {
  const each = Math.ceil(count / AT_ONCE)
  const parts = await Promise.all(
    Array.from({ length: AT_ONCE }, (_, part) =>
      copySessions(session, setup, { count: each, from: part * each, store }),
    ),
  )
  return parts.flat()
}

function row(what, figure) {
  return { what, figure }
}
