// Measures isolated functions that run for every guarded request: node maintain/benchmarks/micro.mjs
//
// Each row is the median of five processes, in nanoseconds of CPU time per call. The functions come from the sources, bundled as in
// the published package. The exit code is 1 if a function exceeds its budget.
import { execFileSync } from 'node:child_process'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { NANOSECONDS } from './budgets.mjs'
import { createBearerGuards } from './mcp-guard.mjs'
import { EFFORT } from './parts.mjs'
import { toTable } from './report.mjs'
import { median } from './statistics.mjs'

const CALLS = 1_000_000
const SOURCES = fileURLToPath(new URL('../../packages/identity-web/src', import.meta.url))
const BUNDLE = fileURLToPath(new URL('../../.artifacts/micro/', import.meta.url)) + 'functions.mjs'

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv[2] === 'measure') console.log(JSON.stringify(await measure()))
  else await report()
}

/** Returns the rows of all functions, for a report of all benchmarks. */
export async function measureFunctions({ processes }) {
  await bundle()
  const runs = Array.from({ length: processes }, () =>
    JSON.parse(execFileSync(process.execPath, [fileURLToPath(import.meta.url), 'measure'])),
  )
  return Object.entries(NANOSECONDS).map(([name, budget]) => {
    const time = median(runs.map((run) => run[name]))
    return {
      what: `function, ${name}`,
      figure: `${time.toFixed(0)} ns`,
      budget: `≤ ${budget} ns`,
      pass: time <= budget,
    }
  })
}

async function report() {
  const rows = await measureFunctions({ processes: EFFORT.processes })
  console.log(toTable(rows))
  if (rows.some(({ pass }) => !pass)) process.exitCode = 1
}

async function bundle() {
  await build({
    stdin: {
      contents: `
        export { createWebApi } from './api/index.ts'
        export { createMcpApi } from './mcp/index.ts'
        export { createCrossSiteCheck } from './web/http/cross-site.ts'
        export { NodeHttpContext } from './adapters/node.ts'
        export { hasRole } from './web/guard/groups.ts'
        export { createEventEmitter } from './event-emitter.ts'
        export { createLogListener } from './log-listener.ts'`,
      resolveDir: SOURCES,
    },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    outfile: BUNDLE,
  })
}

/** Measures all functions once, in a process that has run nothing else. */
async function measure() {
  const functions = await import(pathToFileURL(BUNDLE))
  const { NodeHttpContext, createCrossSiteCheck, createEventEmitter, createLogListener, hasRole } =
    functions

  const own = 'https://app.example.com'
  const settings = { origin: own, trustedOrigins: [] }
  const check = createCrossSiteCheck(settings)
  const trusting = createCrossSiteCheck({ ...settings, trustedOrigins: ['https://a.example'] })
  // As Node.js has them: with the other headers of a browser.
  const requestOf = (method, headers) =>
    new NodeHttpContext(
      {
        method,
        headers: {
          host: 'app.example.com',
          'user-agent': 'Mozilla/5.0',
          accept: 'text/html',
          cookie: 'identity=value',
          ...headers,
        },
      },
      {},
    )
  const get = requestOf('GET', { 'sec-fetch-site': 'none' })
  const post = requestOf('POST', { origin: own, 'sec-fetch-site': 'same-origin' })
  const oldPost = requestOf('POST', { origin: own })
  const user = { claims: { roles: ['Reader', 'Writer', 'Editor', 'Auditor', 'Admin'] } }

  const emitterOf = (listeners) =>
    createEventEmitter(listeners, { clientId: 'app', includesPersonalData: false })
  const silent = emitterOf([])
  const log = { logger: undefined, environment: 'production', variables: {} }
  const logging = emitterOf([createLogListener(log)])
  // As a guard emits it for a request of another site.
  const emit = (emitter) => {
    const details = { code: 'access_denied', reason: 'access_denied', message: 'Rejected.' }
    emitter.emit('request.rejected', { level: 'info', ...details })
    return true
  }

  const subjects = {
    'cross-site check: GET': () => check.isAllowed(get),
    'cross-site check: POST of this site': () => check.isAllowed(post),
    'cross-site check: POST with trusted origins': () => trusting.isAllowed(post),
    'cross-site check: POST in an old browser': () => check.isAllowed(oldPost),
    'role check: one role of five': () => hasRole(user, 'Admin'),
    'event without a listener': () => emit(silent),
    'event below the level of the default log': () => emit(logging),
  }
  const guards = await createBearerGuards(functions)
  return {
    ...Object.fromEntries(
      Object.entries(subjects).map(([name, call]) => [name, measureCall(name, call)]),
    ),
    'guard of McpAuth, over that of ApiAuth':
      measureCall('the guard of McpAuth', guards.mcp) -
      measureCall('the guard of ApiAuth', guards.api),
  }
}

function measureCall(name, call) {
  for (let round = 0; round < 20_000; round++) call()
  let count = 0
  // CPU time, because other processes would lengthen the time on the clock.
  const start = process.cpuUsage()
  for (let round = 0; round < CALLS; round++) if (call() === true) count++
  const { user, system } = process.cpuUsage(start)
  if (count !== CALLS) throw new Error(`${name} returned another result than true.`)
  return ((user + system) * 1000) / CALLS
}
