/** Returns the name that the caller probably meant, or `undefined` when no name is similar. */
export function closestName(wrong: string, names: readonly string[]): string | undefined {
  const ranked = names
    .map((name) => ({ name, distance: editDistance(wrong.toLowerCase(), name.toLowerCase()) }))
    .toSorted((left, right) => left.distance - right.distance)
  const [best] = ranked
  // One mistake in three characters. With more, the suggestion is usually wrong.
  return best !== undefined && best.distance <= Math.max(1, Math.ceil(wrong.length / 3))
    ? best.name
    : undefined
}

/** Returns the second half of an error message, which names the right name or all names. */
export function suggestName(wrong: string, names: readonly string[]): string {
  const name = closestName(wrong, names)
  return name === undefined ? `Use one of these: ${names.join(', ')}` : `Did you mean ${name}?`
}

/** Returns how many characters to insert, remove or replace (Levenshtein distance). */
function editDistance(left: string, right: string): number {
  // Nothing that long is a spelling mistake, and the time grows with both lengths.
  if (Math.max(left.length, right.length) > 64) return Infinity
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index)
  for (let row = 1; row <= left.length; row++) {
    const current = [row]
    for (let column = 1; column <= right.length; column++) {
      const replaced = previous[column - 1]! + (left[row - 1] === right[column - 1] ? 0 : 1)
      current.push(Math.min(replaced, previous[column]! + 1, current[column - 1]! + 1))
    }
    previous = current
  }
  return previous.at(-1) ?? 0
}
