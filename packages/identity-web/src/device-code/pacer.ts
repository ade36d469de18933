// Limits how often the provider is polled.
import type { IdentityError } from '../errors.ts'

/** The result of polling the provider for a sign-in with a code. */
export type DeviceOutcome =
  /** The user has not finished yet. `interval` is the number of seconds until the next poll (RFC 8628, section 3.5). */
  | { readonly status: 'pending'; readonly interval: number }
  | { readonly status: 'done'; readonly cookies: readonly string[] }
  | {
      readonly status: 'expired' | 'declined' | 'failed'
      readonly error: IdentityError
      readonly cookies: readonly string[]
    }

/** A sign-in that a browser polls for. */
export interface DeviceFlow {
  /** The transaction's id. */
  readonly id: string
  /** How many seconds the provider requires between two polls. */
  readonly interval: number
  /** Milliseconds since 1970. */
  readonly clock: () => number
}

interface Pace {
  interval: number
  /** Milliseconds since 1970. */
  nextAt: number
  running: Promise<DeviceOutcome> | undefined
}

const MAX_PACES = 10_000

/**
 * Limits how often the provider is polled, independently of the page's script.
 *
 * There is at least one interval between two polls, and `slow_down` makes the interval longer. Polls that arrive at the
 * same time share one request. The limit applies to one process, so if several processes share the load, the provider's
 * `slow_down` limits them.
 */
export interface DevicePacer {
  /** @param poll - Polls the provider: it gets the current interval, and returns the next one as `interval`. */
  run(flow: DeviceFlow, poll: (interval: number) => Promise<DeviceOutcome>): Promise<DeviceOutcome>
}

export function createDevicePacer(): DevicePacer {
  const paces = new Map<string, Pace>()

  function paceOf({ id, interval }: DeviceFlow): Pace {
    const known = paces.get(id)
    if (known !== undefined) return known
    const pace: Pace = { interval: Math.max(1, interval), nextAt: 0, running: undefined }
    paces.set(id, pace)
    const [oldest] = paces.keys()
    // The only effect is that the next poll of this sign-in may come early.
    if (paces.size > MAX_PACES && oldest !== undefined) paces.delete(oldest)
    return pace
  }

  async function pollFor(
    { id, clock }: DeviceFlow,
    pace: Pace,
    poll: (interval: number) => Promise<DeviceOutcome>,
  ): Promise<DeviceOutcome> {
    const polledAt = clock()
    try {
      const outcome = await poll(pace.interval)
      if (outcome.status === 'pending') pace.interval = outcome.interval
      else paces.delete(id)
      return outcome
    } finally {
      pace.nextAt = polledAt + pace.interval * 1000
      pace.running = undefined
    }
  }

  return {
    async run(flow, poll) {
      const pace = paceOf(flow)
      if (pace.running !== undefined) return pace.running
      const early = pace.nextAt - flow.clock()
      if (early > 0) return { status: 'pending', interval: Math.ceil(early / 1000) }
      pace.running = pollFor(flow, pace, poll)
      return pace.running
    },
  }
}
