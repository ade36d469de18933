/** Freezes a value and everything in it. Requests share such values, so no request may change them. */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value
  // Most of them are strings and numbers, and each call costs time.
  for (const inner of Object.values(value)) if (typeof inner === 'object') deepFreeze(inner)
  return Object.freeze(value)
}
