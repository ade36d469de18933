/** The error for a mistake in the command line. The message says what to change. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
