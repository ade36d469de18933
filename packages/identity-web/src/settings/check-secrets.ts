/** Characters. */
const MIN_LENGTH = 32
// A random secret of 32 hexadecimal digits has fewer with a probability below one in a billion.
const MIN_DIFFERENT_CHARACTERS = 6
/** The longest block, in characters, whose repetition is not a secret. */
const MAX_BLOCK_LENGTH = 16

/**
 * Returns what is wrong with the secrets that derive the encryption keys, for example `is shorter than 32 characters`. It
 * finds secrets that somebody typed instead of a random value. `undefined` if all of them are usable.
 */
export function secretFault(secrets: readonly unknown[]): string | undefined {
  for (const secret of secrets) {
    if (typeof secret !== 'string' || secret.length < MIN_LENGTH)
      return `is shorter than ${MIN_LENGTH} characters`
    if (new Set(secret).size < MIN_DIFFERENT_CHARACTERS)
      return `has fewer than ${MIN_DIFFERENT_CHARACTERS} different characters, so an attacker can guess it`
    if (repeatsBlock(secret)) return 'repeats a short string, so an attacker can guess it'
  }
  return undefined
}

function repeatsBlock(secret: string): boolean {
  for (let length = 1; length <= MAX_BLOCK_LENGTH; length++) {
    if (secret.startsWith(secret.slice(length))) return true
  }
  return false
}
