import { IdentityError } from 'identity-web/fetch'

/** An error of a check that says what to change. */
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

/**
 * Explains an error of the library or of Node.js.
 *
 * @param fallback - The change for errors that do not name one.
 */
export function explainError(error: unknown, fallback: string): Explanation {
  if (IdentityError.is(error)) {
    const codes = (error.microsoftCodes ?? []).filter((code) => !error.message.includes(code))
    const suffix = codes.length === 0 ? '' : ` (${codes.join(', ')})`
    return { found: `${withoutTrace(error.message)}${suffix}`, change: error.hint ?? fallback }
  }
  if (error instanceof CheckError) return { found: error.message, change: error.change }
  if (!(error instanceof Error)) return { found: String(error), change: fallback }
  const { cause } = error
  const detail = cause instanceof Error && cause.message !== '' ? `: ${cause.message}` : ''
  return { found: `${error.message || codeOf(error)}${detail}`, change: fallback }
}

/** Microsoft adds IDs and the time, which a reader of the report does not need. */
function withoutTrace(message: string): string {
  return message.replaceAll(/\s*(?:Trace ID|Correlation ID|Timestamp): [^)]*/g, '')
}

/** The errors of several addresses (happy eyeballs) have a code, but no message. */
function codeOf(error: Error): string {
  return String((error as { readonly code?: unknown }).code ?? error.name)
}
