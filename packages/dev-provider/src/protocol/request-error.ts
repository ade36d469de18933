import type { OAuthError } from './oauth-error.js'

/** The reason why a request failed, without secrets, for the log and for the developer. */
export interface RequestError {
  /** The OAuth `error` or Graph's error code, for example `invalid_client`. */
  readonly code: string
  /** The number after the prefix, for example 7000215. Missing for an error without a number. */
  readonly number?: number
  /** The prefix of the number. */
  readonly prefix?: 'AADSTS' | 'AADB2C'
  /** The message that the app or the user receives. */
  readonly message: string
  /** One or two sentences that say what to change in the app or in the configuration. */
  readonly remedy?: string
}

/** Returns the reason why a request failed, for its record. */
export function toRequestError(oauthError: OAuthError): RequestError {
  const { error, number, prefix, message, remedy } = oauthError
  return {
    code: error,
    ...(number > 0 && { number, prefix }),
    message,
    ...(remedy !== undefined && { remedy }),
  }
}

/** Returns the code of an error for people, for example `AADSTS7000215`, if it has a number. */
export function toErrorCode({ number, prefix = 'AADSTS' }: RequestError): string | undefined {
  return number === undefined ? undefined : `${prefix}${number}`
}
