import type { Exchange } from '../network/record-fetch.js'
import { error, ok, skipped, warning } from '../report/finding.js'
import type { Check } from './check.js'

/** The difference between clocks, in seconds, that the library accepts by default. */
const TOLERANCE = 60
/**
 * The difference in seconds up to which a clock is accurate. A clock that is set by NTP differs by less than one
 * second.
 */
const ACCURATE = 10

/** Compares the clock of this computer with the header `Date` of the provider. */
export const clock: Check = {
  name: 'clock',
  isPerIssuer: true,
  looksAt: 'whether the clock of this computer agrees with the provider',
  async run(evidence) {
    const provider = await evidence.provider()
    const offsets = (provider?.exchanges ?? []).flatMap(offsetOf)
    if (offsets.length === 0)
      return skipped('The response of the provider does not contain the time.')
    // A response from a cache has an old date. The smallest difference is the most recent response.
    const offset = offsets.reduce((a, b) => (Math.abs(b) < Math.abs(a) ? b : a))
    const seconds = Math.round(Math.abs(offset))
    const found = `The clock of this computer is ${seconds} seconds ${offset > 0 ? 'late' : 'early'}.`
    const tolerance = evidence.subject.options.clockToleranceSeconds ?? TOLERANCE
    if (seconds > tolerance)
      return error(
        `${found} The app rejects tokens if the difference is ${tolerance} seconds or more.`,
        'Set the clock, and turn on its synchronization (NTP), for example with "timedatectl set-ntp true". In a virtual machine, check the clock of the host.',
      )
    return seconds > ACCURATE
      ? warning(found, 'Turn on the synchronization of the clock (NTP).')
      : ok('The clock agrees with the provider.')
  },
}

/** Returns by how many seconds the clock of the provider is ahead. The header contains whole seconds. */
function offsetOf({ headers, sentAt, receivedAt }: Exchange): number[] {
  const date = Date.parse(headers?.get('date') ?? '')
  return Number.isNaN(date) ? [] : [(date + 500 - (sentAt + receivedAt) / 2) / 1000]
}
