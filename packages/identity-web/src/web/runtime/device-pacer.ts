import type { IdentityError } from '../../errors.ts'

/** What came of asking about a sign-in with a code. */
export type DeviceOutcome =
  /** @see RFC 8628, section 3.5, for the seconds until the next poll */
  | { readonly status: 'pending'; readonly interval: number }
  | { readonly status: 'done'; readonly cookies: readonly string[] }
  | {
      readonly status: 'expired' | 'declined' | 'failed'
      readonly error: IdentityError
      readonly cookies: readonly string[]
    }

/** A flow that a browser polls for. */
export interface DeviceFlow {
  /** The transaction's id. */
  readonly id: string
  /** Seconds between two polls, as the provider gave them. */
  readonly interval: number
}

interface Pace {
  interval: number
  /** Milliseconds since 1970. */
  nextAt: number
  running: Promise<DeviceOutcome> | undefined
}

const MAX_PACES = 10_000

/**
 * Keeps the provider from being asked too often, whatever a page's script does: never sooner than the interval, which
 * `slow_down` makes longer, and once for polls that come together.
 *
 * It is kept for a process; with several behind a balancer the provider's own `slow_down` sets the pace.
 */
export interface DevicePacer {
  /**
   * @param ask - Asks the provider; it is told the interval of now, and what it gives back as `pending` is that of next
   *   time.
   */
  run(flow: DeviceFlow, poll: (interval: number) => Promise<DeviceOutcome>): Promise<DeviceOutcome>
}

/** @param clock - Milliseconds since 1970. */
export function createDevicePacer(clock: () => number): DevicePacer {
  const paces = new Map<string, Pace>()

  function paceOf({ id, interval }: DeviceFlow): Pace {
    const known = paces.get(id)
    if (known !== undefined) return known
    const pace: Pace = { interval: Math.max(1, interval), nextAt: 0, running: undefined }
    paces.set(id, pace)
    const [oldest] = paces.keys()
    // Its next poll may come a little early, no more.
    if (paces.size > MAX_PACES && oldest !== undefined) paces.delete(oldest)
    return pace
  }

  async function pollFor(
    id: string,
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
      const early = pace.nextAt - clock()
      if (early > 0) return { status: 'pending', interval: Math.ceil(early / 1000) }
      pace.running = pollFor(flow.id, pace, poll)
      return pace.running
    },
  }
}
