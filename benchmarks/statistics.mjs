export function median(values) {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/**
 * Returns ratios of values that were measured in the same round. A disturbance, for example by other processes,
 * affects both values of a round, so the median of ratios is more stable than the ratio of medians.
 */
export function ratio(values, bases) {
  const ratios = values.map((value, round) => value / bases[round])
  return { median: median(ratios), min: Math.min(...ratios), max: Math.max(...ratios) }
}

/** Returns the list in random order, because the order within a round must not affect the results. */
export function shuffled(list) {
  const order = [...list]
  for (let index = order.length - 1; index > 0; index--) {
    const other = Math.floor(Math.random() * (index + 1))
    ;[order[index], order[other]] = [order[other], order[index]]
  }
  return order
}
