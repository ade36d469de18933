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
