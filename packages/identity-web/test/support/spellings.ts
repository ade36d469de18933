/**
 * Returns other spellings of a base64url string: strings that lenient decoders turn into the same bytes.
 *
 * @param encoded - Canonical base64url.
 */
export function spellingsOf(encoded: string): string[] {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  const unused = [0, 0, 16, 4][encoded.length % 4] ?? 0
  const last = alphabet.indexOf(encoded.at(-1) ?? '')
  const bits = Array.from(
    { length: Math.max(0, unused - 1) },
    (_, bit) => encoded.slice(0, -1) + (alphabet[last + bit + 1] ?? ''),
  )
  const padding = ['=', '==', '===='].map((end) => encoded + end)
  const foreign = ['.', '!', '~', '\u00e4'].map((character) => encoded + character)
  const inside = ['=', '.'].map((character) => encoded.slice(0, 8) + character + encoded.slice(8))
  const standard = encoded.replaceAll('-', '+').replaceAll('_', '/')
  const candidates = [...bits, ...padding, ...foreign, ...inside, standard]
  // A single character at the end has too few bits for a byte.
  if (encoded.length % 4 === 0) candidates.push(`${encoded}A`, `${encoded}_`)
  return candidates.filter((one) => one !== encoded)
}

/** Returns the spellings of {@link spellingsOf} that Node.js decodes to the same bytes. */
export function lenientSpellingsOf(encoded: string): string[] {
  const bytes = Buffer.from(encoded, 'base64url')
  return spellingsOf(encoded).filter((one) => Buffer.from(one, 'base64url').equals(bytes))
}
