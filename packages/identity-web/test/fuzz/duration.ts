import type { FuzzTarget } from './target.ts'

const SHORT = 50_000
const FACTOR = 4
/** Work that is linear takes 4 times as long, and quadratic work 16 times. Other processes disturb each measurement. */
const HIGHEST_RATIO = 9
/** Milliseconds. A shorter duration says nothing about its growth. */
const SHORTEST = 40

/** A long input that takes longer than it should. */
export interface SlowInput {
  readonly input: unknown
  readonly message: string
}

/**
 * Checks that the duration grows with the length of an input, and not with its square.
 *
 * @returns The first input that takes too long, or `undefined`.
 */
export async function slowerThanLinear(target: FuzzTarget): Promise<SlowInput | undefined> {
  const short = target.long(SHORT)
  for (const [index, long] of target.long(SHORT * FACTOR).entries()) {
    const pair = { short: short[index], long }
    // oxlint-disable-next-line no-await-in-loop
    if (!isTooSlow(await measure(target, pair, 2))) continue
    // Measured again, because the garbage collector or another process may have been the reason.
    // oxlint-disable-next-line no-await-in-loop
    const durations = await measure(target, pair, 8)
    if (!isTooSlow(durations)) continue
    const times = `${durations.short.toFixed(1)} ms and ${durations.long.toFixed(1)} ms`
    const message = `An input that is ${FACTOR} times as long takes more than ${HIGHEST_RATIO} times as long: ${times}.`
    return { input: pair.short, message }
  }
  return undefined
}

interface Durations {
  readonly short: number
  readonly long: number
}

function isTooSlow({ short, long }: Durations): boolean {
  return long >= SHORTEST && long > short * HIGHEST_RATIO
}

/** Returns the shortest processor time of several rounds, in milliseconds. */
async function measure(
  { check }: FuzzTarget,
  inputs: Record<keyof Durations, unknown>,
  rounds: number,
): Promise<Durations> {
  const shortest = { short: Infinity, long: Infinity }
  for (let round = 0; round < rounds; round++) {
    for (const length of ['short', 'long'] as const) {
      const start = process.cpuUsage()
      // oxlint-disable-next-line no-await-in-loop
      await check(inputs[length])
      shortest[length] = Math.min(shortest[length], process.cpuUsage(start).user / 1000)
    }
  }
  return shortest
}
