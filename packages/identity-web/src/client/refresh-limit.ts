// Limits how many sessions are refreshed at the same time.
import { IdentityError } from '../errors.ts'
import { secondsOf } from '../text.ts'

/**
 * The highest number of sessions that a process refreshes at the same time for one client. If many sessions expire
 * together, more parallel requests would not be faster, but each would take longer, until the timeout cancels it. If
 * the provider has replaced the refresh token by then, the new refresh token is lost.
 */
const MAX_AT_ONCE = 32

/** Runs a refresh, or lets it wait until another one has ended. */
export type RefreshLimit = <T>(refresh: () => Promise<T>) => Promise<T>

/**
 * Creates the limit for refreshes, which start in the order in which they were requested.
 *
 * @param waitSeconds - The longest time that a refresh waits for its start, in seconds.
 * @throws IdentityError The returned function throws `provider_unavailable` if a refresh waits longer.
 */
export function createRefreshLimit(waitSeconds: number): RefreshLimit {
  const waiting = new Set<() => void>()
  let running = 0

  function waitForTurn(): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        waiting.delete(start)
        reject(
          new IdentityError(
            'provider_unavailable',
            `Too many sessions expire at the same time. The refresh of this session did not start within ${secondsOf(waitSeconds)}. Try again in 2 seconds.`,
            { retryAfterSeconds: 2 },
          ),
        )
      }, waitSeconds * 1000)
      const start = (): void => {
        clearTimeout(timer)
        resolve()
      }
      waiting.add(start)
    })
  }

  /** Starts the next waiting refresh after a refresh has ended. */
  function next(): void {
    const [start] = waiting
    if (start === undefined) {
      running -= 1
      return
    }
    waiting.delete(start)
    start()
  }

  return async (refresh) => {
    if (running < MAX_AT_ONCE) running += 1
    else await waitForTurn()
    try {
      return await refresh()
    } finally {
      next()
    }
  }
}
