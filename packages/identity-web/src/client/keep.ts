const MAX_ENTRIES = 2000

/** Keeps an entry, and drops the oldest ones that ran out or are too many. */
export function keep<T extends { readonly until: number }>(
  entries: Map<string, T>,
  id: string,
  entry: T,
  now: number,
): void {
  entries.delete(id) // to the end of the order
  entries.set(id, entry)
  for (const [oldest, { until }] of entries) {
    if (until > now && entries.size <= MAX_ENTRIES) break
    entries.delete(oldest)
  }
}
