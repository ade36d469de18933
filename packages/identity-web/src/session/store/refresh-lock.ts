// Lets one server at a time refresh the tokens of a session.
import { IdentityError } from '../../errors.ts'
import type { MaybePromise } from '../../maybe-promise.ts'
import { tries, type ReliableLock, type ReliableStore } from '../../reliable-store.ts'

/** Ensures that only one server at a time refreshes a session's tokens. */
export interface RefreshLock {
  /**
   * Acquires the lock, runs a function and releases the lock. If the store cannot lock, the function runs immediately.
   *
   * @param key - The tokens' store key.
   * @param waits - `true` if the call waits while another server has the lock.
   * @throws IdentityError `store_unavailable` if another server has the lock and `waits` is `false`, or if the wait
   *   takes too long.
   */
  withLock<T>(key: string, waits: boolean, work: (lock: AcquiredLock) => Promise<T>): Promise<T>
}

export interface AcquiredLock {
  /**
   * Stores new tokens.
   *
   * If the store is unavailable, this server repeats the call in the background. The tokens must not be lost, because
   * they contain a new refresh token and the provider may reject the old one. The server keeps the lock until the write
   * succeeds or the lock expires.
   *
   * @param write - Calls `set`, unless the tokens must not be stored. Returns whether it called `set`.
   * @returns The result of `write`.
   */
  save(write: (set: SetValue) => Promise<boolean>): Promise<boolean>
  /**
   * Reads a value that another server may have replaced, and returns it. If the store supports locks, it reads once,
   * because another server cannot refresh at the same time. Otherwise, it repeats the read for up to two seconds until
   * the value is newer, because the other server may not have stored its tokens yet.
   */
  waitForNewer<T>(read: () => Promise<T>, isNewer: (value: T) => boolean): Promise<T>
}

/** Stores a value, unless another server acquired the lock in the meantime, because that server's value is newer. */
export type SetValue = (value: string, ttlSeconds: number) => MaybePromise<unknown>

/** The highest number of values that this server keeps in memory while the store is unavailable. */
const MAX_UNSAVED = 1000

/**
 * Creates a refresh lock.
 *
 * @param seconds - The longest duration of a refresh. The lock expires after it, and other servers wait one second
 *   longer.
 */
export function createRefreshLock(store: ReliableStore, seconds: number): RefreshLock {
  let unsaved = 0

  async function acquire(key: string, waits: boolean): Promise<ReliableLock | undefined> {
    if (store.lock === undefined) return undefined
    // The lock of a server that crashed expires within this time.
    for await (const _ of tries(waits ? seconds + 1 : 0)) {
      const lock = await store.lock(key, seconds)
      if (lock !== undefined) return lock
    }
    throw new IdentityError(
      'store_unavailable',
      'Another server is still refreshing the tokens of this session. Try again in 2 seconds.',
      { retryAfterSeconds: 2 },
    )
  }

  async function saveLater(
    set: () => Promise<unknown>,
    release: () => Promise<unknown>,
  ): Promise<void> {
    unsaved += 1
    try {
      for await (const _ of tries(seconds)) {
        try {
          await set()
          await release()
          return
        } catch {
          // The circuit breaker logs the outage. Continue with the next try.
        }
      }
    } finally {
      unsaved -= 1
    }
  }

  return {
    async withLock(key, waits, work) {
      const lock = await acquire(key, waits)
      let release = async (): Promise<unknown> => lock?.release()
      const acquired: AcquiredLock = {
        async save(write) {
          const set: SetValue = (value, ttlSeconds) => (lock ?? store).set(key, value, ttlSeconds)
          try {
            return await write(set)
          } catch (error) {
            if (unsaved < MAX_UNSAVED) {
              void saveLater(() => write(set), release)
              release = async () => undefined
            }
            throw error
          }
        },

        async waitForNewer(read, isNewer) {
          let value = await read()
          if (lock !== undefined) return value
          for await (const _ of tries(2)) {
            if (isNewer(value)) return value
            value = await read()
          }
          return value
        },
      }
      try {
        return await work(acquired)
      } finally {
        // If the release fails, the lock expires.
        await release().catch(() => undefined)
      }
    },
  }
}
