const MAX_ENTRIES = 2000

/** A map of entries that expire, and the current Unix time in seconds. */
interface Target<T> {
  readonly in: Map<string, T>
  readonly now: number
}

/** Adds an entry to a map. Removes the oldest entries when they expired or when there are too many. */
export function keep<T extends { readonly until: number }>(
  id: string,
  entry: T,
  { in: entries, now }: Target<T>,
): void {
  entries.delete(id) // to the end of the order
  entries.set(id, entry)
  for (const [oldest, { until }] of entries) {
    if (until > now && entries.size <= MAX_ENTRIES) break
    entries.delete(oldest)
  }
}
