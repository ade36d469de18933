import { judge, labelOf } from './budgets.mjs'
import { OURS } from './guard/frameworks.mjs'
import { findParts, GATE_EFFORT, measureParts, PARTS } from './parts.mjs'

/** A row fails at this multiple of its budget. On a busy machine, equal servers differ by less than that. */
const LARGEST_USE = 1.4
/** Other budgets refer to its rows. */
const BASE = 'express'

/**
 * Compares our guards with their budgets, and prints each row. Parts with a row that is too slow are measured again, because
 * a loss of the code appears in both runs, and a disturbance of the machine usually in one.
 *
 * @param names - Only these parts. Without names, every part with a guard.
 * @returns Whether the gate is open.
 */
export async function passGate(names) {
  const chosen = names.length > 0 ? findParts([BASE, ...names]) : PARTS
  const parts = [...new Set(chosen)].filter(({ loadForGate }) => loadForGate !== undefined)
  const first = await measureGate(parts)
  const slow = parts.filter(({ name }) => first.get(name).some(isSlow))
  const second = await measureGate(slow, [...first.values()].flat())
  for (const { name } of parts) print(name, first.get(name), second.get(name) ?? [])
  const failed = slow.flatMap(({ name }) => findSlow(first.get(name), second.get(name)))
  if (failed.length > 0) console.error(`Too slow in two runs: ${failed.join('; ')}`)
  return failed.length === 0
}

/** @param known - Rows of the first run, to which budgets can refer. */
async function measureGate(parts, known) {
  const loaded = parts.map((part) => ({ ...part, load: part.loadForGate }))
  const measured = await measureParts(loaded, GATE_EFFORT)
  const rows = judge([...measured.values()].flat(), known)
  const judged = new Map(rows.map((row) => [row.what, row]))
  return new Map(
    [...measured].map(([name, list]) => [name, list.map(({ what }) => judged.get(what))]),
  )
}

/** Also if a row of ours has no budget: a gate that cannot judge must not be open. */
function isSlow({ what, use }) {
  return labelOf(what) === OURS && !(use <= LARGEST_USE)
}

/** Returns the names of the rows that were too slow in both runs. */
export function findSlow(first, second) {
  const again = new Set(second.filter(isSlow).map(({ what }) => what))
  return first.filter((row) => isSlow(row) && again.has(row.what)).map(({ what }) => what)
}

function print(name, first, second) {
  const later = new Map(second.map((row) => [row.what, row]))
  console.log(`\n${name}`)
  console.table(
    first.map((row) => ({
      row: row.what,
      figure: row.figure,
      ratio: row.ratio.median.toFixed(2),
      probe: row.overProbe?.median.toFixed(2) ?? '',
      budget: row.budget ?? '',
      use: toPercent(row.use),
      again: toPercent(later.get(row.what)?.use),
    })),
  )
}

function toPercent(share) {
  return share === undefined ? '' : `${Math.round(share * 100)} %`
}
