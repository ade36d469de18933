/** Returns the memory of this process in bytes after a garbage collection. The process needs `--expose-gc`. */
export function takeMemory() {
  // Twice, because the second run collects objects that the first one finalized.
  globalThis.gc()
  globalThis.gc()
  const { rss, heapUsed, external } = process.memoryUsage()
  return { rss, heap: heapUsed + external }
}

/** The arguments of Node.js for a server that reports its memory. */
export const TELLS_MEMORY = ['--expose-gc']

/** Describes several measurements of a process in one line of a report. */
export function describeMemory(moments) {
  const megabytes = (name) => moments.map((moment) => toMegabytes(moment[name])).join(' → ')
  return `${megabytes('rss')} MB resident, ${megabytes('heap')} MB heap`
}

function toMegabytes(bytes) {
  return (bytes / 1e6).toFixed(0)
}
