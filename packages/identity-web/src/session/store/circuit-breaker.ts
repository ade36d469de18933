const FAILURES = 3
/** Milliseconds between two tries of a store that is down. */
const RETRY_PAUSE = 1000

/** Keeps a dead store from costing its time-out on each request, and finds out when it is back. */
export interface CircuitBreaker {
  /** Whether to ask the store. While it is down, one request at a time finds out whether it is back. */
  admits(): boolean
  succeeded(): void
  failed(cause: unknown): void
}

/**
 * @param options.clock - Milliseconds, of any beginning.
 * @param options.onChange - Told once when the store goes down, with the reason, and once when it is back.
 */
export function createCircuitBreaker(options: {
  readonly clock: () => number
  readonly onChange: (change: { readonly isDown: boolean; readonly cause?: unknown }) => void
}): CircuitBreaker {
  const { clock, onChange } = options
  let failures = 0
  let nextTry = 0
  const isDown = (): boolean => failures >= FAILURES

  return {
    admits() {
      if (!isDown()) return true
      const now = clock()
      if (now < nextTry) return false
      nextTry = now + RETRY_PAUSE
      return true
    },

    succeeded() {
      const wasDown = isDown()
      failures = 0
      if (wasDown) onChange({ isDown: false })
    },

    failed(cause) {
      failures += 1
      nextTry = clock() + RETRY_PAUSE
      if (failures === FAILURES) onChange({ isDown: true, cause })
    },
  }
}
