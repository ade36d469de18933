/** The optional values of an {@link OAuthError}. */
export interface OAuthErrorOptions {
  readonly status?: number
  readonly suberror?: string
  /** A claims challenge, as a JSON string. */
  readonly claims?: string
  readonly codes?: readonly number[]
  /** @defaultValue 'AADSTS' */
  readonly prefix?: 'AADSTS' | 'AADB2C'
  /** One or two plain sentences that say how to fix the app or the configuration. */
  readonly remedy?: string | undefined
}

/**
 * An OAuth error with an error number of Entra ID.
 *
 * Endpoints throw it. The code that catches it decides whether it becomes JSON, a redirect or a
 * page.
 */
export class OAuthError extends Error {
  /** The OAuth `error`. */
  readonly error: string
  /** The number after `AADSTS`, or 0 for an error without a number. */
  readonly number: number
  readonly status: number
  readonly suberror: string | undefined
  readonly claims: string | undefined
  readonly codes: readonly number[]
  /** The prefix of the number. */
  readonly prefix: 'AADSTS' | 'AADB2C'
  /**
   * One or two plain sentences that say how to fix the app or the configuration. The log and the
   * pages show them. The response to the app does not contain them.
   */
  readonly remedy: string | undefined

  constructor(error: string, number: number, message: string, options: OAuthErrorOptions = {}) {
    super(message)
    this.name = 'OAuthError'
    this.error = error
    this.number = number
    this.status = options.status ?? 400
    this.suberror = options.suberror
    this.claims = options.claims
    this.codes = options.codes ?? [number]
    this.prefix = options.prefix ?? 'AADSTS'
    this.remedy = options.remedy
  }
}

/** Creates the error for a request that is not valid. */
export function invalidRequest(number: number, message: string, remedy?: string): OAuthError {
  return new OAuthError('invalid_request', number, message, { remedy })
}

/** Creates the error for a code, a refresh token or another grant that is not valid. */
export function invalidGrant(
  number: number,
  message: string,
  remedy?: string,
  suberror?: 'bad_token' | 'consent_required',
): OAuthError {
  return new OAuthError('invalid_grant', number, message, {
    remedy,
    ...(suberror !== undefined && { suberror }),
  })
}

/** The IDs that Entra ID adds to every error, for its support team. */
export interface ErrorIds {
  readonly traceId: string
  readonly correlationId: string
  readonly timestamp: string
}

/** Creates the IDs of one failed request. */
export function createErrorIds(
  { correlationId, requestId }: { readonly correlationId: string; readonly requestId: string },
  nowMs: number,
): ErrorIds {
  const timestamp = new Date(nowMs)
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, 'Z')
  return { traceId: requestId, correlationId, timestamp }
}

/** Returns `error_description` in the format of Entra ID. */
function describeError(error: OAuthError, ids: ErrorIds): string {
  const prefix = error.number > 0 ? `${error.prefix}${error.number}: ` : ''
  return `${prefix}${error.message} Trace ID: ${ids.traceId} Correlation ID: ${ids.correlationId} Timestamp: ${ids.timestamp}`
}

// Entra ID sends these errors without a link.
const WITHOUT_URI: ReadonlySet<number> = new Set([54005, 65001, 70003, 70043, 500112, 700038])

/** Returns the JSON body of a failed request with all fields of Entra ID. */
export function toEntraErrorBody(
  error: OAuthError,
  ids: ErrorIds,
  origin: string,
): Record<string, unknown> {
  return {
    error: error.error,
    error_description: describeError(error, ids),
    error_codes: error.codes,
    timestamp: ids.timestamp,
    trace_id: ids.traceId,
    correlation_id: ids.correlationId,
    ...(error.number > 0 &&
      !WITHOUT_URI.has(error.number) && { error_uri: `${origin}/error?code=${error.number}` }),
    ...(error.suberror !== undefined && { suberror: error.suberror }),
    ...(error.claims !== undefined && { claims: error.claims }),
  }
}

/**
 * Creates the error AADSTS50076, which only a new sign-in can solve. The app sends `claims` with
 * that sign-in.
 *
 * @param error - The token endpoint of Entra ID sends `invalid_grant`.
 */
export function interactionRequired(
  audience: string,
  claims: string | undefined,
  error: 'interaction_required' | 'invalid_grant',
): OAuthError {
  return new OAuthError(
    error,
    50076,
    `Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication to access '${audience}'.`,
    {
      suberror: 'basic_action',
      ...(claims !== undefined && { claims }),
      remedy:
        'Start a new sign-in, and send the claims of this error in the parameter "claims" of the authorization request.',
    },
  )
}

/** Creates the error for a parameter that is missing or empty. */
export function missingParameter(name: string): OAuthError {
  return invalidRequest(
    900144,
    `The request body must contain the following parameter: '${name}'.`,
    `Add the parameter ${name} to the request. An empty value counts as missing.`,
  )
}
