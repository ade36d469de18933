// Counts the calls that one request makes in the source files of packages/identity-web: once for a guarded request with a
// known cookie (Express, session in cookies, a cached access token), once for a callback. The application has the default
// log, which does not report a sign-in.
//
//   npm run build && node scripts/count-calls.mjs           the calls in each file, in the order of their first call
//   node scripts/count-calls.mjs --calls                    every call as well
//   node scripts/count-calls.mjs --budget 83 382            fails if a request makes more calls
//
// The counts are V8's precise coverage of one request after two others. The order comes from a call that is compiled
// into the start of each function; it does not change the counts.
import { once } from 'node:events'
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, request } from 'node:http'
import { createRequire } from 'node:module'
import { Session } from 'node:inspector/promises'
import { dirname, join, relative, sep } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import ts from 'typescript'

const root = fileURLToPath(new URL('..', import.meta.url))
const sources = join(root, 'packages/identity-web/src')
// Below the repository, so that dependencies are found. The folder is ignored by git.
const output = join(root, 'coverage/count-calls')

const { values: options, positionals } = parseArgs({
  options: { calls: { type: 'boolean' }, budget: { type: 'boolean' } },
  allowPositionals: true,
})

/** The calls of the request that is measured, in their order: [file, function]. */
let entered
globalThis.countCallsEnter = (file, name) => void entered?.push([file, name])

compile()
const { startDevProvider } = await import('../packages/dev-provider/dist/index.js')
const { Auth } = await import(pathToFileURL(join(output, 'adapters/express/index.js')).href)

// Express is a dependency of the package, not of the workspace.
const express = createRequire(join(root, 'packages/identity-web/package.json'))('express')
const provider = await startDevProvider()
const app = express()
const server = createServer(app)
await new Promise((resolve) => server.listen(0, 'localhost', resolve))
const origin = `http://localhost:${server.address().port}`
const auth = new Auth(app, {
  authority: provider.authority(),
  clientId: provider.app.clientId,
  clientCredential: provider.app.clientSecret,
  redirectUri: `${origin}/redirect`,
  session: { secret: 'a-secret-for-counting-only-0123456789' },
})
app.get(
  '/account',
  auth.loginRequired({ scopes: 'User.Read' }, (_req, res) => void res.json({})),
)

const inspector = new Session()
inspector.connect()
await inspector.post('Profiler.enable')
await inspector.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true })

await signIn()
await signIn()
const { calls: callback, cookies } = await signIn()
await get('/account', cookies)
await get('/account', cookies)
const guard = await measure(() => get('/account', cookies))
if (guard.result.statusCode !== 200)
  throw new Error(`The guarded page returned ${guard.result.statusCode}.`)

inspector.disconnect()
server.close()
server.closeAllConnections()
await provider.close()
rmSync(output, { recursive: true, force: true })

const [guardBudget = Infinity, callbackBudget = Infinity] = positionals.map(Number)
let failed = false
report('A guarded request with a known cookie', guard, guardBudget)
report('A callback', callback, callbackBudget)
if (failed) process.exitCode = 1

function report(title, { files, order }, budget) {
  const calls = [...files.values()].reduce((sum, count) => sum + count, 0)
  console.log(`${title}: ${calls} calls in ${files.size} files`)
  const ordered = new Set(order.map(([file]) => file))
  for (const file of files.keys()) ordered.add(file)
  for (const file of ordered) {
    console.log(`  ${String(files.get(file) ?? 0).padStart(4)}  ${file}`)
  }
  if (options.calls === true) {
    for (const [file, name] of order) console.log(`        ${file} ${name}`)
  }
  if (options.budget === true && calls > budget) {
    failed = true
    console.log(`  That is more than ${budget} calls.`)
  }
}

/** Signs a user in with a new browser, and measures the callback. */
async function signIn() {
  const away = await get('/account', '')
  const { url } = await provider.signIn(away.headers.location, { as: 'alex' })
  const flow = cookiesOf(away)
  const calls = await measure(() => get(url.pathname + url.search, flow))
  if (calls.result.statusCode !== 302)
    throw new Error(`The callback returned ${calls.result.statusCode}.`)
  return { calls, cookies: cookiesOf(calls.result) }
}

