import { OAuthError } from '../protocol/oauth-error.js'

/** Creates the error for an invalid client credential. */
export function invalidClient(number: number, text: string): OAuthError {
  return new OAuthError('invalid_client', number, text, { status: 401 })
}
