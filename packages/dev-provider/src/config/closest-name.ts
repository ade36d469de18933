/** Returns the name that the caller probably meant, or `undefined` when no name is similar. */
function closestName(wrong: string, names: readonly string[]): string | undefined {
  const ranked = names
    .map((name) => ({ name, distance: editDistance(wrong.toLowerCase(), name.toLowerCase()) }))
    .toSorted((left, right) => left.distance - right.distance)
  const [best] = ranked
  // One mistake in three characters. With more, the suggestion is usually wrong.
  return best !== undefined && best.distance <= Math.max(1, Math.ceil(wrong.length / 3))
    ? best.name
    : undefined
}

/** Returns the second half of an error message, which contains the correct name or all names. */
export function suggestName(wrong: string, names: readonly string[]): string {
  const name = closestName(wrong, names)
  return name === undefined ? `Use one of these: ${names.join(', ')}` : `Did you mean ${name}?`
}

/** Returns how many characters to insert, remove, replace or swap with their neighbor. */
function editDistance(left: string, right: string): number {
  // The time grows with both lengths, and names are shorter.
  if (Math.max(left.length, right.length) > 64) return Infinity
  const rows: number[][] = [Array.from({ length: right.length + 1 }, (_, index) => index)]
  const at = (row: number, column: number): number => rows[row]?.[column] ?? Infinity
  for (let row = 1; row <= left.length; row++) {
    const current = [row]
    rows.push(current)
    for (let column = 1; column <= right.length; column++) {
      const isSame = left[row - 1] === right[column - 1]
      const isSwapped = left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1]
      current.push(
        Math.min(
          at(row - 1, column - 1) + (isSame ? 0 : 1),
          at(row - 1, column) + 1,
          at(row, column - 1) + 1,
          isSwapped ? at(row - 2, column - 2) + 1 : Infinity,
        ),
      )
    }
  }
  return at(left.length, right.length)
}
