/** An error that the user can fix. The command prints its message without a stack. */
export class UsageError extends Error {}

/** Returns the message of an error that the user can fix: a `UsageError`, or an error of the file system. */
export function messageForUser(error: unknown): string | undefined {
  if (error instanceof UsageError) return error.message
  const isFileSystem = error instanceof Error && 'syscall' in error
  return isFileSystem
    ? `The project cannot be in this folder (${error.message}). Choose another folder.`
    : undefined
}
