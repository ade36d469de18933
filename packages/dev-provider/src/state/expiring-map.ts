/** A map whose entries expire. The number of entries is limited. */
export interface ExpiringMap<T> {
  get(key: string): T | undefined
  set(key: string, value: T, lifetimeSeconds: number): void
  delete(key: string): void
  /** Removes the entries whose values match. */
  deleteWhere(matches: (value: T) => boolean): void
  clear(): void
  values(): T[]
}

/**
 * The maximum number of entries, unless a map has its own limit.
 *
 * It protects the memory of the machine, and is high enough to keep all refresh tokens of a load test that runs for
 * minutes.
 */
export const MAX_ENTRIES = 50_000

/** Creates an empty map. */
export function createExpiringMap<T>(
  nowSeconds: () => number,
  maxEntries: number = MAX_ENTRIES,
): ExpiringMap<T> {
  const entries = new Map<string, { readonly value: T; readonly expiresAt: number }>()
  // The earliest expiry of all entries. Before it, `set` does not need to search a full map for
  // expired entries.
  let nextExpiry = Infinity
  const removeExpired = (now: number): void => {
    if (now < nextExpiry) return
    nextExpiry = Infinity
    for (const [key, { expiresAt }] of entries) {
      if (expiresAt <= now) entries.delete(key)
      else nextExpiry = Math.min(nextExpiry, expiresAt)
    }
  }
  const prune = (): void => {
    removeExpired(nowSeconds())
    // A map iterates in insertion order, so the oldest entry comes first.
    for (const key of entries.keys()) {
      if (entries.size < maxEntries) return
      entries.delete(key)
    }
  }
  return {
    get: (key) => {
      const entry = entries.get(key)
      return entry !== undefined && entry.expiresAt > nowSeconds() ? entry.value : undefined
    },
    set: (key, value, lifetimeSeconds) => {
      // Moves the entry to the end, so that it is removed last.
      entries.delete(key)
      if (entries.size >= maxEntries) prune()
      const expiresAt = nowSeconds() + lifetimeSeconds
      nextExpiry = Math.min(nextExpiry, expiresAt)
      entries.set(key, { value, expiresAt })
    },
    delete: (key) => entries.delete(key),
    deleteWhere: (matches) => {
      for (const [key, { value }] of entries) {
        if (matches(value)) entries.delete(key)
      }
    },
    clear: () => entries.clear(),
    values: () =>
      [...entries.values()]
        .filter((entry) => entry.expiresAt > nowSeconds())
        .map((entry) => entry.value),
  }
}
