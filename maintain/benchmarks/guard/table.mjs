import { postgresStore } from '../../../packages/identity-web/dist/stores/postgres/postgres-store.js'
import { redisStore } from '../../../packages/identity-web/dist/stores/redis.js'
import { connectPostgres } from '../postgres.mjs'
import { startRedis } from '../redis.mjs'
import { sendLoad } from '../server/load.mjs'
import { median } from '../statistics.mjs'
import { copySessions } from './sessions.mjs'
import { rawNavigation } from './visitor.mjs'

const CONNECTIONS = 8
const TABLE = 'identity_sessions'

/** Measures what PostgreSQL needs beside the processor time of the server: time, space, and the cleanup of expired sessions. */
export async function measureTable(stage, { postgres, effort }) {
  return [
    await measureSpeed(stage, effort, 'PostgreSQL', { keptIn: postgres.url, ids: stage.ids }),
    await measureRedisSpeed(stage, effort),
    await measureSize(stage, postgres.pool, effort.sessions),
    ...(await measureCleanup(stage, postgres, effort)),
  ]
}

/** Measures by the clock how many requests one server answers in a second. */
async function measureSpeed(stage, effort, name, { keptIn, ids }) {
  const server = await stage.start('identity-web', { keptIn })
  try {
    const load = loadOf(server, ids)
    await load(effort.warmUp)
    const times = []
    for (let round = 0; round < effort.rounds; round++) times.push(await load(effort.requests))
    return row(`requests with sessions in ${name}`, describe(median(times)))
  } finally {
    await server.stop()
  }
}

async function measureRedisSpeed(stage, effort) {
  const redis = await startRedis()
  try {
    const { session, setup, users: count } = stage
    const ids = await copySessions(session, setup, { count, store: redisStore(redis.client) })
    return await measureSpeed(stage, effort, 'Redis', { keptIn: redis.url, ids })
  } finally {
    await redis.stop()
  }
}

async function measureSize({ session, setup }, pool, count) {
  const size = async () => {
    const { rows } = await pool.query(`select pg_total_relation_size('${TABLE}') as bytes`)
    return Number(rows[0].bytes)
  }
  const before = await size()
  const store = postgresStore(pool)
  const each = Math.ceil(count / CONNECTIONS)
  await Promise.all(
    Array.from({ length: CONNECTIONS }, (_, part) =>
      copySessions(session, setup, { count: each, from: 10_000 + part * each, store }),
    ),
  )
  const kilobytes = ((await size()) - before) / (each * CONNECTIONS) / 1000
  return row(`a session of ${each * CONNECTIONS}`, `${kilobytes.toFixed(1)} kB`)
}

/** Sends requests while a process removes expired rows, which starts with the first `set` of this process. */
async function measureCleanup(stage, { url, pool }, { expired, requests, warmUp }) {
  const admin = connectPostgres(url)
  admin.options.query_timeout = 0
  const hour = `clock_timestamp() - interval '1 hour'`
  await admin.query(
    `insert into ${TABLE} (key, value, expires_at, remove_at)
     select 'identity:s:' || md5(i::text) || left(md5((-i)::text), 11), repeat('x', 100), ${hour}, ${hour}
     from generate_series(1, ${expired}) as i`,
  )
  await admin.query(`analyze ${TABLE}`)
  const left = async () => {
    const { rows } = await admin.query(`select 1 from ${TABLE} where remove_at < now() limit 1`)
    return rows.length
  }
  const server = await stage.start('identity-web', { keptIn: url })
  try {
    const load = loadOf(server, stage.ids)
    await load(warmUp)
    const before = await load(requests)
    const during = []
    const startedAt = performance.now()
    await postgresStore(pool).set('start', 'the cleanup', 60_000)
    do during.push(await load(Math.min(requests, 1000)))
    while ((await left()) > 0)
    const seconds = (performance.now() - startedAt) / 1000
    return [
      row('requests before the cleanup', describe(before)),
      row('requests during the cleanup', describe(median(during))),
      row(`cleanup of ${expired} expired rows`, `${seconds.toFixed(1)} s`),
    ]
  } finally {
    await server.stop()
    await admin.end()
  }
}

/** Returns a function that sends requests, and returns the milliseconds of one of them. */
function loadOf({ ready }, cookies) {
  const requests = cookies.map((cookie) => rawNavigation('/', cookie))
  return async (count) => {
    const startedAt = performance.now()
    await sendLoad(ready.port, requests, { count, connections: CONNECTIONS })
    return ((performance.now() - startedAt) * CONNECTIONS) / count
  }
}

function describe(milliseconds) {
  const perSecond = (CONNECTIONS * 1000) / milliseconds
  return `${perSecond.toFixed(0)} in a second, ${milliseconds.toFixed(2)} ms each`
}

function row(what, figure) {
  return { what: `PostgreSQL: ${what}`, figure }
}
