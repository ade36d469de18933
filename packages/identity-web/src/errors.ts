/**
 * The kind of an error. The code tells you who must act.
 *
 * - The developer: `configuration`, `session_too_large`.
 * - The user: `login_required`, `interaction_required`, `access_denied`.
 * - The page: `refresh_required`. It sends an ordinary request to a guarded route, which refreshes the session.
 * - The caller of an API: `invalid_request`, `invalid_token`, `insufficient_scope`.
 * - The operator: `provider_error`, `provider_unavailable`, `invalid_response`, `store_unavailable`.
 *
 * @public
 */
export type IdentityErrorCode =
  | 'configuration'
  | 'session_too_large'
  | 'login_required'
  | 'interaction_required'
  | 'refresh_required'
  | 'access_denied'
  | 'invalid_request'
  | 'invalid_token'
  | 'insufficient_scope'
  | 'provider_error'
  | 'provider_unavailable'
  | 'invalid_response'
  | 'store_unavailable'

/**
 * The HTTP status for each code.
 *
 * @example
 * ```ts
 * type Status = IdentityErrorStatus['access_denied'] // 403
 * ```
 * @public
 */
export interface IdentityErrorStatus {
  readonly configuration: 500
  readonly session_too_large: 500
  readonly login_required: 401
  readonly interaction_required: 401
  readonly refresh_required: 401
  readonly access_denied: 403
  readonly invalid_request: 400
  readonly invalid_token: 401
  readonly insufficient_scope: 403
  readonly provider_error: 502
  readonly provider_unavailable: 503
  readonly invalid_response: 502
  readonly store_unavailable: 503
}

