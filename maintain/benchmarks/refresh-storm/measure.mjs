import { setTimeout as pause } from 'node:timers/promises'
import { startSite } from './site.mjs'

/** The number of requests of one user at the same time. */
const REQUESTS = 200
/** Milliseconds after the start of a storm when something fails, and how long. */
const BREAK_AFTER = 300
const OUTAGE = 2000

/** Nothing that the provider sends arrives. Its servers restart, for example. */
const DROPPED = { kind: 'drop' }

/**
 * Measures what happens when the tokens of many sessions expire at the same time, and when the provider or Redis fails
 * during that.
 */
export async function measureRefreshStorm({ stormUsers }) {
  return [
    ...(await measureCookies()),
    ...(await measureSite('identity-web', stormUsers)),
    ...(await measureSite('express-openid-connect', stormUsers)),
  ]
}

async function measureCookies() {
  const site = await startSite('identity-web', { users: 1, usesRedis: false, processes: 1 })
  try {
    const result = await site.storm({ times: REQUESTS })
    return rowsOf(`identity-web, one session in cookies, ${REQUESTS} requests`, result, OURS)
  } finally {
    await site.close()
  }
}

async function measureSite(name, users) {
  const site = await startSite(name, { users })
  const isOurs = name === 'identity-web'
  const rows = []
  const add = (what, result) => rows.push(...rowsOf(`${name}, ${what}`, result, isOurs ? OURS : {}))
  const oneSession = `one session, ${REQUESTS} requests to two servers`
  try {
    // This library refreshes a session several times, so it needs a provider that accepts a refresh token several times.
    if (!isOurs) await site.behave({ reuseDetection: false })
    // The first storm compiles the code.
    await site.storm({})
    add(oneSession, await site.storm({ users: 1, times: REQUESTS }))
    add(`${users} sessions, each requests two servers`, await site.storm({}))
    for (const { what, start } of outages(site)) {
      add(`${users} sessions, ${what}`, await stormWith(site, start))
    }
    if (!isOurs) {
      await site.behave({ reuseDetection: true })
      add(
        `${oneSession}, refresh tokens that work once`,
        await site.storm({ users: 1, times: REQUESTS }),
      )
    }
  } finally {
    await site.close()
  }
  return rows
}

/** Each outage breaks something, and returns a function that repairs it. */
function outages({ behave, redis }) {
  return [
    {
      what: 'the provider closes all connections for two seconds',
      async start() {
        await behave({ faults: { metadata: DROPPED, keys: DROPPED, token: DROPPED } })
        return () => behave({ faults: {} })
      },
    },
    {
      what: 'Redis stops for two seconds',
      async start() {
        await redis.stop()
        return () => redis.start()
      },
    },
    {
      what: 'Redis hangs for two seconds',
      async start() {
        redis.pause()
        return async () => redis.resume()
      },
    },
  ]
}

/** Breaks something during a storm. Users repeat requests that fail, until all of them have their page. */
async function stormWith(site, startOutage) {
  const running = site.storm({ repeats: true })
  await pause(BREAK_AFTER)
  const repair = await startOutage()
  await pause(OUTAGE)
  await repair()
  const repaired = performance.now()
  const result = await running
  return { ...result, normalAfter: performance.now() - repaired }
}

// One lost session is too many, even in a short run.
const EXACT = { isExact: true }
const OURS = {
  refreshes: ({ provider }) => ({ budget: 'one each', pass: provider.most === 1, ...EXACT }),
  errors: ({ lost, wrongUser }) => ({ budget: '0', pass: lost + wrongUser === 0, ...EXACT }),
}

function rowsOf(what, result, budgets) {
  const { durations, requests, statuses, lost, wrongUser, provider, cpu, normalAfter } = result
  const row = (name, figure, budget) => ({
    what: `refresh storm: ${what}: ${name}`,
    figure,
    ...budget?.(result),
  })
  const all = Object.entries(statuses).map(([status, times]) => `${times} × ${status}`)
  return [
    row('responses', all.join(', ')),
    row('refreshes, of sessions', `${provider.refreshes}, ${provider.users}`, budgets.refreshes),
    row('token requests that failed', String(provider.failed)),
    row('requests without their page', String(lost + wrongUser), budgets.errors),
    row('half of the pages, all pages', durations.length === 0 ? 'none' : timesOf(durations)),
    row('CPU of the servers for a request', `${(cpu / requests / 1000).toFixed(2)} ms`),
    ...(normalAfter === undefined
      ? []
      : [row('all pages after the repair', `${(normalAfter / 1000).toFixed(1)} s`)]),
  ]
}

function timesOf(durations) {
  return [durations[durations.length >> 1], durations.at(-1)]
    .map((milliseconds) => `${(milliseconds / 1000).toFixed(2)} s`)
    .join(', ')
}
