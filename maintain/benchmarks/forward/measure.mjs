import { get } from 'node:http'
import { startChild } from '../child.mjs'
import { rawRequest } from '../server/load.mjs'
import { describeMemory, TELLS_MEMORY } from '../server/memory.mjs'
import { measureRounds, toFigures } from '../server/rounds.mjs'
import { median } from '../statistics.mjs'

/** Microseconds that `auth.forward()` may add to a small GET, compared with piping through `node:http` on the same framework. */
const BUDGET = 60
/** The growth of the resident memory during a long stream, in bytes. Buffers of the sockets are a part of it. */
const MEMORY_BUDGET = 64e6
const STREAM_MEGABYTES = 1000
const QUICK_MEGABYTES = 100

const BASE = 'node:http, piping'
const SERVERS = {
  [BASE]: 'node-pipe',
  'node:http, piping again': 'node-pipe',
  'Express, piping': 'express-pipe',
  'identity-web on Express': 'identity-web',
  'http-proxy-middleware on Express': 'http-proxy-middleware',
  'Fastify, piping': 'fastify-pipe',
  'identity-web on Fastify': 'fastify-identity-web',
  '@fastify/http-proxy': 'fastify-http-proxy',
  'Koa, piping': 'koa-pipe',
  'identity-web on Koa': 'koa-identity-web',
}
/** Our servers, and the server that pipes on the same framework. A framework costs more than `auth.forward()`. */
const PIPING = {
  'identity-web on Express': 'Express, piping',
  'identity-web on Fastify': 'Fastify, piping',
  'identity-web on Koa': 'Koa, piping',
}

/** Measures a small GET that is forwarded to an API, and the memory of our server during a long stream. */
export async function measureForward({ setup, cookies }, effort) {
  const api = await startChild(new URL('upstream.mjs', import.meta.url), {})
  const upstream = `http://127.0.0.1:${api.ready.port}`
  const start = (name, options) =>
    startChild(new URL(`servers/${name}.mjs`, import.meta.url), { ...setup, upstream }, options)
  try {
    const rows = await measureRequests(start, { cookies, effort })
    return [...rows, await measureStream(start, { cookies, effort })]
  } finally {
    await api.stop()
  }
}

async function measureRequests(start, { cookies, effort }) {
  const requests = cookies.map((cookie) => rawRequest('/api/todos?top=8', headersOf(cookie)))
  const subjects = []
  for (const [name, file] of Object.entries(SERVERS)) {
    subjects.push({ name, ...(await start(file)), requests })
  }
  const measured = await measureRounds(subjects, effort)
  await Promise.all(subjects.map((subject) => subject.stop()))
  return subjects.map(({ name }) => {
    const { costs, bases } = measured.get(name)
    const row = { what: `proxy: ${name}`, ...toFigures({ costs, bases }) }
    const piping = PIPING[name]
    if (piping === undefined) return row
    // Both were measured in each round, so that a disturbance affects both.
    const added = median(costs.map((cost, round) => cost - measured.get(piping).costs[round]))
    return {
      ...row,
      budget: `${added.toFixed(0)} µs more than ${piping} (≤ ${BUDGET})`,
      pass: added <= BUDGET,
    }
  })
}

export function headersOf(cookie) {
  return {
    Accept: 'application/json',
    'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0',
    'Sec-Fetch-Site': 'same-origin',
    'Sec-Fetch-Mode': 'cors',
    'Sec-Fetch-Dest': 'empty',
    Cookie: cookie,
  }
}

/** The first stream fills the buffers. The second one must not need more memory. */
async function measureStream(start, { cookies, effort }) {
  const server = await start('identity-web', { execArgv: TELLS_MEMORY })
  const megabytes = effort.rounds < 5 ? QUICK_MEGABYTES : STREAM_MEGABYTES
  const read = (size) => readStream(server.ready.port, `/api/stream/${size}`, cookies[0])
  await read(QUICK_MEGABYTES)
  const before = await server.ask({ kind: 'memory' })
  const moments = [before]
  const state = { isReading: true }
  const reading = read(megabytes).finally(() => (state.isReading = false))
  let peak = before
  while (state.isReading) {
    const moment = await server.ask({ kind: 'memory' })
    if (moment.rss > peak.rss) peak = moment
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  await reading
  moments.push(peak, await server.ask({ kind: 'memory' }))
  await server.stop()
  return {
    what: `proxy: a stream of ${megabytes} MB (before, at most, after)`,
    figure: describeMemory(moments),
    budget: `≤ ${MEMORY_BUDGET / 1e6} MB more`,
    pass: peak.rss - before.rss <= MEMORY_BUDGET,
  }
}

function readStream(port, path, cookie) {
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, path, headers: headersOf(cookie), agent: false }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`The status is ${response.statusCode}.`))
      response.on('error', reject).on('end', resolve).resume()
    }).on('error', reject)
  })
}
