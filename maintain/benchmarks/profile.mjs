import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { redisStore } from '../../packages/identity-web/dist/stores/redis.js'
import { setApiStage } from './api/stage.mjs'
import { rawCall } from './api/subjects.mjs'
import { copySessions, signInUsers } from './guard/sessions.mjs'
import { CROWD, RETURNING_USERS } from './guard/settings.mjs'
import { originOf, setStage } from './guard/stage.mjs'
import { rawNavigation } from './guard/visitor.mjs'
import { reportProfile } from './cpu-profile.mjs'
import { headersOf } from './forward/measure.mjs'
import { startRedis } from './redis.mjs'
import { rawRequest, sendLoad } from './server/load.mjs'
import { startChild } from './child.mjs'
import { createVisits } from './sign-in/visits.mjs'

// node maintain/benchmarks/profile.mjs [guard|token|crowd|memory|redis|redis-crowd|nestjs|nestjs-express|api|new-tokens|fast-jwt|forward|forward-piping|redirect|callback]: prints
// where our server spends its time, by the line of dist. `memory`, `redis` and `redis-crowd` measure the guard with sessions in a
// store. `nestjs` measures the guard of NestJS on Fastify, and `nestjs-express` that on Express.
// Run `npm run bench -- --quick` first, because it needs the build.

const REQUESTS = 30_000
/** A sign-in takes a hundred times as long as a guarded request, most of it at the provider. */
const SIGN_INS = 2000
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
  nestjs: startNestjs,
  'nestjs-express': startNestjs,
  api: startApi,
  'new-tokens': startApi,
  'fast-jwt': startApi,
  forward: startForward,
  'forward-piping': startForward,
  redirect: startSignIn,
  callback: startSignIn,
}
const profiled = await starters[what](what)
try {
  await (profiled.run ?? sendRequests)(profiled)
  await profiled.server.stop()
  const profile = JSON.parse(readFileSync(join(folder, readdirSync(folder)[0]), 'utf8'))
  reportProfile(what, profile, profiled.count ?? REQUESTS)
} finally {
  rmSync(folder, { recursive: true, force: true })
  await profiled.close()
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

async function startNestjs(name) {
  const { start, cookies, close: end } = await setStage()
  const platform = name === 'nestjs' ? 'fastify' : 'express'
  return {
    server: await start('nestjs-identity-web', { ...options, platform }),
    requests: cookies.map((cookie) => rawNavigation('/', cookie)),
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

async function startForward(kind) {
  const { setup, cookies, close: end } = await setStage()
  const api = await startChild(new URL('forward/upstream.mjs', import.meta.url), {})
  const file = kind === 'forward' ? 'identity-web' : 'express-pipe'
  const upstream = `http://127.0.0.1:${api.ready.port}`
  const url = new URL(`forward/servers/${file}.mjs`, import.meta.url)
  return {
    server: await startChild(url, { ...setup, upstream }, options),
    requests: cookies.map((cookie) => rawRequest('/api/todos?top=8', headersOf(cookie))),
    async close() {
      await api.stop()
      await end()
    },
  }
}

async function startApi(call) {
  const { start, tokens, close: end } = await setApiStage()
  return {
    server: await start(`servers/${call === 'fast-jwt' ? call : 'identity-web'}.mjs`, options),
    requests: (call === 'api' ? tokens.slice(0, 1) : tokens).map(rawCall),
    close: end,
  }
}

function sendRequests({ server: { ready }, requests }) {
  return sendLoad(ready.port, requests, { count: REQUESTS })
}

/** Another server redirects the visitors before the callback, so that the profile contains one step only. */
async function startSignIn(step) {
  const stage = await setStage()
  const measured = await stage.start('identity-web', options)
  if (step === 'redirect') {
    const visits = createVisits(originOf(measured), SIGN_INS)
    return { server: measured, run: visits.redirect, count: SIGN_INS, close: stage.close }
  }
  const other = await stage.start('identity-web')
  const visits = createVisits(originOf(other), SIGN_INS)
  await visits.redirect()
  await visits.signIn(stage.realistic)
  await other.stop()
  visits.moveTo(originOf(measured))
  return { server: measured, run: visits.callback, count: SIGN_INS, close: stage.close }
}
