import { PerformanceObserver } from 'node:perf_hooks'

/**
 * The arguments of Node.js for a server whose allocations are measured. The space for new objects is so large that no
 * garbage collection happens during a measurement, so the growth of the heap is the sum of all allocations.
 */
export const ALLOCATES = ['--expose-gc', '--min-semi-space-size=256', '--max-semi-space-size=256']

let collections
let observer

/**
 * Returns the bytes that are in use. The first call collects the garbage.
 *
 * @throws when a garbage collection happened since the last call, because the difference is then not the allocations.
 */
export async function takeAllocations({ isStart }) {
  observer ??= countCollections()
  if (isStart) globalThis.gc()
  // The observer is called in a later turn.
  await new Promise((resolve) => setTimeout(resolve, 10))
  if (isStart) collections = 0
  else if (collections > 0) throw new Error('The garbage was collected during the measurement.')
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

function countCollections() {
  const counter = new PerformanceObserver((list) => (collections += list.getEntries().length))
  counter.observe({ entryTypes: ['gc'] })
  return counter
}
