/** The number of entries of a cache whose size the application does not set. */
export const DEFAULT_CACHE_ENTRIES = 1000
/** The average length for which a cache has room. It limits the memory of a cache with very long strings. */
const CHARACTERS_PER_ENTRY = 8000
const KEY_CHARACTERS = 43

interface CacheEntry<T> {
  readonly string: string
  readonly value: T
}

/**
 * Caches the results of long strings (an encrypted cookie, a signed token), so that each string is decrypted or verified
 * once and not on every request.
 *
 * The cache has two generations. When the young one is full, it replaces the old one. Memory stays bounded without a list
 * of entries to maintain.
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
 *   turn, and at most twice as many. Strings of more than 8,000 characters on average reduce it.
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
