/** Characters. */
const LONGEST_ID = 38

/**
 * Returns a string of a provider as one line, without secrets and of limited length. It ends at a space, so that an ID is
 * never cut.
 *
 * @returns `undefined` if the value is not a string, or empty.
 */
export function toPlainString(
  value: unknown,
  secrets: readonly string[],
  length: number,
): string | undefined {
  if (typeof value !== 'string' || value === '') return undefined
  let redacted = value
  for (const secret of secrets) redacted = redacted.replaceAll(secret, '[redacted]')
  const line = redacted.replaceAll(/[\p{Cc}\p{Cf}]+/gu, ' ')
  if (line.length <= length) return line
  const end = line.lastIndexOf(' ', length)
  // A word that is longer than an ID is cut.
  return length - end > LONGEST_ID ? line.slice(0, length) : `${line.slice(0, end).trimEnd()} …`
}

/** Returns Microsoft's error codes in a text, whole and each once. */
export function microsoftCodesIn(text: string | undefined): string[] {
  return [...new Set(text?.match(/AADSTS\d{4,8}(?!\d)|AADB2C\d{4,6}(?!\d)/g))]
}
