import { IdentityError } from '../../errors.ts'

// Contains only errors of on-behalf-of calls. The client of this API cannot solve an `interaction_required` that comes
// from another part of the application.
const clientErrors = new WeakSet<IdentityError>()

/** Runs a task and marks its `interaction_required` errors for the client of this API. */
export async function markForClient<T>(task: () => Promise<T>): Promise<T> {
  try {
    return await task()
  } catch (error) {
    if (IdentityError.is(error) && error.code === 'interaction_required') clientErrors.add(error)
    throw error
  }
}

/** Returns whether an error was marked for the client of this API. */
export function isClientError(error: unknown): error is IdentityError {
  return IdentityError.is(error) && clientErrors.has(error)
}
