import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { nodeProgram } from '../../scripts/node-line.mjs'
import { build, installPackages, installTools, maintain } from '../../scripts/setup.mjs'
import { judge, withApplicableBudgets } from './budgets.mjs'
import { EFFORT, findParts, measureParts, PARTS, QUICK_EFFORT } from './parts.mjs'
import { describeRun, toTable, writeReport } from './report.mjs'

// node maintain/benchmarks/run.mjs [report] [--gate] [--quick] [--node=24] [the names of parts]: see README.md.
// With --quick, everything runs once to check that it works. Its figures are not reliable, so only exact
// budgets make it fail.

const { values: options, positionals } = parseArgs({
  options: {
    gate: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    node: { type: 'string' },
  },
  allowPositionals: true,
})
const isReport = positionals[0] === 'report'
const names = isReport ? positionals.slice(1) : positionals

if (options.node !== undefined && !process.version.startsWith(`v${options.node}.`)) {
  const args = process.argv.slice(2).filter((argument) => !argument.startsWith('--node='))
  const script = fileURLToPath(import.meta.url)
  const { status } = spawnSync(nodeProgram(options.node), [script, ...args], { stdio: 'inherit' })
  process.exitCode = status ?? 1
} else if (options.gate) {
  prepare()
  const { passGate } = await import('./gate.mjs')
  if (!(await passGate(names))) process.exitCode = 1
} else await measure()

/** Installs the other libraries and the databases if they are missing, and builds the packages. */
function prepare() {
  installPackages()
  if (!options.gate) installTools(['redis-server', 'postgresql'])
  installPackages(maintain)
  build()
}

async function measure() {
  if (isReport && options.quick)
    throw new Error('The figures of --quick are not reliable. Run `report` without it.')
  const parts = names.length > 0 ? findParts(names) : PARTS
  // The parts import the peers and the library, which may be installed just now.
  prepare()
  const measured = await measureParts(parts, options.quick ? QUICK_EFFORT : EFFORT)
  const judged = withApplicableBudgets(judge([...measured.values()].flat()))
  const rows = new Map(judged.map((row) => [row.what, row]))
  if (isReport)
    writeReport([...measured].map(([name, list]) => [name, list.map(({ what }) => rows.get(what))]))
  console.log(`\n${toTable(judged)}\n\n${describeRun()}`)
  reportMissed(judged)
}

function reportMissed(rows) {
  const missed = rows.filter(({ pass }) => pass === false)
  if (missed.length === 0) return
  console.error(`Budgets missed: ${missed.map(({ what }) => what).join('; ')}`)
  if (!options.quick || missed.some(({ isExact }) => isExact)) process.exitCode = 1
}
