/** The entries of a generation by default. */
export const RECENT_ENTRIES = 1000
/** The characters of a generation, for each of its entries. Cookies and tokens have fewer on average. */
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
 * The cache has two generations. When the young one is full, it replaces the old one. Memory stays bounded (by default to
 * 2 × 1000 entries and 2 × 8 million characters) without a list of entries to maintain.
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
 * @param entries - The size of a generation. The cache contains the entries that were used last, at least this many and at
 *   most twice as many, unless their strings are very long.
 */
export function createRecentCache<T>(entries: number = RECENT_ENTRIES): RecentCache<T> {
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
