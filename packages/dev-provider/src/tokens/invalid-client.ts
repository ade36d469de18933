import { OAuthError } from '../protocol/oauth-error.js'

/** Creates the error for an invalid client credential. */
export function invalidClient(number: number, message: string, remedy?: string): OAuthError {
  return new OAuthError('invalid_client', number, message, { status: 401, remedy })
}
