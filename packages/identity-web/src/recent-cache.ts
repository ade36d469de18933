const MAX_ENTRIES = 1000
const MAX_CHARACTERS = 8_000_000
const KEY_CHARACTERS = 43

interface Entry<T> {
  readonly text: string
  readonly value: T
}

/**
 * Remembers what long texts turned out to be (a sealed cookie, a signed token), so that each is opened once and not on
 * every request that brings it.
 *
 * Two generations: when the young one is full the old one is dropped, so memory stays bounded (2 × 1000
 * entries, 2 × 8 million characters) with no list to maintain. The key is the text's end (it holds the
 * authentication tag, or the signature); the text is then compared whole, so a forged beginning never matches.
 */
export interface RecentCache<T> {
  get(text: string): T | undefined
  set(text: string, value: T): void
}

export function createRecentCache<T>(): RecentCache<T> {
  let young = new Map<string, Entry<T>>()
  let old = new Map<string, Entry<T>>()
  let characters = 0

  function set(text: string, value: T): void {
    if (young.size >= MAX_ENTRIES || characters + text.length > MAX_CHARACTERS) {
      old = young
      young = new Map()
      characters = 0
    }
    characters += text.length
    young.set(text.slice(-KEY_CHARACTERS), { text, value })
  }

  return {
    get(text) {
      const key = text.slice(-KEY_CHARACTERS)
      const entry = young.get(key)
      if (entry !== undefined) return entry.text === text ? entry.value : undefined
      const older = old.get(key)
      if (older === undefined || older.text !== text) return undefined
      set(text, older.value)
      return older.value
    },
    set,
  }
}
