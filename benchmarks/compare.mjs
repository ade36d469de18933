import { groupOf, labelOf } from './budgets.mjs'
import { OURS } from './guard/frameworks.mjs'

/** Two processes of the same program differ by this much even on a quiet machine. */
const SMALLEST_LOSS = 0.06
/** With a larger dispersion, the gate could not see a loss that matters. */
const LARGEST_DISPERSION = 0.2

/**
 * Compares the ratios of our servers with stored ones.
 *
 * @param stored - Rows of the stored result.
 * @param measured - Rows of this run, with the dispersion of their group.
 * @returns One comparison for each of our rows: `change` is the relative change of the ratio, and `allowed` the largest
 *   change that is not a loss. `isLost` says that the ratio grew more. `isUnclear` says that the machine was too busy.
 */
export function compareRows(stored, measured) {
  const earlier = new Map(stored.map((row) => [row.what, row]))
  return measured
    .filter(({ what, ratio }) => ratio !== undefined && labelOf(what).startsWith(OURS))
    .filter(({ what }) => earlier.has(what))
    .map((row) => compareRow(earlier.get(row.what), row))
}

function compareRow(stored, row) {
  const { what, ratio } = row
  const dispersion = spreadOf(row)
  const allowed = Math.max(SMALLEST_LOSS, dispersion, spreadOf(stored))
  const change = ratio.median / stored.ratio.median - 1
  return {
    what,
    group: groupOf(what),
    stored: stored.ratio.median,
    measured: ratio.median,
    change,
    allowed,
    dispersion,
    isLost: change > allowed,
    isUnclear: change <= allowed && dispersion > LARGEST_DISPERSION,
  }
}

/** The dispersion of the group. Without a bare server in the group, the bounds of the row's own ratio decide. */
function spreadOf({ dispersion, ratio: { low, median, high } }) {
  return dispersion ?? (high - low) / 2 / median
}

/**
 * Returns the better comparison of each row in two runs. A loss of the code appears in both runs, and a disturbance
 * of the machine usually in one.
 */
export function mergeRuns(first, second) {
  const later = new Map(second.map((comparison) => [comparison.what, comparison]))
  return first.map((comparison) => {
    const other = later.get(comparison.what)
    return other !== undefined && rankOf(other) < rankOf(comparison) ? other : comparison
  })
}

function rankOf({ isLost, isUnclear }) {
  if (isLost) return 2
  return isUnclear ? 1 : 0
}
