import { IdentityError } from '../../errors.ts'

/**
 * The error of a token that is not accepted.
 *
 * @param reason - Begins with `it`, and says what to change where the caller can.
 */
export function refuse(reason: string, cause?: unknown): IdentityError {
  return new IdentityError('invalid_token', `The access token is refused: ${reason}.`, { cause })
}
