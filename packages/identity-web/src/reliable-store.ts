// Adds a time limit and a circuit breaker to a store.
import type { IdentityError } from './errors.ts'
import type { EventEmitter } from './event-emitter.ts'
import { andThen, isThenable, type MaybePromise } from './maybe-promise.ts'
import {
  type SessionStore,
  type StoreLock,
  StoreRejection,
  assertStored,
  withKeyvErrors,
} from './store.ts'
import { storeFailure, StoreTimeout, storeUnavailable, type StoreWords } from './store-failure.ts'

/**
 * The store of the application, with a timeout, a circuit breaker and one error for every failure. All durations are in
 * seconds.
 *
 * @throws IdentityError `store_unavailable` from every method, if the store fails or is too slow.
 */
export interface ReliableStore {
  /**
   * Returns the values in the order of the keys.
   *
   * @returns `undefined` for keys that are not stored and for values that are not strings.
   */
  getMany(keys: readonly string[]): MaybePromise<readonly (string | undefined)[]>
  set(key: string, value: string, ttlSeconds: number): MaybePromise<unknown>
  delete(key: string): MaybePromise<unknown>
  /** Extends the life of a value. The method is not set if the store does not support it. */
  readonly touch?: (key: string, ttlSeconds: number) => MaybePromise<unknown>
  /**
   * Acquires a lock. It returns `undefined` if another server has the lock. The method is not set if the store does not
   * support locks.
   */
  readonly lock?: (key: string, ttlSeconds: number) => Promise<ReliableLock | undefined>
}

export interface ReliableLock {
  /** Stores a value. Returns `false` if another server acquired the lock in the meantime. */
  set(key: string, value: string, ttlSeconds: number): Promise<unknown>
  release(): Promise<unknown>
}

export interface ReliableStoreOptions {
  /** The words about the store in errors. */
  readonly words: StoreWords
  /** The time in seconds after which a request to the store fails. */
  readonly timeoutSeconds: number
  /** The number of failures after which requests do not wait for the store any more. @defaultValue `3` */
  readonly maxFailures?: number
  /** Reports that the store is available again. */
  readonly events?: EventEmitter
  /** A function that is called once when the store becomes unavailable, and once when it is available again. */
  readonly onChange?: (isDown: boolean) => void
  /**
   * A function that is called with the error for each failed request to the store, and if a Keyv has lost its
   * connection.
   */
  readonly onFailure?: (error: IdentityError) => void
}

/** The maximum number of requests that wait for a store at the same time. It limits the memory. */
const MAX_WAITING = 5000
/** The maximum number of calls of `get` at the same time for one request, because a pool has few connections. */
const MAX_PARALLEL = 20

/**
 * Adds a timeout and a circuit breaker to a store, and converts all failures to one error. If the store returns a value
 * without a promise, the methods of the result do so too.
 */
