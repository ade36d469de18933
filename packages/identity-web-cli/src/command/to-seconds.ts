import { UsageError } from './usage-error.js'

// A timer with a longer time would end at once.
const MAX_SECONDS = 86_400

/** @throws UsageError for a value that is not a number of seconds. */
export function toSeconds(value: string, option: string): number {
  const seconds = Number(value)
  if (seconds > 0 && seconds <= MAX_SECONDS) return seconds
  throw new UsageError(
    `${option} is '${value}'. Set it to a number of seconds up to ${MAX_SECONDS}.`,
  )
}
