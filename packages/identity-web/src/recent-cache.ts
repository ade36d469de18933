const MAX_ENTRIES = 1000
const MAX_CHARACTERS = 8_000_000
const KEY_CHARACTERS = 43

interface CacheEntry<T> {
  readonly string: string
  readonly value: T
}

/**
 * Caches the results of long strings (an encrypted cookie, a signed token), so that each string is decrypted or verified
 * once and not on every request.
 *
 * The cache has two generations. When the young one is full, it replaces the old one. Memory stays bounded (2 × 1000
 * entries, 2 × 8 million characters) without a list of entries to maintain.
 *
 * The key is the end of the string, which is the authentication tag or the signature. The whole string is compared as
 * well, so a string with a forged start never matches.
 */
export interface RecentCache<T> {
  get(string: string): T | undefined
  set(string: string, value: T): void
}

/** Creates an empty cache. */
export function createRecentCache<T>(): RecentCache<T> {
  let young = new Map<string, CacheEntry<T>>()
  let old = new Map<string, CacheEntry<T>>()
  let characters = 0

  function set(string: string, value: T): void {
    if (young.size >= MAX_ENTRIES || characters + string.length > MAX_CHARACTERS) {
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
