import { redisStore } from '../../../packages/identity-web/dist/stores/redis.js'
import { copySessions } from '../guard/sessions.mjs'
import { rawNavigation } from '../guard/visitor.mjs'
import { startRedis } from '../redis.mjs'
import { sendLoad } from '../server/load.mjs'
import { describeMemory, TELLS_MEMORY } from '../server/memory.mjs'
import { measureRounds, toFigures } from '../server/rounds.mjs'
import { measureCaches } from './caches.mjs'
import { measureCommands } from './commands.mjs'

/** Cookies of more users would need too much memory in the process that sends the requests. */
const MOST_COOKIES = 10_000
/** The number of sessions that the library creates at the same time. */
const AT_ONCE = 20

/** Measures the memory of thousands of sessions: in Redis, and in the process of a server. */
export async function measureMemory(stage, effort) {
  const { sessions: count, warmUp } = effort
  const redis = await startRedis()
  try {
    const before = await usedBy(redis.client)
    const stored = await storeSessions(stage, count, redisStore(redis.client))
    const perSession = ((await usedBy(redis.client)) - before) / count
    const cookies = Math.min(count, MOST_COOKIES)
    const inCookies = await copySessions(stage.session, stage.setup, { count: cookies })
    return [
      row(`Redis, a session of ${count}`, toKilobytes(perSession)),
      ...(await describeKeys(redis.client)),
      row(
        `server, ${count} sessions in Redis`,
        await measureServer(stage, stored, { warmUp, keptIn: redis.url }),
      ),
      row(
        `server, ${cookies} sessions in cookies`,
        await measureServer(stage, inCookies, { warmUp }),
      ),
      ...(await measureTime(stage, stored, { redis, effort })),
      ...(await measureCaches(stage)),
      ...(await measureCommands()),
    ]
  } finally {
    await redis.stop()
  }
}

async function storeSessions({ session, setup }, count, store) {
  const part = Math.ceil(count / AT_ONCE)
  const parts = await Promise.all(
    Array.from({ length: AT_ONCE }, (_, index) => {
      const from = index * part
      return copySessions(session, setup, { store, from, count: Math.min(part, count - from) })
    }),
  )
  return parts.flat()
}

/** Measures before the first request, and three times after each user opened a page without and with a token. */
async function measureServer({ start }, cookies, { warmUp, keptIn }) {
  const server = await start('identity-web', { keptIn, execArgv: TELLS_MEMORY })
  const { port } = server.ready
  const count = cookies.length
  const visit = (path, visitors) => visitors.map((cookie) => rawNavigation(path, cookie))
  try {
    await sendLoad(port, visit('/token/0', cookies.slice(0, 1)), { count: warmUp })
    const moments = [await server.ask({ kind: 'memory' })]
    for (let times = 0; times < 3; times++) {
      await sendLoad(port, visit('/', cookies), { count })
      await sendLoad(port, visit('/token/0', cookies), { count })
      moments.push(await server.ask({ kind: 'memory' }))
    }
    return describeMemory(moments)
  } finally {
    await server.stop()
  }
}

/** Measures the CPU time per request while Redis contains all sessions. */
async function measureTime({ start }, cookies, { redis, effort }) {
  const few = 500
  const kinds = [
    ['bare Express', 'bare', cookies],
    [`${few} of ${cookies.length} users in Redis`, 'identity-web', cookies.slice(0, few)],
    [`${cookies.length} users in Redis`, 'identity-web', cookies],
  ]
  const subjects = []
  for (const [name, server, visitors] of kinds) {
    const requests = visitors.map((cookie) => rawNavigation('/', cookie))
    subjects.push({ name, requests, ...(await start(server, { keptIn: redis.url })) })
  }
  const { rounds, requests, warmUp } = effort
  const measured = await measureRounds(subjects, { rounds, requests, warmUp })
  await Promise.all(subjects.map((subject) => subject.stop()))
  return subjects.map(({ name }) => {
    const { figure, ratio } = toFigures(measured.get(name))
    return { ...row(`a request, ${name}`, figure), ratio }
  })
}

/** Measures the parts of a session as Redis reports them: the key, the value and its expiry. */
async function describeKeys(client) {
  const found = new Map()
  for await (const keys of client.scanIterator({ COUNT: 1000 })) {
    for (const key of keys) {
      const part = PARTS.find(([prefix]) => key.includes(prefix))
      if (part !== undefined && !found.has(part)) found.set(part, key)
    }
    if (found.size === PARTS.length) break
  }
  const rows = []
  for (const part of PARTS) {
    const key = found.get(part)
    const [bytes, characters] = [await client.memoryUsage(key), await client.strLen(key)]
    rows.push(row(`Redis, ${part[1]}, ${characters} characters`, toKilobytes(bytes)))
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
