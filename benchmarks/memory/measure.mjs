import { redisStore } from '../../packages/identity-web/dist/stores/redis.js'
import { copySessions } from '../guard/sessions.mjs'
import { rawNavigation } from '../guard/visitor.mjs'
import { startRedis } from '../redis.mjs'
import { sendLoad } from '../server/load.mjs'
import { describeMemory, TELLS_MEMORY } from '../server/memory.mjs'

/** Measures the memory of thousands of sessions: in Redis, and in the process of a server. */
export async function measureMemory(stage, { sessions: count, warmUp }) {
  const { session, setup } = stage
  const redis = await startRedis()
  try {
    const before = await usedBy(redis.client)
    const store = redisStore(redis.client)
    const stored = await copySessions(session, setup, { count, store })
    const perSession = ((await usedBy(redis.client)) - before) / count
    const inCookies = await copySessions(session, setup, { count })
    return [
      row('Redis, a session', toKilobytes(perSession)),
      ...(await describeKeys(redis.client, count)),
      row(
        `server, ${count} sessions in Redis`,
        await measureServer(stage, stored, { warmUp, keptIn: redis.url }),
      ),
      row(
        `server, ${count} sessions in cookies`,
        await measureServer(stage, inCookies, { warmUp }),
      ),
    ]
  } finally {
    await redis.stop()
  }
}

/** Measures before the first request, and twice after each user opened a page without and with a token. */
async function measureServer({ start }, cookies, { warmUp, keptIn }) {
  const server = await start('identity-web', { keptIn, execArgv: TELLS_MEMORY })
  const { port } = server.ready
  const count = cookies.length
  const visit = (path, visitors) => visitors.map((cookie) => rawNavigation(path, cookie))
  try {
    await sendLoad(port, visit('/token/0', cookies.slice(0, 1)), { count: warmUp })
    const moments = [await server.ask({ kind: 'memory' })]
    for (let times = 0; times < 2; times++) {
      await sendLoad(port, visit('/', cookies), { count })
      await sendLoad(port, visit('/token/0', cookies), { count })
      moments.push(await server.ask({ kind: 'memory' }))
    }
    return describeMemory(moments)
  } finally {
    await server.stop()
  }
}

/** Measures the parts of a session as Redis reports them: the key, the value and its expiry. */
async function describeKeys(client, count) {
  const keys = await client.keys('*')
  if (keys.length !== count * PARTS.length) throw new Error(`${keys.length} keys are in Redis.`)
  const rows = []
  for (const [prefix, what] of PARTS) {
    const key = keys.find((name) => name.includes(prefix))
    const [bytes, characters] = [await client.memoryUsage(key), await client.strLen(key)]
    rows.push(row(`Redis, ${what}, ${characters} characters`, toKilobytes(bytes)))
  }
  return rows
}

const PARTS = [
  ['identity:s:', 'its user and times'],
  ['identity:t:', 'its tokens'],
  ['identity:sid:', 'the provider’s session'],
]

async function usedBy(client) {
  const [, bytes] = /used_memory:(\d+)/.exec(await client.info('memory'))
  return Number(bytes)
}

function row(what, figure) {
  return { what: `memory: ${what}`, figure }
}

function toKilobytes(bytes) {
  return `${(bytes / 1000).toFixed(2)} kB`
}
