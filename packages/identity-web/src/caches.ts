// Caches with a limited number of entries.
const MAX_CACHE_ENTRIES = 2000

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

/** A `Map`, or a `WeakMap`. */
interface Entries<Key, Value> {
  get(key: Key): Value | undefined
  set(key: Key, value: Value): unknown
}

/** Returns the value of a key. It is created when the key is first used. */
export function getOrCreate<Key, Value>(
  entries: Entries<Key, Value>,
  key: Key,
  create: () => Value,
): Value {
  const known = entries.get(key)
  if (known !== undefined) return known
  const created = create()
  entries.set(key, created)
  return created
}

/** The number of entries of a cache whose size the application does not set. */
export const DEFAULT_CACHE_ENTRIES = 1000
/**
 * The number of characters per entry that a cache has room for, on average. This limits the memory of a cache with very
 * long strings.
 */
const CHARACTERS_PER_ENTRY = 8000
const KEY_CHARACTERS = 43

interface CacheEntry<T> {
  readonly string: string
  readonly value: T
}

/**
 * Caches the results of long strings (an encrypted cookie, a signed token), so that each string is decrypted or
 * verified once and not on every request.
 *
 * The cache has two generations. When the young generation is full, it replaces the old generation. This limits the
 * memory without a list of entries to maintain.
 *
 * The key is the end of the string, which is the authentication tag or the signature. The whole string is compared as
 * well, so a string with a forged start never matches.
 */
export interface RecentCache<T> {
  get(string: string): T | undefined
  set(string: string, value: T): void
}

/**
 * Creates an empty cache.
 *
 * @param entries - The number of entries of one generation. The cache keeps this number of strings if they are used in
 *   turn, and at most twice as many. If the strings have more than 8,000 characters on average, it keeps fewer.
 */
export function createRecentCache<T>(entries: number = DEFAULT_CACHE_ENTRIES): RecentCache<T> {
  const maxCharacters = entries * CHARACTERS_PER_ENTRY
  let young = new Map<string, CacheEntry<T>>()
  let old = new Map<string, CacheEntry<T>>()
  let characters = 0

  function set(string: string, value: T): void {
    if (young.size >= entries || characters + string.length > maxCharacters) {
      old = young
      young = new Map()
      characters = 0
    }
    characters += string.length
    young.set(string.slice(-KEY_CHARACTERS), { string, value })
  }

  return {
    get(string) {
      const key = string.slice(-KEY_CHARACTERS)
      const entry = young.get(key)
      if (entry !== undefined) return entry.string === string ? entry.value : undefined
      const older = old.get(key)
      if (older === undefined || older.string !== string) return undefined
      set(string, older.value)
      return older.value
    },
    set,
  }
}

/** Freezes a value and everything in it. Requests share such values, so no request may change them. */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value
  // Most of them are strings and numbers, and each call costs time.
  for (const inner of Object.values(value)) if (typeof inner === 'object') deepFreeze(inner)
  return Object.freeze(value)
}
