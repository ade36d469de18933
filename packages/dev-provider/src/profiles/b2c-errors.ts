import { OAuthError, type ErrorIds } from '../protocol/oauth-error.js'

interface B2cErrorEntry {
  readonly number: number
  /** The OAuth `error`, when it differs from that of Entra ID. */
  readonly error?: string
  /** The message of Azure AD B2C, when it differs from that of Entra ID. */
  readonly message?: string
}

// Error numbers of Entra ID with their Azure AD B2C equivalents (active-directory-b2c/error-codes).
const B2C_ERRORS: Readonly<Record<number, B2cErrorEntry>> = {
  16000: { number: 90077 },
  50011: { number: 90006 },
  50020: { number: 90053, message: 'A user with the specified credential could not be found.' },
  50034: { number: 90053, message: 'A user with the specified credential could not be found.' },
  50058: {
    number: 90077,
    error: 'interaction_required',
    message:
      "User does not have an existing session and request prompt parameter has a value of 'None'.",
  },
  50173: {
    number: 90129,
    message: 'The provided grant has been revoked. Please reauthenticate and try again.',
  },
  54005: {
    number: 90080,
    message: 'The provided grant has expired. Please re-authenticate and try again.',
  },
  65001: {
    number: 90205,
    message:
      'This application does not have sufficient permissions against this web resource to perform the operation.',
  },
  70000: {
    number: 90279,
    message: 'The provided client id does not match the client id that issued the grant.',
  },
  70003: { number: 90086 },
  70005: { number: 90013 },
  70008: {
    number: 90080,
    message: 'The provided grant has expired. Please re-authenticate and try again.',
  },
  70011: { number: 90146 },
  90023: { number: 90043 },
  500112: { number: 90006 },
  501481: { number: 90183, message: 'The supplied code_verifier is invalid' },
  501491: { number: 90184 },
  700005: { number: 90088, message: 'The provided grant has not been issued for this endpoint.' },
  700016: { number: 90068 },
  700025: {
    number: 90084,
    message:
      'Public clients should not send a client_secret when redeeming a publicly acquired grant.',
  },
  700051: { number: 90013 },
  700054: { number: 90013 },
  700082: {
    number: 90129,
    message: 'The provided grant has been revoked. Please reauthenticate and try again.',
  },
  900144: { number: 90083 },
  7000215: {
    number: 90081,
    message:
      'The specified client_secret does not match the expected value for this client. Please correct the client_secret and try again.',
  },
  7000216: {
    number: 90079,
    message: 'Clients must send a client_secret when redeeming a confidential grant.',
  },
  7000218: {
    number: 90079,
    message: 'Clients must send a client_secret when redeeming a confidential grant.',
  },
}

// The number that Azure AD B2C uses for all other errors.
const INTERNAL_ERROR = 90085

/** Creates an OAuth error with an error number of Azure AD B2C. */
export function b2cError(
  error: string,
  number: number,
  message: string,
  remedy?: string,
): OAuthError {
  return new OAuthError(error, number, message, { prefix: 'AADB2C', remedy })
}

/** Translates an error of Entra ID to Azure AD B2C. Errors of Azure AD B2C stay unchanged. */
export function toB2cError(error: OAuthError): OAuthError {
  if (error.prefix === 'AADB2C' || error.number === 0) return error
  const entry = Object.hasOwn(B2C_ERRORS, error.number) ? B2C_ERRORS[error.number] : undefined
  // A `Fault` of a test can contain a number of Azure AD B2C.
  const isB2cNumber = error.number > 90_000 && error.number < 100_000
  const number = entry?.number ?? (isB2cNumber ? error.number : INTERNAL_ERROR)
  return new OAuthError(entry?.error ?? error.error, number, entry?.message ?? error.message, {
    prefix: 'AADB2C',
    status: error.status,
    remedy: error.remedy,
  })
}

/**
 * Returns the JSON body of an error. Unlike Entra ID, it has line breaks and does not contain
 * `error_codes`.
 */
export function toB2cErrorBody(error: OAuthError, ids: ErrorIds): Record<string, unknown> {
  const translated = toB2cError(error)
  const code = translated.number > 0 ? `AADB2C${translated.number}: ` : ''
  return {
    error: translated.error,
    error_description: `${code}${translated.message}\r\nCorrelation ID: ${ids.correlationId}\r\nTimestamp: ${ids.timestamp}\r\n`,
  }
}
