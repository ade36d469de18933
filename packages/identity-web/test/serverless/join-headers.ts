/** Returns the headers of a request by lower-case names. A header that comes twice has both values, separated by a comma. */
export function joinHeaders(rawHeaders: readonly string[]): Record<string, string> {
  const joined: Record<string, string> = {}
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = (rawHeaders[index] ?? '').toLowerCase()
    const value = rawHeaders[index + 1] ?? ''
    joined[name] = joined[name] === undefined ? value : `${joined[name]},${value}`
  }
  return joined
}
