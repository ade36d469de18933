import { IdentityError } from '../../errors.ts'
import type { ReliableLock, ReliableStore } from './reliable-store.ts'

/** Lets one of all servers refresh the tokens of a session. */
export interface RefreshLock {
  /**
   * @param key - Where the tokens are.
   * @param waits - Whether to wait for another server that is at it.
   * @throws IdentityError `store_unavailable` when another server has the lock, at once or after the longest wait.
   */
  hold<T>(key: string, waits: boolean, work: (held: HeldLock) => Promise<T>): Promise<T>
}

/** The right to write a key, as long as nobody else got it. */
export interface HeldLock {
  /**
   * Stores a value, unless another server got the lock since: what that one brought is newer.
   *
   * What a provider gave for a refresh token that is used up must not get lost because the store is away for a moment: it is
   * tried again behind the request's back, and until then no other server gets the lock.
   */
  set(value: string, ttl: number): Promise<void>
  /**
   * Reads until another server's result is there: at once where the lock kept others out, else for as long as one that was
   * a little faster may take to store what it got.
   */
  settle<T>(read: () => Promise<T>, isNewer: (value: T) => boolean): Promise<T>
}

/** Milliseconds between two tries: short at first, since most refreshes are. */
const FIRST_PAUSE = 25
const MAX_PAUSE = 250
/** What is kept in memory for a store that is away. */
const MAX_UNSAVED = 1000

/** @param seconds - How long a refresh may take, and so how long a lock lasts and is waited for. */
export function createRefreshLock(store: ReliableStore, seconds: number): RefreshLock {
  let unsaved = 0

  async function acquire(key: string, waits: boolean): Promise<ReliableLock | undefined> {
    if (store.lock === undefined) return undefined
    // A server that died holds it no longer than that.
    for await (const _ of tries(waits ? seconds + 1 : 0)) {
      const lock = await store.lock(key, seconds)
      if (lock !== undefined) return lock
    }
    throw new IdentityError(
      'store_unavailable',
      'Another server refreshes the tokens of this session, and it takes long.',
      { retryAfter: 2 },
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
          // Told by the store's own log; the next try may do.
        }
      }
    } finally {
      unsaved -= 1
    }
  }

  return {
    async hold(key, waits, work) {
      const lock = await acquire(key, waits)
      let release = async (): Promise<unknown> => lock?.release()
      const held: HeldLock = {
        async set(value, ttl) {
          const set = async (): Promise<unknown> =>
            lock === undefined ? store.set(key, value, ttl) : lock.set(key, value, ttl)
          try {
            await set()
          } catch (error) {
            if (unsaved < MAX_UNSAVED) {
              void saveLater(set, release)
              release = async () => undefined
            }
            throw error
          }
        },

        async settle(read, isNewer) {
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
        return await work(held)
      } finally {
        // One that can't be released ends by itself.
        await release().catch(() => undefined)
      }
    },
  }
}

/** Once now, and again until the seconds are over, with pauses that grow and are never quite alike. */
async function* tries(seconds: number): AsyncGenerator<void> {
  // Not the application's clock, which may jump.
  const end = performance.now() + seconds * 1000
  for (let pause = FIRST_PAUSE; ; pause = Math.min(MAX_PAUSE, pause * 2)) {
    yield
    if (performance.now() + pause > end) return
    await new Promise((resolve) => setTimeout(resolve, pause * (0.5 + Math.random())))
  }
}
