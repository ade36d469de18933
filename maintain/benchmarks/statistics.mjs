export function median(values) {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/**
 * Returns ratios of values that were measured in the same round. A disturbance, for example by other processes,
 * affects both values of a round, so the median of ratios is more stable than the ratio of medians.
 *
 * `low` and `high` are the bounds of the median: with a confidence of 95 %, the median of endless rounds is between them.
 */
export function ratio(values, bases) {
  const ratios = values.map((value, round) => value / bases[round])
  const sorted = ratios.toSorted((a, b) => a - b)
  const outside = outsideOfBounds(sorted.length)
  return {
    median: median(ratios),
    low: sorted[outside],
    high: sorted.at(-1 - outside),
    min: sorted[0],
    max: sorted.at(-1),
  }
}

/**
 * Returns the dispersion of a ratio of two equal servers: the largest distance from 1 that the median can have.
 *
 * @param again - The ratio of a bare server and the same server in another process.
 */
export function dispersionOf({ low, high }) {
  return Math.max(1 - low, high - 1, 0)
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

/**
 * Returns how many of the sorted values are outside of the bounds of the median on each side. Every value is above the
 * true median with a probability of one half, so the binomial distribution decides. It needs no other assumption.
 */
function outsideOfBounds(count) {
  let outside = 0
  let probability = 0.5 ** count
  let tail = probability
  while (tail <= 0.025) {
    outside++
    probability *= (count - outside + 1) / outside
    tail += probability
  }
  return Math.max(0, outside - 1)
}
