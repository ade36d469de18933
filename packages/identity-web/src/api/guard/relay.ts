import { isIdentityError, type IdentityError } from '../../errors.ts'

// Errors that the client of this API can do something about, and no others: an `interaction_required` of somewhere
// else in the application is not its business.
const forClient = new WeakSet<IdentityError>()

/** Runs what may need the user, and notes when it does. */
export async function relayed<T>(task: () => Promise<T>): Promise<T> {
  try {
    return await task()
  } catch (error) {
    if (isIdentityError(error) && error.code === 'interaction_required') forClient.add(error)
    throw error
  }
}

/** Whether an error is to be told to the client. */
export function isForClient(error: unknown): error is IdentityError {
  return isIdentityError(error) && forClient.has(error)
}
