import { withChanges, type IdentityError } from '../../errors.ts'

/** The same error, with more to go by for whoever reads it. */
export function withHint(error: IdentityError, more: string | undefined): IdentityError {
  if (more === undefined) return error
  const hint = error.hint === undefined ? more : `${error.hint} ${more}`
  return withChanges(error, { hint })
}
