/**
 * What went wrong, grouped by who must act.
 *
 * The developer: `configuration`, `session_too_large`. The user: `login_required`, `interaction_required`,
 * `access_denied`. The caller: `invalid_request`, `invalid_token`, `insufficient_scope`. The operator:
 * `provider_error`, `provider_unavailable`, `invalid_response`, `store_unavailable`.
 *
 * @public
 */
export type IdentityErrorCode =
  | 'configuration'
  | 'session_too_large'
  | 'login_required'
  | 'interaction_required'
  | 'access_denied'
  | 'invalid_request'
  | 'invalid_token'
  | 'insufficient_scope'
  | 'provider_error'
  | 'provider_unavailable'
  | 'invalid_response'
  | 'store_unavailable'

const STATUS: Record<IdentityErrorCode, number> = {
  configuration: 500,
  session_too_large: 500,
  login_required: 401,
  interaction_required: 401,
  access_denied: 403,
  invalid_request: 400,
  invalid_token: 401,
  insufficient_scope: 403,
  provider_error: 502,
  provider_unavailable: 503,
  invalid_response: 502,
  store_unavailable: 503,
}

/**
 * What an {@link IdentityError} knows besides its code and message; the application's own errors may tell it, too.
 *
 * @public
 */
export interface IdentityErrorDetails {
  /** The error below this one. Never holds a token or a secret. */
  readonly cause?: unknown
  /** A claims request (JSON) that the provider wants answered at the next sign-in. */
  readonly claims?: string | undefined
  /** The provider's id of the failed request: what its support asks for. */
  readonly correlationId?: string | undefined
  /** For the operator: what to change, and where. */
  readonly hint?: string | undefined
  /** The OAuth error code as the provider gave it, such as `invalid_grant`. */
  readonly error?: string | undefined
  /** What stands behind `error`, where Microsoft says more, such as `bad_token`. */
  readonly suberror?: string | undefined
  /** Microsoft's codes, such as `AADSTS50011`, for logs. Decisions go by `error`, since the codes change. */
  readonly errorCodes?: readonly string[] | undefined
  /** Seconds to wait before another try. */
  readonly retryAfter?: number | undefined
}

const BRAND = Symbol.for('identity-web.error')

/**
 * The one error of this library.
 *
 * Messages are for developers and logs; they hold no token, secret, code or cookie. Users are shown a
 * fixed text for each `code`.
 *
 * @example
 * ```ts
 * try {
 *   await auth.getTokenForClient(['https://graph.microsoft.com/.default'])
 * } catch (error) {
 *   if (isIdentityError(error) && error.code === 'provider_unavailable') retryLater(error.retryAfter)
 *   else throw error
 * }
 * ```
 * @public
 */
export class IdentityError extends Error {
  /** Always `IdentityError`. */
  override readonly name = 'IdentityError'
  /** What went wrong: what decisions go by. */
  readonly code: IdentityErrorCode
  /** The HTTP status that fits this error. */
  readonly status: number
  /** A claims request (JSON) that the provider wants answered at the next sign-in. */
  readonly claims?: string | undefined
  /** The provider's id of the failed request: what its support asks for. */
  readonly correlationId?: string | undefined
  /** For the operator: what to change, and where. */
  readonly hint?: string | undefined
  /** The OAuth error code as the provider gave it, such as `invalid_grant`. */
  readonly error?: string | undefined
  /** What stands behind `error`, where Microsoft says more, such as `bad_token`. */
  readonly suberror?: string | undefined
  /** Microsoft's codes, such as `AADSTS50011` or `AADB2C90118`, for logs. */
  readonly errorCodes?: readonly string[] | undefined
  /** Seconds to wait before another try. */
  readonly retryAfter?: number | undefined

  /**
   * For errors of the application's own, such as `new IdentityError('access_denied', 'No account here.')` in `onLogin`.
   *
   * @param code - What went wrong; `status` follows from it.
   * @param message - For developers and logs: nothing secret.
   * @param details - What else is known.
   */
  constructor(code: IdentityErrorCode, message: string, details: IdentityErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.code = code
    this.status = STATUS[code]
    this.claims = details.claims
    this.correlationId = details.correlationId
    this.hint = details.hint
    this.error = details.error
    this.suberror = details.suberror
    this.errorCodes = details.errorCodes
    this.retryAfter = details.retryAfter
    Object.defineProperty(this, BRAND, { value: true })
  }
}

/**
 * Tells whether a value is an {@link IdentityError}, also one from another copy of this package.
 *
 * @param value - Anything that was thrown.
 * @returns `true` for an error of this library.
 *
 * @example
 * ```ts
 * app.use((error: unknown, req: Request, res: Response, next: NextFunction) => {
 *   if (!isIdentityError(error)) return next(error)
 *   res.status(error.status).json({ error: error.code })
 * })
 * ```
 * @public
 */
export function isIdentityError(value: unknown): value is IdentityError {
  return typeof value === 'object' && value !== null && BRAND in value
}

/** What an error says anew. */
export interface Restatement extends IdentityErrorDetails {
  readonly code?: IdentityErrorCode
  readonly message?: string
}

/** The same error in other words: nothing of what the provider said gets lost. */
export function restate(error: IdentityError, changes: Restatement): IdentityError {
  const { code = error.code, message = error.message, ...details } = changes
  // All of its details, also ones to come; `cause` is the one that a spread doesn't see.
  // oxlint-disable-next-line typescript/no-misused-spread
  return new IdentityError(code, message, { ...error, cause: error.cause, ...details })
}
