import { IdentityError, type IdentityErrorDetails } from '../errors.ts'

/**
 * Creates the error for a token that is rejected.
 *
 * @param reason - The reason. It starts with `it` or `its`, such as `it has expired`.
 */
export type TokenRejection = (reason: string, details?: IdentityErrorDetails) => IdentityError

/**
 * Returns the function that creates the errors for one kind of token.
 *
 * @param token - The kind of token for messages, such as `ID token`.
 */
export function rejectionOf(token: string): TokenRejection {
  return (reason, details) =>
    new IdentityError('invalid_token', `The ${token} was rejected: ${reason}.`, details)
}