const STATUS: IdentityErrorStatus = {
  configuration: 500,
  session_too_large: 500,
  login_required: 401,
  interaction_required: 401,
  refresh_required: 401,
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
 * A claims request: the claims that the provider must put into the ID token or the access token.
 *
 * @example
 * ```ts
 * const claimsRequest: ClaimsRequest = { id_token: { acrs: { essential: true, value: 'c1' } } }
 * ```
 * @see {@link https://openid.net/specs/openid-connect-core-1_0.html#ClaimsParameter | OpenID Connect Core, section 5.5}
 * @public
 */
export type ClaimsRequest = Readonly<Record<string, unknown>>

/**
 * The optional details of an {@link IdentityError}. You may pass them to errors that you create yourself.
 *
 * @public
 */
export interface IdentityErrorDetails {
  /** The error that caused this one. It never contains a token or a secret. @defaultValue none */
  readonly cause?: unknown
  /** The claims request that the next sign-in must contain. @defaultValue none */
  readonly claimsRequest?: ClaimsRequest | undefined
  /** The provider's id of the failed request. Send it to the provider's support. @defaultValue none */
  readonly correlationId?: string | undefined
  /** Advice for the operator: the setting to change and where to find it. @defaultValue none */
  readonly hint?: string | undefined
  /** The URL that starts the sign-in which solves the error, for a link or for the response to a script. @defaultValue none */
  readonly loginUrl?: string | undefined
  /** The OAuth error code from the provider, such as `invalid_grant`. @defaultValue none */
  readonly oauthError?: string | undefined
  /** Microsoft's detail of `oauthError`, such as `bad_token`. @defaultValue none */
  readonly suberror?: string | undefined
  /** Microsoft's error codes, such as `AADSTS50011`, for logs. Use `oauthError` in your code, because the codes change. @defaultValue none */
  readonly microsoftCodes?: readonly string[] | undefined
  /** The number of seconds to wait before you try again. @defaultValue none */
  readonly retryAfterSeconds?: number | undefined
}

const BRAND = Symbol.for('identity-web.error')

/**
 * The error that every function of this library throws.
 *
 * Its message is for developers and logs. It never contains a token, a secret, a code or a cookie. Users see a fixed
 * text for each `code` instead.
 *
 * @example
 * ```ts
 * try {
 *   await auth.getTokenForClient(['https://graph.microsoft.com/.default'])
 * } catch (error) {
 *   if (IdentityError.is(error) && error.code === 'provider_unavailable') retryLater(error.retryAfterSeconds)
 *   else throw error
 * }
 * ```
 * @public
 */
export class IdentityError extends Error {
  /** Always `IdentityError`. */
  override readonly name = 'IdentityError'
  /** The kind of the error. Use it for decisions in your code. */
  readonly code: IdentityErrorCode
  /** The HTTP status for a response to this error. */
  readonly status: number
  /** The claims request that the next sign-in must contain. Pass it to `auth.login({ claimsRequest })`. */
  readonly claimsRequest?: ClaimsRequest | undefined
  /** The provider's id of the failed request. Send it to the provider's support. */
  readonly correlationId?: string | undefined
  /** Advice for the operator: the setting to change and where to find it. */
  readonly hint?: string | undefined
  /** The URL that starts the sign-in which solves the error, for a link or for the response to a script. */
  readonly loginUrl?: string | undefined
  /** The OAuth error code from the provider, such as `invalid_grant`. */
  readonly oauthError?: string | undefined
  /** Microsoft's detail of `oauthError`, such as `bad_token`. */
  readonly suberror?: string | undefined
  /** Microsoft's error codes, such as `AADSTS50011` or `AADB2C90118`, for logs. */
  readonly microsoftCodes?: readonly string[] | undefined
  /** The number of seconds to wait before you try again. */
  readonly retryAfterSeconds?: number | undefined

  /**
   * Creates an error of your application, such as `new IdentityError('access_denied', 'No account here.')` in
   * `onLogin`. It does not throw.
   *
   * @param code - The kind of the error, which also decides the `status`.
   * @param message - A message for developers and logs, without secrets.
   * @param details - Optional details.
   *
   * @example throw new IdentityError('access_denied', 'The user does not have an account.')
   */
  constructor(code: IdentityErrorCode, message: string, details: IdentityErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.code = code
    this.status = STATUS[code]
    this.claimsRequest = details.claimsRequest
    this.correlationId = details.correlationId
    this.hint = details.hint
    this.loginUrl = details.loginUrl
    this.oauthError = details.oauthError
    this.suberror = details.suberror
    this.microsoftCodes = details.microsoftCodes
    this.retryAfterSeconds = details.retryAfterSeconds
    Object.defineProperty(this, BRAND, { value: true })
  }

  /**
   * Tells whether a value is an {@link IdentityError}. It also recognizes errors from another copy of this package, for
   * which `instanceof` is `false`. It does not throw.
   *
   * @param value - The value that was thrown.
   * @returns `true` for an error of this library.
   *
   * @example
   * ```ts
   * app.use((error: unknown, req: Request, res: Response, next: NextFunction) => {
   *   if (!IdentityError.is(error)) return next(error)
   *   res.status(error.status).json({ error: error.code })
   * })
   * ```
   */
  static is(value: unknown): value is AnyIdentityError {
    return typeof value === 'object' && value !== null && BRAND in value
  }
}

/**
 * Every {@link IdentityError}, as a union that is discriminated by `code`. `IdentityError.is` returns this type, so that a
 * `switch` over `error.code` is checked for completeness and narrows `status`.
 *
 * @example
 * ```ts
 * function whoMustAct(error: AnyIdentityError): 'developer' | 'user' | 'caller' | 'operator' {
 *   switch (error.code) {
 *     case 'configuration':
 *     case 'session_too_large':
 *       return 'developer'
 *     case 'login_required':
 *     case 'interaction_required':
 *     case 'access_denied':
 *       return 'user'
 *     case 'invalid_request':
 *     case 'invalid_token':
 *     case 'insufficient_scope':
 *       return 'caller'
 *     case 'provider_error':
 *     case 'provider_unavailable':
 *     case 'invalid_response':
 *     case 'store_unavailable':
 *       return 'operator'
 *   }
 * }
 * ```
 * @public
 */
export type AnyIdentityError = {
  [Code in IdentityErrorCode]: IdentityError & {
    readonly code: Code
    readonly status: IdentityErrorStatus[Code]
  }
}[IdentityErrorCode]

/** The properties to replace in a copy of an error. */
export interface ErrorChanges extends IdentityErrorDetails {
  readonly code?: IdentityErrorCode
  readonly message?: string
}

/** Returns a copy of an error with other properties. All other details from the provider are kept. */
export function withChanges(error: IdentityError, changes: ErrorChanges): IdentityError {
  const { code = error.code, message = error.message, ...details } = changes
  // The spread copies all details, also future ones, but not `cause`.
  // oxlint-disable-next-line typescript/no-misused-spread
  return new IdentityError(code, message, { ...error, cause: error.cause, ...details })
}
