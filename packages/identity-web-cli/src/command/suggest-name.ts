/** Returns "Did you mean …?" for a name that is similar to a known name. Otherwise, returns the list of all names. */
export function suggestName(name: string, known: readonly string[]): string {
  const closest = known.toSorted((a, b) => distance(name, a) - distance(name, b))[0]
  if (closest !== undefined && distance(name, closest) <= 2) return `Did you mean ${closest}?`
  return `Use one of these: ${known.join(', ')}.`
}

/**
 * Returns the number of characters to insert, remove or replace to turn one string into the other (Levenshtein
 * distance).
 */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (const [i, character] of a.split('').entries()) {
    const next = [i + 1]
    for (const [j, other] of b.split('').entries()) {
      const replaced = (row[j] ?? 0) + (character === other ? 0 : 1)
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
