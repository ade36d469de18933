/**
 * Whether a ratio is within its budget, or exceeds it by less than two equal servers differ in the same run.
 *
 * @param again - The ratio of a second bare server to the first one.
 */
export function isWithin(over, budget, again) {
  return over.median <= budget + Math.abs(again.median - 1)
}
