export function median(values) {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/**
 * Ratios of values that were measured side by side. What disturbs a round (other processes on the machine)
 * disturbs both of its sides, so the median of ratios is steadier than the ratio of medians.
 */
export function ratio(values, bases) {
  const ratios = values.map((value, round) => value / bases[round])
  return { median: median(ratios), min: Math.min(...ratios), max: Math.max(...ratios) }
}

/** Another order in each round: who comes after whom must not decide. */
export function shuffled(list) {
  const order = [...list]
  for (let index = order.length - 1; index > 0; index--) {
    const other = Math.floor(Math.random() * (index + 1))
    ;[order[index], order[other]] = [order[other], order[index]]
  }
  return order
}
