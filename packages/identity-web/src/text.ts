// Makes strings safe for messages, logs and headers.
/** Returns an unverified value from outside in a form that is safe in messages, logs and headers. */
export function quote(value: unknown): string {
  const string = typeof value === 'string' ? value : 'nothing'
  return string.slice(0, 120).replaceAll(/[^\w.:/{}@-]/g, '?')
}

/**
 * Returns a copy of a string that does not share the memory of another string.
 *
 * JavaScript engines do not copy the characters of a part. They keep the whole string in memory as long as the part is
 * used. Use a copy if a short part of a request's header stays in memory after the request.
 */
export function ownString(part: string): string {
  // The engine creates a new string for the first step. The second step is a part of that one.
  return ` ${part}`.slice(1)
}

/** Returns a time for a message, such as `1 second`. */
export function secondsOf(seconds: number): string {
  return `${seconds} second${seconds === 1 ? '' : 's'}`
}

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

/** Returns the error codes of Entra ID and Azure AD B2C in a text, without duplicates. */
export function microsoftCodesIn(text: string | undefined): string[] {
  return [...new Set(text?.match(/AADSTS\d{4,8}(?!\d)|AADB2C\d{4,6}(?!\d)/g))]
}

export function isStringList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
}

/** Quotes an argument for a shell, if the argument contains a character that has a special meaning in a shell. */
export function quoteArgument(argument: string): string {
  return /^[\w@%+=:,./\\-]+$/.test(argument) ? argument : JSON.stringify(argument)
}
