import { cpus } from 'node:os'
import { EFFORT, findParts, measureParts, PARTS, QUICK_EFFORT } from './parts.mjs'
import { prepare } from './prepare.mjs'
import { toTable } from './report.mjs'

// node benchmarks/run.mjs [--quick] [the names of parts]: see README.md.
// With --quick, everything runs once to check that it works. Its figures are not reliable, so only errors of the soak
// make it fail.

const isQuick = process.argv.includes('--quick')
const named = process.argv.slice(2).filter((argument) => argument !== '--quick')
const parts =
  named.length > 0
    ? findParts(named)
    : PARTS.filter(({ isNamedOnly, isQuick: runsQuick }) => (isQuick ? runsQuick : !isNamedOnly))

const started = performance.now()
// The parts import the peers and the library, which may be installed just now.
prepare()
const rows = [...(await measureParts(parts, isQuick ? QUICK_EFFORT : EFFORT)).values()].flat()

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
