import { cpus } from 'node:os'
import { prepare } from './prepare.mjs'
import { toTable } from './report.mjs'

// node benchmarks/run.mjs [--quick] [guard] [stored] [frameworks] [token] [api] [import] [size] [packages] [memory] [soak] [testing-kit]: see README.md.
// With --quick, everything runs once to check that it works. Its figures are not reliable, so only errors of the soak
// make it fail.

const PARTS = ['guard', 'stored', 'frameworks', 'token', 'api', 'import', 'size', 'packages']
/** These run only when they are named. */
const MORE_PARTS = ['memory', 'soak', 'testing-kit']
const isQuick = process.argv.includes('--quick')
const named = process.argv.slice(2).filter((argument) => argument !== '--quick')
const parts = [...PARTS, ...MORE_PARTS]
const unknown = named.find((part) => !parts.includes(part))
if (unknown !== undefined)
  throw new Error(`Unknown measurement ${unknown}. Choose from: ${parts.join(', ')}.`)
const wanted = named.length === 0 ? PARTS : named
const effort = isQuick
  ? { rounds: 3, requests: 200, warmUp: 200, calls: 2000, sessions: 500, signIns: 50, seconds: 5 }
  : {
      rounds: 15,
      requests: 1500,
      warmUp: 3000,
      calls: 20_000,
      sessions: 10_000,
      signIns: 1000,
      seconds: 60,
    }

const started = performance.now()
prepare()
// These imports need the peers and the library, which may have been installed just now.
const [
  { setStage },
  { measureFrameworks, measureGuard, measureStoredGuard },
  { measureToken },
  { measureApi },
  { measureImport },
  { measureSize },
  { measurePackages },
  { measureMemory },
  { measureSoak },
  { measureTestingKit },
] = await Promise.all([
  import('./guard/stage.mjs'),
  import('./guard/measure.mjs'),
  import('./token/measure.mjs'),
  import('./api/measure.mjs'),
  import('./import/measure.mjs'),
  import('./size/measure.mjs'),
  import('./packages/measure.mjs'),
  import('./memory/measure.mjs'),
  import('./soak/measure.mjs'),
  import('./testing-kit/measure.mjs'),
])

const rows = []
if (['guard', 'stored', 'frameworks', 'token', 'memory'].some((part) => wanted.includes(part))) {
  const stage = await setStage()
  try {
    await measure('guard', () => measureGuard(stage, effort))
    await measure('stored', () => measureStoredGuard(stage, effort))
    await measure('frameworks', () => measureFrameworks(stage, effort))
    await measure('token', () => measureToken(stage, effort))
    await measure('memory', () => measureMemory(stage, effort))
  } finally {
    await stage.close()
  }
}
await measure('api', () => measureApi(effort))
await measure('import', () => measureImport(effort))
await measure('size', () => measureSize())
await measure('packages', () => measurePackages())
await measure('soak', () => measureSoak(effort))
await measure('testing-kit', () => measureTestingKit(effort))

console.log(`\n${toTable(rows)}\n`)
const seconds = ((performance.now() - started) / 1000).toFixed(0)
console.log(
  `${new Date().toISOString().slice(0, 10)}, Node.js ${process.version}, ${cpus().length} × ${cpus()[0]?.model.trim()}, ${seconds} s`,
)
const missed = rows.filter(({ pass }) => pass === false)
if (missed.length > 0) {
  console.error(`Budgets missed: ${missed.map(({ what }) => what).join('; ')}`)
  if (!isQuick || missed.some(({ isExact }) => isExact)) process.exitCode = 1
}

async function measure(part, take) {
  if (!wanted.includes(part)) return
  console.error(`Measuring: ${part}`)
  rows.push(...(await take()))
}
