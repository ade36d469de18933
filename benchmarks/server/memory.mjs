/** Bytes of this process after a garbage collection. It must have been started with `--expose-gc`. */
export function takeMemory() {
  // Twice: what the first one finalizes is collected by the second.
  globalThis.gc()
  globalThis.gc()
  const { rss, heapUsed, external } = process.memoryUsage()
  return { rss, heap: heapUsed + external }
}

/** What a server may be started with to tell of its memory. */
export const TELLS_MEMORY = ['--expose-gc']

/** Several moments of a process, for one line of a report. */
export function describeMemory(moments) {
  const megabytes = (name) => moments.map((moment) => toMegabytes(moment[name])).join(' → ')
  return `${megabytes('rss')} MB resident, ${megabytes('heap')} MB heap`
}

function toMegabytes(bytes) {
  return (bytes / 1e6).toFixed(0)
}
