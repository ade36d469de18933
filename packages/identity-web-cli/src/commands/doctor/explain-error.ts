import { IdentityError } from 'identity-web/fetch'

/** The error of a check. It says what to change. */
export class CheckError extends Error {
  readonly change: string

  constructor(found: string, change: string, options?: ErrorOptions) {
    super(found, options)
    this.change = change
  }
}

/** An error in the parts of a finding. */
export interface Explanation {
  readonly found: string
  readonly change: string
}

/** The parts of an error of the library. An event about a failure also has them. */
export interface Failure {
  readonly message: string
  readonly oauthError?: string | undefined
  readonly microsoftCodes?: readonly string[] | undefined
  readonly hint?: string | undefined
}

/**
 * Explains a failure of the library.
 *
 * @param fallback - The change to suggest if the failure does not contain one.
 */
export function explainFailure(failure: Failure, fallback: string): Explanation {
  const { message, oauthError, microsoftCodes = [], hint } = failure
  // The hint explains the code. The text of the provider is long, and does not say where to change it.
  if (oauthError !== undefined && hint !== undefined && microsoftCodes.length > 0)
    return {
      found: `The provider rejects the request: ${oauthError} (${microsoftCodes.join(', ')}).`,
      change: hint,
    }
  const codes = microsoftCodes.filter((code) => !message.includes(code))
  const suffix = codes.length === 0 ? '' : ` (${codes.join(', ')})`
  return { found: `${withoutTrace(message)}${suffix}`, change: hint ?? fallback }
}

/**
 * Explains an error of the library or of Node.js.
 *
 * @param fallback - The change to suggest if the error does not contain one.
 */
export function explainError(error: unknown, fallback: string): Explanation {
  if (IdentityError.is(error)) return explainFailure(error, fallback)
  if (error instanceof CheckError) return { found: error.message, change: error.change }
  if (!(error instanceof Error)) return { found: String(error), change: fallback }
  const { cause } = error
  const detail = cause instanceof Error && cause.message !== '' ? `: ${cause.message}` : ''
  return { found: `${error.message || codeOf(error)}${detail}`, change: fallback }
}

/**
 * Returns the message without the IDs and the time that Microsoft adds, because a reader of the report does not need
 * them.
 */
function withoutTrace(message: string): string {
  return message.replaceAll(/ (?:Trace ID|Correlation ID|Timestamp): [^)]*/g, '')
}

/**
 * Returns the code of an error for its message. For a host with several IP addresses, the error has a code but not a
 * message.
 */
function codeOf(error: Error): string {
  const { code } = error as { readonly code?: unknown }
  return typeof code === 'string' ? code : error.name
}
