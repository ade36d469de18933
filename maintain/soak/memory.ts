import type { World } from './world.ts'

/** The heap of one process in two quarters of the run, in bytes. */
export interface MemoryUse {
  readonly process: string
  readonly second: number
  readonly last: number
  /** The highest `last` minus `second` that is allowed. */
  readonly bound: number
}

/** Measures the heaps of all processes. */
export interface MemoryMeter {
  /** Measures each process after a garbage collection. */
  measure(atSeconds: number): Promise<void>
  /** Returns the median of the second and of the last quarter. */
  report(seconds: number): readonly MemoryUse[]
}

/**
 * Bytes that may be added to the heap between the second and the last quarter. A process caches up to 2,000 sessions and as
 * many token records. A refresh adds one of each, so these caches still grow after ten minutes.
 */
const GROWTH = 10_000_000

export function createMemoryMeter({ sites }: World): MemoryMeter {
  const processes = sites.flatMap(({ name, fleet }) =>
    fleet.processes.map((process, index) => ({
      name: `${name} ${index + 1}`,
      process,
      samples: [] as { readonly at: number; readonly heap: number }[],
    })),
  )
  return {
    async measure(at) {
      await Promise.all(
        processes.map(async ({ process, samples }) => {
          const { heapUsed } = await process.memory()
          samples.push({ at, heap: heapUsed })
        }),
      )
    },
    report: (seconds) =>
      processes.map(({ name, samples }) => {
        const between = (from: number, to: number): number =>
          median(
            samples
              .filter(({ at }) => at >= from * seconds && at < to * seconds)
              .map(({ heap }) => heap),
          )
        const second = between(0.25, 0.5)
        return { process: name, second, last: between(0.75, Infinity), bound: GROWTH }
      }),
  }
}

function median(values: number[]): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}
