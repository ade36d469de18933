const MAX_ENTRIES = 1000
const MAX_CHARACTERS = 8_000_000
const KEY_CHARACTERS = 43

interface Entry<T> {
  readonly sealed: string
  readonly value: T
}

/**
 * Remembers what sealed values opened to, so that a signed-in user's cookie is opened once and not on
 * each of their requests.
 *
 * Two generations: when the young one is full the old one is dropped, so memory stays bounded (2 × 1000
 * entries, 2 × 8 million characters) with no list to maintain. The key is the value's end (it holds the
 * authentication tag); the value is then compared whole, so a forged beginning never matches.
 */
export interface OpenedCache<T> {
  get(sealed: string): T | undefined
  set(sealed: string, value: T): void
}

export function createOpenedCache<T>(): OpenedCache<T> {
  let young = new Map<string, Entry<T>>()
  let old = new Map<string, Entry<T>>()
  let characters = 0

  function set(sealed: string, value: T): void {
    if (young.size >= MAX_ENTRIES || characters + sealed.length > MAX_CHARACTERS) {
      old = young
      young = new Map()
      characters = 0
    }
    characters += sealed.length
    young.set(sealed.slice(-KEY_CHARACTERS), { sealed, value })
  }

  return {
    get(sealed) {
      const key = sealed.slice(-KEY_CHARACTERS)
      const entry = young.get(key)
      if (entry !== undefined) return entry.sealed === sealed ? entry.value : undefined
      const older = old.get(key)
      if (older === undefined || older.sealed !== sealed) return undefined
      set(sealed, older.value)
      return older.value
    },
    set,
  }
}
