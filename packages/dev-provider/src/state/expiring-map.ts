/** A map whose entries die; it never holds more than a bounded number. */
export interface ExpiringMap<T> {
  get(key: string): T | undefined
  set(key: string, value: T, lifetimeSeconds: number): void
  delete(key: string): void
  clear(): void
  values(): T[]
}

// Whoever floods a development provider should not eat the machine's memory.
const MAX_ENTRIES = 20_000

/** Makes an empty map on a clock of seconds. */
export function createExpiringMap<T>(nowSeconds: () => number): ExpiringMap<T> {
  const entries = new Map<string, { readonly value: T; readonly expiresAt: number }>()
  const prune = (): void => {
    for (const [key, entry] of entries) {
      if (entry.expiresAt <= nowSeconds()) entries.delete(key)
    }
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
      if (entries.size >= MAX_ENTRIES) prune()
      entries.set(key, { value, expiresAt: nowSeconds() + lifetimeSeconds })
    },
    delete: (key) => entries.delete(key),
    clear: () => entries.clear(),
    values: () =>
      [...entries.values()]
        .filter((entry) => entry.expiresAt > nowSeconds())
        .map((entry) => entry.value),
  }
}
