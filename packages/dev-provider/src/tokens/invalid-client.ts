import { OAuthError } from '../protocol/oauth-error.js'

/** The refusal of a client's credential, with Entra's number. */
export function invalidClient(number: number, text: string): OAuthError {
  return new OAuthError('invalid_client', number, text, { status: 401 })
}
