import { randomUUID } from 'node:crypto'

/** What an {@link OAuthError} holds besides its text. */
export interface OAuthErrorOptions {
  readonly status?: number
  readonly suberror?: string
  /** A claims challenge, as JSON text. */
  readonly claims?: string
  readonly codes?: readonly number[]
  /** @defaultValue 'AADSTS' */
  readonly prefix?: 'AADSTS' | 'AADB2C'
}

/**
 * A refusal in OAuth's words with Entra's number.
 *
 * Thrown by the endpoints; whether it becomes JSON, a redirect or a page is decided where it is caught.
 */
export class OAuthError extends Error {
  /** The OAuth `error`. */
  readonly error: string
  /** The number after AADSTS; 0 when there is none. */
  readonly number: number
  readonly status: number
  readonly suberror: string | undefined
  readonly claims: string | undefined
  readonly codes: readonly number[]
  /** What stands before the number. */
  readonly prefix: 'AADSTS' | 'AADB2C'

  constructor(error: string, number: number, text: string, options: OAuthErrorOptions = {}) {
    super(text)
    this.name = 'OAuthError'
    this.error = error
    this.number = number
    this.status = options.status ?? 400
    this.suberror = options.suberror
    this.claims = options.claims
    this.codes = options.codes ?? [number]
    this.prefix = options.prefix ?? 'AADSTS'
  }
}

/** The ids that Entra prints under every error, for its support people. */
export interface ErrorIds {
  readonly traceId: string
  readonly correlationId: string
  readonly timestamp: string
}

/** Makes the ids of one failed request. */
export function createErrorIds(correlationId: string, nowMs: number): ErrorIds {
  const timestamp = new Date(nowMs)
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, 'Z')
  return { traceId: randomUUID(), correlationId, timestamp }
}

/** `error_description` as Entra writes it. */
function describeError(error: OAuthError, ids: ErrorIds): string {
  const prefix = error.number > 0 ? `${error.prefix}${error.number}: ` : ''
  return `${prefix}${error.message} Trace ID: ${ids.traceId} Correlation ID: ${ids.correlationId} Timestamp: ${ids.timestamp}`
}

/** The JSON body of a failed request, with all of Entra's fields. */
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
    ...(error.number > 0 && { error_uri: `${origin}/error?code=${error.number}` }),
    ...(error.suberror !== undefined && { suberror: error.suberror }),
    ...(error.claims !== undefined && { claims: error.claims }),
  }
}

/** AADSTS50076: only the user can satisfy what is asked. `claims` goes along to the next sign-in. */
export function interactionRequired(audience: string, claims: string | undefined): OAuthError {
  return new OAuthError(
    'interaction_required',
    50076,
    `Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication to access '${audience}'.`,
    { suberror: 'basic_action', ...(claims !== undefined && { claims }) },
  )
}

/** The refusal of a request that lacks a parameter, or has it empty. */
export function missingParameter(name: string): OAuthError {
  return new OAuthError(
    'invalid_request',
    900144,
    `The request body must contain the following parameter: '${name}'.`,
  )
}