/** A page navigation. Not by `fetch`, which sets `Sec-Fetch-Mode` itself. */
async function get(path, cookie) {
  const headers = {
    accept: 'text/html',
    'sec-fetch-mode': 'navigate',
    'sec-fetch-dest': 'document',
    'sec-fetch-site': 'none',
    ...(cookie !== '' && { cookie }),
  }
  const [response] = await once(request(origin + path, { headers }).end(), 'response')
  response.resume()
  await once(response, 'end')
  return response
}

function cookiesOf({ headers }) {
  return (headers['set-cookie'] ?? [])
    .filter((cookie) => !cookie.includes('Max-Age=0'))
    .map((cookie) => cookie.split(';', 1)[0])
    .join('; ')
}

/** Runs one request; the counters begin at zero before it. */
async function measure(run) {
  await inspector.post('Profiler.takePreciseCoverage')
  entered = []
  const result = await run()
  const order = entered
  entered = undefined
  const { result: scripts } = await inspector.post('Profiler.takePreciseCoverage')
  const files = new Map()
  for (const { url, functions } of scripts) {
    if (!url.startsWith(pathToFileURL(output).href)) continue
    const calls = functions
      .filter(({ ranges: [whole] }) => whole.startOffset > 0)
      .reduce((sum, { ranges: [whole] }) => sum + whole.count, 0)
    if (calls > 0) files.set(nameOf(fileURLToPath(url), output).replace(/\.js$/, '.ts'), calls)
  }
  return { result, files, order }
}

/** Compiles each source file to one file of JavaScript. */
function compile() {
  rmSync(output, { recursive: true, force: true })
  for (const entry of readdirSync(sources, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/(?<!\.d)\.ts$/.test(entry.name)) continue
    const path = join(entry.parentPath, entry.name)
    const name = nameOf(path, sources)
    const { outputText } = ts.transpileModule(announceCalls(name, readFileSync(path, 'utf8')), {
      fileName: path,
      compilerOptions: {
        target: ts.ScriptTarget.ES2022,
        module: ts.ModuleKind.ESNext,
        verbatimModuleSyntax: true,
        rewriteRelativeImportExtensions: true,
      },
    })
    const target = join(output, name.replace(/\.ts$/, '.js'))
    mkdirSync(dirname(target), { recursive: true })
    writeFileSync(target, outputText)
  }
  const { imports } = JSON.parse(
    readFileSync(join(root, 'packages/identity-web/package.json'), 'utf8'),
  )
  const onNode = Object.entries(imports).map(([key, { node }]) => [
    key,
    node.replace('./dist/', './'),
  ])
  writeFileSync(
    join(output, 'package.json'),
    JSON.stringify({ type: 'module', imports: Object.fromEntries(onNode) }),
  )
}

function nameOf(path, folder) {
  return relative(folder, path).split(sep).join('/')
}

/** Lets each function of a source text call `countCallsEnter(file, function)` first. */
function announceCalls(file, text) {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true)
  const insertions = []
  const visit = (node) => {
    if (ts.isFunctionLike(node) && node.body !== undefined) {
      const call = `globalThis.countCallsEnter('${file}', '${functionName(node)}')`
      const start = node.body.getStart()
      if (ts.isBlock(node.body)) insertions.push([start + 1, `${call};`])
      else insertions.push([start, `(${call}, `], [node.body.end, ')'])
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  let announced = text
  // From the end, so that positions stay right; of two insertions at one place, the later one is the inner one.
  for (const [at, inserted] of insertions.toSorted(([a], [b]) => a - b).toReversed()) {
    announced = announced.slice(0, at) + inserted + announced.slice(at)
  }
  return announced
}

function functionName({ name, parent }) {
  const own = name ?? parent?.name
  return own?.text ?? '(anonymous)'
}
