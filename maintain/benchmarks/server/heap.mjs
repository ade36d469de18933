/** Returns the heap of this process in bytes after a garbage collection. The process needs `--expose-gc`. */
export function takeHeap() {
  // Twice, because the second run collects objects that the first one finalized.
  globalThis.gc()
  globalThis.gc()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

/** The arguments of Node.js for a server that reports its heap. */
export const TELLS_HEAP = ['--expose-gc']
