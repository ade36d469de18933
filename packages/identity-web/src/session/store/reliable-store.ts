import { IdentityError } from '../../errors.ts'
import type { MaybePromise } from '../../maybe-promise.ts'
import type { SessionStore, StoreLock } from '../../store.ts'
import { createCircuitBreaker } from './circuit-breaker.ts'

/** A store that answers in time, or fails as `store_unavailable`. All durations are seconds. */
export interface ReliableStore {
  /** In the order of the keys; `undefined` for what is not there, and for what is no text. */
  getMany(keys: readonly string[]): MaybePromise<readonly (string | undefined)[]>
  set(key: string, value: string, ttl: number): MaybePromise<unknown>
  delete(key: string): MaybePromise<unknown>
  /** Absent where the store can't. */
  readonly touch?: (key: string, ttl: number) => MaybePromise<unknown>
  /** Absent where the store can't. Gives `undefined` where somebody else has the lock. */
  readonly lock?: (key: string, ttl: number) => Promise<ReliableLock | undefined>
}

/** A lock that was got, of a store that answers in time. */
export interface ReliableLock {
  /** Gives `false` where somebody else got the lock since. */
  set(key: string, value: string, ttl: number): Promise<unknown>
  release(): Promise<unknown>
}

/** How to judge a store. */
export interface ReliableStoreOptions {
  /** Seconds that the store has to answer. */
  readonly timeout: number
  /** Told once when the store goes down, with the reason, and once when it is back. */
  readonly onChange: (change: StoreChange) => void
}

/** A store that went down, or is back. */
export interface StoreChange {
  readonly isDown: boolean
  readonly cause?: unknown
}

/** So many requests may wait for a store; more would only fill the memory. */
const MAX_WAITING = 5000
/** Whoever was turned away may come again after so many seconds. */
const RETRY_AFTER = 2

/** Makes one error of a store's failures and of its silence. What it has at once, without a promise, is given at once. */
export function createReliableStore(
  store: SessionStore,
  { timeout, onChange }: ReliableStoreOptions,
): ReliableStore {
  // Not the application's clock, which may jump.
  const breaker = createCircuitBreaker({ clock: () => performance.now(), onChange })
  const hasGetMany = canGetMany(store)
  let waiting = 0

  function ask(act: () => unknown): MaybePromise<unknown> {
    if (!breaker.admits()) throw unavailable('The session store does not answer.')
    if (waiting >= MAX_WAITING) throw unavailable('Too many requests wait for the session store.')
    try {
      const answer = act()
      if (isThenable(answer)) return inTime(answer)
      breaker.succeeded()
      return answer
    } catch (error) {
      throw failed(error)
    }
  }

  async function inTime(answer: PromiseLike<unknown>): Promise<unknown> {
    waiting += 1
    let timer: ReturnType<typeof setTimeout> | undefined
    const silence = new Promise<never>((_, reject) => {
      // Only there: the stack of an error costs as much as all else that is done here.
      timer = setTimeout(() => {
        reject(new Error(`No answer within ${timeout} seconds.`))
      }, timeout * 1000)
    })
    try {
      const value = await Promise.race([answer, silence])
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
    breaker.failed(cause)
    return unavailable('The session store failed.', cause)
  }

  async function lock(key: string, ttl: number): Promise<ReliableLock | undefined> {
    let isWaitedFor = true
    try {
      const got = (await ask(async () => {
        const late = await store.lock?.(key, toMilliseconds(ttl))
        // Nobody waits for it any more, and others must not wait until it ends by itself.
        if (!isWaitedFor) await late?.release()
        return late
      })) as StoreLock | undefined
      return (
        got && {
          set: async (at, value, seconds) => ask(() => got.set(at, value, toMilliseconds(seconds))),
          release: async () => ask(() => got.release()),
        }
      )
    } finally {
      isWaitedFor = false
    }
  }

  return {
    getMany: (keys) => {
      const answer = ask(() => (hasGetMany ? store.getMany?.([...keys]) : getEach(keys)))
      return answer instanceof Promise ? answer.then(toTexts) : toTexts(answer)
    },
    set: (key, value, ttl) => ask(() => store.set(key, value, toMilliseconds(ttl))),
    delete: (key) => ask(() => store.delete(key)),
    ...(store.touch !== undefined && {
      touch: (key: string, ttl: number) => ask(() => store.touch?.(key, toMilliseconds(ttl))),
    }),
    ...(store.lock !== undefined && { lock }),
  }

  function getEach(keys: readonly string[]): readonly unknown[] | Promise<readonly unknown[]> {
    const values = keys.map((key) => store.get(key))
    return values.some(isThenable) ? Promise.all(values) : values
  }
}

// A Keyv whose adapter has none asks it for one after the other, and keeps its errors to itself whatever it was told: what
// can't be had would look like what is not there, and sign its user out.
function canGetMany(store: SessionStore): boolean {
  const { store: adapter } = store as { readonly store?: unknown }
  const isKeyv = 'throwOnErrors' in store
  return typeof (isKeyv ? (adapter as SessionStore | undefined) : store)?.getMany === 'function'
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === 'function'
}

function toTexts(values: unknown): readonly (string | undefined)[] {
  return (values as readonly unknown[]).map((value) =>
    typeof value === 'string' ? value : undefined,
  )
}

function toMilliseconds(seconds: number): number {
  return Math.max(1, Math.ceil(seconds * 1000))
}

function unavailable(message: string, cause?: unknown): IdentityError {
  return new IdentityError('store_unavailable', message, {
    cause,
    retryAfter: RETRY_AFTER,
    hint: 'Is the store of Auth({ session: { store } }) running, and can this server reach it?',
  })
}
