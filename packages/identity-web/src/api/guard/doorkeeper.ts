/** The numbers that share a place. More of them make it rare that frequently used tokens replace each other forever. */
const WAYS = 4

/**
 * Creates a filter that tells whether a token was used before. It stores one number for each token.
 *
 * Only tokens that were used before are cached. Otherwise, tokens that are used once would remove frequently used
 * tokens from the cache. The filter is sometimes wrong. This costs only one more verification or one cache entry.
 *
 * @param entries - The size of the cache. The filter remembers about four times as many tokens, with 16 to 32 bytes for each
 *   entry.
 */
export function createDoorkeeper(entries: number): (token: string) => boolean {
  const places = 2 ** Math.ceil(Math.log2(entries))
  const numbers = new Int32Array(places * WAYS)
  return (token) => {
    let number = 0
    // The end of a signature is as good as a random number.
    for (let index = token.length - 8; index < token.length; index++) {
      number = (Math.imul(number, 31) + token.charCodeAt(index)) | 0
    }
    const first = (number & (places - 1)) * WAYS
    // The latest number comes first, and the oldest one is forgotten.
    let carried = number
    for (let index = first; index < first + WAYS; index++) {
      const stored = numbers[index] ?? 0
      numbers[index] = carried
      if (stored === number) return true
      carried = stored
    }
    return false
  }
}