export function createReliableStore(
  given: SessionStore,
  { words, events, timeoutSeconds, maxFailures = 3, onChange, onFailure }: ReliableStoreOptions,
): ReliableStore {
  const breaker = createCircuitBreaker(maxFailures, (isDown) => {
    onChange?.(isDown)
    if (isDown) return
    const message = `The ${words.name} responds again.`
    events?.emit('store.available', { level: 'info', message })
  })
  const store = withKeyvErrors(given, (cause) => onFailure?.(storeFailure(words, cause)))
  const hasGetMany = typeof store.getMany === 'function'
  let waiting = 0

  function call(method: () => unknown): MaybePromise<unknown> {
    if (!breaker.allowsRequest()) throw storeUnavailable(`The ${words.name} is unavailable.`, words)
    if (waiting >= MAX_WAITING) {
      throw storeUnavailable(`Too many requests are waiting for the ${words.name}.`, words)
    }
    try {
      const result = method()
      if (isThenable(result)) return withTimeout(result)
      breaker.succeeded()
      return result
    } catch (error) {
      throw failed(error)
    }
  }

  async function withTimeout(result: PromiseLike<unknown>): Promise<unknown> {
    waiting += 1
    let timer: ReturnType<typeof setTimeout> | undefined
    const expired = new Promise<never>((_, reject) => {
      // If the process was busy, the response may have arrived in time and wait in its socket. The event loop reads it
      // between two timers.
      timer = setTimeout(() => {
        timer = setTimeout(() => {
          // Create the error only on a timeout, because its stack trace is slow.
          reject(new StoreTimeout(words.name, timeoutSeconds))
        })
      }, timeoutSeconds * 1000)
    })
    try {
      const value = await Promise.race([result, expired])
      breaker.succeeded()
      return value
    } catch (error) {
      throw failed(error)
    } finally {
      clearTimeout(timer)
      waiting -= 1
    }
  }

  function failed(cause: unknown): IdentityError {
    const error = storeFailure(words, cause)
    onFailure?.(error)
    breaker.failed()
    return error
  }

  async function lock(key: string, ttlSeconds: number): Promise<ReliableLock | undefined> {
    let isWaitedFor = true
    try {
      const acquired = (await call(async () => {
        const late = await store.lock?.(key, toMilliseconds(ttlSeconds))
        // After a timeout, release the lock. Otherwise, other servers would wait until it expires.
        if (!isWaitedFor) await late?.release()
        return late
      })) as StoreLock | undefined
      return (
        acquired && {
          set: async (at, value, seconds) =>
            call(() => acquired.set(at, value, toMilliseconds(seconds))),
          release: async () => call(() => acquired.release()),
        }
      )
    } finally {
      isWaitedFor = false
    }
  }

  return {
    getMany,
    set: (key, value, ttlSeconds) =>
      call(() => {
        const result = store.set(key, value, toMilliseconds(ttlSeconds))
        return andThen(result, assertStored)
      }),
    delete: (key) => {
      const result = call(() => store.delete(key))
      return andThen(result, (deleted) => assertDeleted(key, deleted))
    },
    ...(store.touch !== undefined && {
      touch: (key: string, ttlSeconds: number) =>
        call(() => store.touch?.(key, toMilliseconds(ttlSeconds))),
    }),
    ...(store.lock !== undefined && { lock }),
  }

  /**
   * Checks that a value was deleted. Many stores also return `false` for a key that is not stored, so this function
   * reads the value again.
   */
  function assertDeleted(key: string, result: unknown): MaybePromise<unknown> {
    if (result !== false) return result
    return andThen(getMany([key]), ([value]) => {
      if (value !== undefined) throw failed(new StoreRejection('delete'))
      return result
    })
  }

  function getMany(keys: readonly string[]): MaybePromise<readonly (string | undefined)[]> {
    const values = call(() => (hasGetMany ? store.getMany?.([...keys]) : getEach(keys)))
    return andThen(values, toStrings)
  }

  function getEach(keys: readonly string[]): MaybePromise<readonly unknown[]> {
    const values = keys.slice(0, MAX_PARALLEL).map((key) => store.get(key))
    const read = values.some(isThenable) ? Promise.all(values) : values
    if (keys.length <= MAX_PARALLEL) return read
    return andThen(read, (some) =>
      andThen(getEach(keys.slice(MAX_PARALLEL)), (others) => [...some, ...others]),
    )
  }
}

function toStrings(values: unknown): readonly (string | undefined)[] {
  return (values as readonly unknown[]).map((value) =>
    typeof value === 'string' ? value : undefined,
  )
}

function toMilliseconds(seconds: number): number {
  return Math.max(1, Math.ceil(seconds * 1000))
}

/** The time in seconds between two tries while the circuit breaker is open. */
const RETRY_PAUSE_SECONDS = 1

/**
 * Creates a circuit breaker. It opens after some failures of a store, so that requests do not have to wait for its
 * timeout. While it is open, at most one request per second tries the store. It closes when a request succeeds.
 *
 * @param onChange - A function that is called once when the circuit breaker opens, and once when it closes.
 */
function createCircuitBreaker(maxFailures: number, onChange: (isDown: boolean) => void) {
  let failures = 0
  let nextTry = 0
  const isOpen = (): boolean => failures >= maxFailures

  return {
    allowsRequest(): boolean {
      if (!isOpen()) return true
      // The application's clock can jump, so the circuit breaker does not use it.
      const now = performance.now()
      if (now < nextTry) return false
      nextTry = now + RETRY_PAUSE_SECONDS * 1000
      return true
    },

    succeeded(): void {
      const wasOpen = isOpen()
      failures = 0
      if (wasOpen) onChange(false)
    },

    failed(): void {
      failures += 1
      nextTry = performance.now() + RETRY_PAUSE_SECONDS * 1000
      if (failures === maxFailures) onChange(true)
    },
  }
}

/** The pauses of {@link tries}, in seconds. The first one is short because most refreshes are short. */
const FIRST_RETRY_PAUSE_SECONDS = 0.025
const MAX_RETRY_PAUSE_SECONDS = 0.25

/**
 * Yields immediately, and again after growing, random pauses until the time is over. The random part prevents servers
 * from trying at the same moment.
 */
export async function* tries(seconds: number): AsyncGenerator<void> {
  // The application's clock can jump, so this function does not use it.
  const end = performance.now() + seconds * 1000
  for (
    let pause = FIRST_RETRY_PAUSE_SECONDS;
    ;
    pause = Math.min(MAX_RETRY_PAUSE_SECONDS, pause * 2)
  ) {
    yield
    if (performance.now() + pause * 1000 > end) return
    const milliseconds = pause * 1000 * (0.5 + Math.random())
    await new Promise((resolve) => setTimeout(resolve, milliseconds))
  }
}
