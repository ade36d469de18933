import { IdentityError, type IdentityErrorDetails } from '../errors.ts'

/**
 * Makes the error of a token that is not accepted.
 *
 * @param reason - Starts with `it`, such as `it has expired`.
 */
export type TokenRejection = (reason: string, details?: IdentityErrorDetails) => IdentityError

/**
 * Returns the function that makes the errors of one kind of token.
 *
 * @param token - The kind of token as messages name it, such as `ID token`.
 */
export function rejectionOf(token: string): TokenRejection {
  return (reason, details) =>
    new IdentityError('invalid_token', `The ${token} was rejected: ${reason}.`, details)
}
