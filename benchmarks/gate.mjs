import { judge } from './budgets.mjs'
import { compareRows, mergeRuns } from './compare.mjs'
import { EFFORT, findParts, measureParts } from './parts.mjs'
import { readResult } from './results.mjs'

const PARTS_OF_GATE = ['guard', 'api']
/** Other libraries are not compared. */
const GATE_EFFORT = { ...EFFORT, withPeers: false }

/**
 * Compares our ratios with the stored ones of this line of Node.js, and prints each row. Parts with a loss are measured
 * again, because a loss must appear twice.
 *
 * @returns Whether the gate is open: no row lost, and the machine was quiet enough to see that.
 */
export async function passGate(names) {
  const stored = readResult()
  if (stored === undefined) {
    throw new Error(
      `No ratios are stored for ${process.version}. Run \`npm run bench -- report\` with this line of Node.js first.`,
    )
  }
  const parts = findParts(names.length > 0 ? names : PARTS_OF_GATE).filter(
    ({ name }) => stored.parts[name] !== undefined,
  )
  const first = await compareParts(parts, stored)
  const doubtful = parts.filter(({ name }) => first.get(name).some(isDoubtful))
  const second =
    doubtful.length > 0 ? await compareParts(doubtful, stored) : new Map(/* nothing to repeat */)
  const comparisons = parts.flatMap(({ name }) =>
    mergeRuns(first.get(name), second.get(name) ?? []),
  )
  print(comparisons)
  return comparisons.length > 0 && !comparisons.some(isDoubtful)
}

async function compareParts(parts, stored) {
  const measured = await measureParts(parts, GATE_EFFORT)
  return new Map(
    [...measured].map(([name, rows]) => [name, compareRows(stored.parts[name].rows, judge(rows))]),
  )
}

function isDoubtful({ isLost, isUnclear }) {
  return isLost || isUnclear
}

function print(comparisons) {
  console.table(
    comparisons.map(({ what, stored, measured, change, allowed, dispersion, ...result }) => ({
      row: what,
      stored: `${stored.toFixed(2)} ×`,
      now: `${measured.toFixed(2)} ×`,
      change: toPercent(change),
      allowed: toPercent(allowed),
      dispersion: toPercent(dispersion),
      result: toResult(result),
    })),
  )
  const lost = comparisons.filter(({ isLost }) => isLost)
  if (lost.length > 0) console.error(`Slower than stored: ${namesOf(lost)}`)
  const unclear = comparisons.filter(({ isUnclear }) => isUnclear)
  if (unclear.length > 0) {
    console.error(`Not clear: ${namesOf(unclear)}. Run the gate again without other work.`)
  }
}

function toResult({ isLost, isUnclear }) {
  if (isLost) return 'LOSS'
  return isUnclear ? 'not clear' : 'ok'
}

function toPercent(share) {
  return `${(share * 100).toFixed(1)} %`
}

function namesOf(comparisons) {
  return comparisons.map(({ what }) => what).join('; ')
}
