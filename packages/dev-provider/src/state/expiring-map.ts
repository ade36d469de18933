/** A map whose entries die; it never holds more than a bounded number. */
export interface ExpiringMap<T> {
  get(key: string): T | undefined
  set(key: string, value: T, lifetimeSeconds: number): void
  delete(key: string): void
  clear(): void
  values(): T[]
}

/**
 * Whoever floods a development provider should not eat the machine's memory, and a load test of some minutes should not
 * lose a refresh token that is still in use.
 */
export const MAX_ENTRIES = 50_000

/** Makes an empty map on a clock of seconds. */
export function createExpiringMap<T>(nowSeconds: () => number): ExpiringMap<T> {
  const entries = new Map<string, { readonly value: T; readonly expiresAt: number }>()
  // No entry dies before this moment, so a full map of living entries is not searched at every `set`.
  let nextDeath = Infinity
  const buryDead = (now: number): void => {
    if (now < nextDeath) return
    nextDeath = Infinity
    for (const [key, { expiresAt }] of entries) {
      if (expiresAt <= now) entries.delete(key)
      else nextDeath = Math.min(nextDeath, expiresAt)
    }
  }
  const prune = (): void => {
    buryDead(nowSeconds())
    // A map iterates in the order of insertion, so the oldest entry goes first.
    for (const key of entries.keys()) {
      if (entries.size < MAX_ENTRIES) return
      entries.delete(key)
    }
  }
  return {
    get: (key) => {
      const entry = entries.get(key)
      return entry !== undefined && entry.expiresAt > nowSeconds() ? entry.value : undefined
    },
    set: (key, value, lifetimeSeconds) => {
      // Again at the end, so that what lives longest is given up last.
      entries.delete(key)
      if (entries.size >= MAX_ENTRIES) prune()
      const expiresAt = nowSeconds() + lifetimeSeconds
      nextDeath = Math.min(nextDeath, expiresAt)
      entries.set(key, { value, expiresAt })
    },
    delete: (key) => entries.delete(key),
    clear: () => entries.clear(),
    values: () =>
      [...entries.values()]
        .filter((entry) => entry.expiresAt > nowSeconds())
        .map((entry) => entry.value),
  }
}
