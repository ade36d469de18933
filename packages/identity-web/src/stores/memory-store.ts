// A store in the memory of the process.
import type { SessionStore, StoreLock } from '../store.ts'

/** The time in milliseconds for which the store remembers a lock's last owner after the lock expired. */
const FENCE_TTL = 10 * 60 * 1000

/**
 * Creates a store in this process's memory. Use it for development, for tests, and for an application that runs as one
 * process and may sign all users out when it restarts.
 *
 * Expired sessions are deleted when new ones arrive, but the store's size is not limited. The function does not throw.
 *
 * @returns The store for the option `session.store`.
 *
 * @example
 * ```ts
 * const auth = new Auth(app, { session: { secret, store: memoryStore() } })
 * ```
 * @public
 */
export function memoryStore(): Required<SessionStore> {
  const values = createExpiringMap<string>()
  const locks = createExpiringMap<symbol>()
  const fences = createExpiringMap<symbol>()

  return {
    get: values.get,
    set: values.set,
    delete: values.delete,
    getMany: (keys) => keys.map(values.get),

    touch(key, ttlMs) {
      const value = values.get(key)
      if (value !== undefined) values.set(key, value, ttlMs)
    },

    async lock(key, ttlMs): Promise<StoreLock | undefined> {
      if (locks.get(key) !== undefined) return undefined
      const owner = Symbol('lock')
      locks.set(key, owner, ttlMs)
      fences.set(key, owner, ttlMs + FENCE_TTL)
      return {
        async set(name, value, lifetime) {
          if (fences.get(key) !== owner) return false
          values.set(name, value, lifetime)
          return true
        },
        async release() {
          if (locks.get(key) === owner) locks.delete(key)
          if (fences.get(key) === owner) fences.delete(key)
        },
      }
    },
  }
}

interface ExpiringMap<T> {
  get(key: string): T | undefined
  set(key: string, value: T, ttlMs: number): void
  delete(key: string): void
}

function createExpiringMap<T>(): ExpiringMap<T> {
  const entries = new Map<string, { readonly value: T; readonly until: number }>()
  let round = entries.entries()
  // Not `Date.now()`, because the time of day may be set back.
  const now = (): number => performance.now()

  /**
   * Checks the next two entries and deletes expired ones. Because each `set` adds one entry and checks two, every entry
   * is checked in time. A timer would keep the process alive.
   */
  function sweep(): void {
    for (let looks = 0; looks < 2; looks++) {
      const next = round.next()
      if (next.done === true) {
        round = entries.entries()
        return
      }
      const [key, { until }] = next.value
      if (until <= now()) entries.delete(key)
    }
  }

  return {
    get(key) {
      const entry = entries.get(key)
      if (entry === undefined) return undefined
      if (now() < entry.until) return entry.value
      entries.delete(key)
      return undefined
    },
    set(key, value, ttlMs) {
      sweep()
      entries.set(key, { value, until: now() + ttlMs })
    },
    delete(key) {
      entries.delete(key)
    },
  }
}
