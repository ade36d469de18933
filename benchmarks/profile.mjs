import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { redisStore } from '../packages/identity-web/dist/stores/redis.js'
import { setApiStage } from './api/stage.mjs'
import { rawCall } from './api/subjects.mjs'
import { copySessions, signInUsers } from './guard/sessions.mjs'
import { CROWD, RETURNING_USERS } from './guard/settings.mjs'
import { originOf, setStage } from './guard/stage.mjs'
import { rawNavigation } from './guard/visitor.mjs'
import { startRedis } from './redis.mjs'
import { sendLoad } from './server/load.mjs'

// node benchmarks/profile.mjs [guard|token|crowd|memory|redis|redis-crowd|api|new-tokens]: prints where our server
// spends its time, by the line of dist. `memory`, `redis` and `redis-crowd` measure the guard with sessions in a store.
// Run `npm run bench -- --quick` first, because it needs the build.

const REQUESTS = 30_000
const what = process.argv[2] ?? 'guard'

const folder = mkdtempSync(join(tmpdir(), 'identity-web-profile-'))
const options = {
  execArgv: ['--cpu-prof', `--cpu-prof-dir=${folder}`, '--cpu-prof-interval=200'],
}
const starters = {
  guard: startGuard,
  token: startGuard,
  crowd: startGuard,
  memory: startStoredGuard,
  redis: startStoredGuard,
  'redis-crowd': startStoredGuard,
  api: startApi,
  'new-tokens': startApi,
}
const { server, requests, close } = await starters[what](what)
try {
  await sendLoad(server.ready.port, requests, { count: REQUESTS })
  await server.stop()
  report(JSON.parse(readFileSync(join(folder, readdirSync(folder)[0]), 'utf8')))
} finally {
  rmSync(folder, { recursive: true, force: true })
  await close()
}

async function startGuard(visit) {
  const { start, cookies, crowd, close: end } = await setStage()
  const path = visit === 'token' ? '/token/0' : '/'
  const visitors = visit === 'crowd' ? crowd : cookies
  return {
    server: await start('identity-web', options),
    requests: visitors.map((cookie) => rawNavigation(path, cookie)),
    close: end,
  }
}

async function startStoredGuard(where) {
  const stage = await setStage()
  const redis = where === 'memory' ? undefined : await startRedis()
  const running = await stage.start('identity-web', { ...options, keptIn: redis?.url ?? where })
  const cookies = await (where === 'redis-crowd'
    ? copySessions(stage.session, stage.setup, { count: CROWD, store: redisStore(redis.client) })
    : signInUsers(stage.realistic, originOf(running), { users: RETURNING_USERS }))
  return {
    server: running,
    requests: cookies.map((cookie) => rawNavigation('/', cookie)),
    async close() {
      await redis?.stop()
      await stage.close()
    },
  }
}

async function startApi(call) {
  const { start, tokens, close: end } = await setApiStage()
  return {
    server: await start('servers/identity-web.mjs', options),
    requests: (call === 'api' ? tokens.slice(0, 1) : tokens).map(rawCall),
    close: end,
  }
}

function report({ nodes, samples, timeDeltas }) {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const own = new Map()
  const lines = new Map()
  let busy = 0
  samples.forEach((id, index) => {
    const { functionName, url, lineNumber } = byId.get(id).callFrame
    if (functionName === '(idle)' || functionName === '(program)') return
    busy += timeDeltas[index]
    const place = `${functionName || '(anonymous)'} ${shorten(url)}:${lineNumber + 1}`
    add(own, place, timeDeltas[index])
    add(lines, roomOf(functionName, url), timeDeltas[index])
  })
  console.log(
    `${what}: ${(busy / REQUESTS).toFixed(1)} µs of JavaScript per request, including compilation`,
  )
  print('By room', lines, 20)
  print('Own functions, self time', filter(own, 'identity-web/'), 30)
  print('All functions, self time', own, 20)
}

function roomOf(functionName, url) {
  if (functionName === '(garbage collector)') return functionName
  if (url.includes('packages/identity-web')) return 'identity-web'
  return (
    /node_modules\/((@[^/]+\/)?[^/]+)/.exec(url)?.[1] ??
    (url.startsWith('node:') ? 'node' : 'other')
  )
}

function shorten(url) {
  return url.replace(/^file:\/\/.*\/(node_modules|packages)\//, '').replace('/dist', '')
}

function filter(map, text) {
  return new Map([...map].filter(([name]) => name.includes(text)))
}

function add(map, key, value) {
  map.set(key, (map.get(key) ?? 0) + value)
}

function print(title, map, limit) {
  console.log(`\n${title}, µs per request`)
  const sorted = [...map].toSorted(([, a], [, b]) => b - a).slice(0, limit)
  for (const [name, time] of sorted) {
    console.log(`${(time / REQUESTS).toFixed(2).padStart(8)}  ${name}`)
  }
}
