const FAILURES = 3
/** Milliseconds between two tries while the circuit breaker is open. */
const RETRY_PAUSE = 1000

/**
 * Opens after three failures of a store, so that requests do not have to wait for its timeout. While it is open, at
 * most one request per second tries the store. The circuit breaker closes when a request succeeds.
 */
export interface CircuitBreaker {
  /** Whether a request may use the store now. */
  allowsRequest(): boolean
  succeeded(): void
  failed(cause: unknown): void
}

/** The options of a circuit breaker. */
export interface CircuitBreakerOptions {
  /** Returns milliseconds since a fixed moment. */
  readonly clock: () => number
  /** Called once when the circuit breaker opens, with the cause, and once when it closes. */
  readonly onChange: (change: { readonly isDown: boolean; readonly cause?: unknown }) => void
}

/** Creates a closed circuit breaker. */
export function createCircuitBreaker({ clock, onChange }: CircuitBreakerOptions): CircuitBreaker {
  let failures = 0
  let nextTry = 0
  const isOpen = (): boolean => failures >= FAILURES

  return {
    allowsRequest() {
      if (!isOpen()) return true
      const now = clock()
      if (now < nextTry) return false
      nextTry = now + RETRY_PAUSE
      return true
    },

    succeeded() {
      const wasOpen = isOpen()
      failures = 0
      if (wasOpen) onChange({ isDown: false })
    },

    failed(cause) {
      failures += 1
      nextTry = clock() + RETRY_PAUSE
      if (failures === FAILURES) onChange({ isDown: true, cause })
    },
  }
}
