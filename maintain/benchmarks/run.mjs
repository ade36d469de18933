import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { nodeProgram } from '../../scripts/node-line.mjs'
import { judge, withApplicableBudgets } from './budgets.mjs'
import { EFFORT, findParts, measureParts, PARTS, QUICK_EFFORT } from './parts.mjs'
import { prepare } from './prepare.mjs'
import { toTable, writeReport } from './report.mjs'
import { describeMachine, readResult, readResults, storeRows } from './results.mjs'
import { writePages } from './scale.mjs'

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
  prepare({ needsPeers: true })
  const { passGate } = await import('./gate.mjs')
  if (!(await passGate(names))) process.exitCode = 1
} else await measure()

async function measure() {
  if (isReport && options.quick)
    throw new Error('The figures of --quick are not reliable. Run `report` without it.')
  const parts = choose()
  const started = performance.now()
  // The parts import the peers and the library, which may be installed just now.
  prepare({ needsPeers: parts.some(({ isSelfContained }) => !isSelfContained) })
  const measured = await measureParts(parts, options.quick ? QUICK_EFFORT : EFFORT)
  const known = Object.values(readResult()?.parts ?? {}).flatMap(({ rows }) => rows)
  const judged = withApplicableBudgets(judge([...measured.values()].flat(), known))
  const rows = new Map(judged.map((row) => [row.what, row]))
  if (isReport) {
    storeRows(
      new Map([...measured].map(([name, list]) => [name, list.map(({ what }) => rows.get(what))])),
    )
    writeReport(readResults())
    writePages()
  }
  console.log(`\n${toTable(judged)}\n`)
  const date = new Date().toISOString().slice(0, 10)
  const seconds = ((performance.now() - started) / 1000).toFixed(0)
  console.log(`${date}, Node.js ${process.version}, ${describeMachine()}, ${seconds} s`)
  reportMissed(judged)
}

function choose() {
  if (names.length > 0) return findParts(names)
  if (options.quick) return PARTS.filter(({ isQuick }) => isQuick)
  return isReport ? PARTS : PARTS.filter(({ isNamedOnly }) => !isNamedOnly)
}

function reportMissed(rows) {
  const missed = rows.filter(({ pass }) => pass === false)
  if (missed.length === 0) return
  console.error(`Budgets missed: ${missed.map(({ what }) => what).join('; ')}`)
  if (!options.quick || missed.some(({ isExact }) => isExact)) process.exitCode = 1
}
