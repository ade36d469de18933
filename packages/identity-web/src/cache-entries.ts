const MAX_CACHE_ENTRIES = 2000

/** An entry that expires. */
export interface ExpiringEntry {
  /** Unix time in seconds. */
  readonly expiresAt: number
}

/** A map of entries, and the current Unix time in seconds. */
interface CacheTarget<T> {
  readonly in: Map<string, T>
  readonly now: number
  /** The largest number of entries. The default is 2,000. */
  readonly max?: number
}

/** Adds an entry to a map. Removes the oldest entries if they are expired or if the map has too many entries. */
export function addCacheEntry<T extends ExpiringEntry>(
  key: string,
  entry: T,
  { in: cache, now, max = MAX_CACHE_ENTRIES }: CacheTarget<T>,
): void {
  // Deleted first, so that the entry moves to the end of the map.
  cache.delete(key)
  cache.set(key, entry)
  for (const [oldest, { expiresAt }] of cache) {
    if (expiresAt > now && cache.size <= max) break
    cache.delete(oldest)
  }
}
