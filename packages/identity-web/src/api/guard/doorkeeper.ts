const SLOTS = 4096

/**
 * Creates a filter that tells whether a token was used before. It stores one number for each token.
 *
 * Only tokens that were used before are cached. Otherwise, tokens that are used once would remove frequently used
 * tokens from the cache. The filter is sometimes wrong. This costs only one more verification or one cache entry.
 */
export function createDoorkeeper(): (token: string) => boolean {
  const numbers = new Int32Array(SLOTS)
  return (token) => {
    let number = 0
    // The end of a signature is as good as a random number.
    for (let index = token.length - 8; index < token.length; index++) {
      number = (Math.imul(number, 31) + token.charCodeAt(index)) | 0
    }
    const slot = number & (SLOTS - 1)
    const wasUsed = numbers[slot] === number
    numbers[slot] = number
    return wasUsed
  }
}
