import { withChanges, type IdentityError } from '../../errors.ts'

/** Returns a copy of an error with one more sentence in its hint. */
export function withHint(error: IdentityError, sentence: string | undefined): IdentityError {
  if (sentence === undefined) return error
  const hint = error.hint === undefined ? sentence : `${error.hint} ${sentence}`
  return withChanges(error, { hint })
}
