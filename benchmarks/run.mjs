import { cpus } from 'node:os'
import { prepare } from './prepare.mjs'
import { toTable } from './report.mjs'

// node benchmarks/run.mjs [--quick] [guard] [token] [api] [import] [packages]: see README.md. With --quick
// everything runs once, for a look whether it runs at all; a figure of so few requests proves nothing, so none fails.

const PARTS = ['guard', 'token', 'api', 'import', 'packages']
const isQuick = process.argv.includes('--quick')
const named = process.argv.slice(2).filter((argument) => argument !== '--quick')
const unknown = named.find((part) => !PARTS.includes(part))
if (unknown !== undefined) throw new Error(`There is no ${unknown}, only ${PARTS.join(', ')}.`)
const isWanted = (part) => named.length === 0 || named.includes(part)
const effort = isQuick
  ? { rounds: 3, requests: 200, warmUp: 200, calls: 2000 }
  : { rounds: 15, requests: 1500, warmUp: 3000, calls: 20_000 }

const started = performance.now()
prepare()
// Only now: the peers and the library may not have been there before.
const [
  { setStage },
  { measureGuard },
  { measureToken },
  { measureApi },
  { measureImport },
  { measurePackages },
] = await Promise.all([
  import('./guard/stage.mjs'),
  import('./guard/measure.mjs'),
  import('./token/measure.mjs'),
  import('./api/measure.mjs'),
  import('./import/measure.mjs'),
  import('./packages/measure.mjs'),
])

const rows = []
if (isWanted('guard') || isWanted('token')) {
  const stage = await setStage()
  try {
    await measure('guard', () => measureGuard(stage, effort))
    await measure('token', () => measureToken(stage, effort))
  } finally {
    await stage.close()
  }
}
await measure('api', () => measureApi(effort))
await measure('import', () => measureImport(effort))
await measure('packages', () => measurePackages())

console.log(`\n${toTable(rows)}\n`)
const seconds = ((performance.now() - started) / 1000).toFixed(0)
console.log(
  `${new Date().toISOString().slice(0, 10)}, Node.js ${process.version}, ${cpus().length} × ${cpus()[0]?.model.trim()}, ${seconds} s`,
)
const missed = rows.filter(({ pass }) => pass === false)
if (missed.length > 0) {
  console.error(`Missed: ${missed.map(({ what }) => what).join('; ')}`)
  if (!isQuick) process.exitCode = 1
}

async function measure(part, take) {
  if (!isWanted(part)) return
  console.error(`Measuring: ${part}`)
  rows.push(...(await take()))
}
