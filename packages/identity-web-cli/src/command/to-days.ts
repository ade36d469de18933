import { UsageError } from './usage-error.js'

const DEFAULT_DAYS = 180
/** The maximum number of days. The portal of Entra ID does not offer more than two years. */
const MAX_DAYS = 730

/**
 * Returns the number of days until a secret or a certificate ends.
 *
 * @throws UsageError for a value that is not a number of days.
 */
export function toDays(value: string | undefined, option: string): number {
  if (value === undefined) return DEFAULT_DAYS
  const days = Number(value)
  if (Number.isInteger(days) && days >= 1 && days <= MAX_DAYS) return days
  throw new UsageError(`${option} ${value} must be a whole number from 1 to ${MAX_DAYS}.`)
}
