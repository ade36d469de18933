import { cpus } from 'node:os'
import { prepare } from './prepare.mjs'
import { toTable } from './report.mjs'

// node benchmarks/run.mjs [--quick]: see README.md. With --quick everything runs once, for a look whether it
// runs at all; a figure of so few requests proves nothing, so none fails.

const isQuick = process.argv.includes('--quick')
const effort = isQuick
  ? { rounds: 3, requests: 200, warmUp: 200, calls: 2000 }
  : { rounds: 15, requests: 1500, warmUp: 3000, calls: 20_000 }

const started = performance.now()
prepare()
// Only now: the peers and the library may not have been there before.
const [{ setStage }, { measureGuard }, { measureToken }, { measureImport }, { measurePackages }] =
  await Promise.all([
    import('./guard/stage.mjs'),
    import('./guard/measure.mjs'),
    import('./token/measure.mjs'),
    import('./import/measure.mjs'),
    import('./packages/measure.mjs'),
  ])

const rows = []
const stage = await setStage()
try {
  progress('guard')
  rows.push(...(await measureGuard(stage, effort)))
  progress('access token')
  rows.push(...(await measureToken(stage, effort)))
} finally {
  await stage.close()
}
progress('import')
rows.push(...measureImport(effort))
progress('packages')
rows.push(...measurePackages())

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

function progress(what) {
  console.error(`Measuring: ${what}`)
}
