// IdentityError and AccessDenied, with their codes and statuses.
/**
 * The kind of error, which tells you who must act.
 *
 * - The developer: `configuration`, `session_too_large`.
 * - The user: `login_required`, `interaction_required`, `access_denied`.
 * - The page: `refresh_required`. The page must send an ordinary request to a guarded route, which refreshes the
 *   session.
 * - The API's caller: `invalid_request`, `invalid_token`, `insufficient_scope`.
 * - The operator: `provider_error`, `provider_unavailable`, `invalid_response`, `store_unavailable`,
 *   `process_unreadable`.
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
  | 'process_unreadable'

/**
 * The causes that identity-web recognizes.
 *
 * - `dns`, `connection_refused`, `connection_reset`, `timeout`, `tls`, `proxy`: the network between this server and the
 *   provider.
 * - `wrong_tenant`: the authority contains a tenant that does not exist.
 * - `clock`: this server's clock differs from the provider's.
 * - `refresh_rejected`: the provider does not accept the refresh token anymore.
 * - `unreadable_response`: the status is 4xx, but the response is not an OAuth error, so a proxy may have sent it.
 * - `store_not_connected`, `store_refused`, `store_timeout`, `store_failed`: the session store.
 * - `format`, `kind`, `signature`, `key`, `issuer`, `audience`, `time`, `tenant`, `user`, `client`, `bound`, `replay`: a
 *   token is rejected, because this part of it is wrong. `kind` means that it is a token for another purpose, such as an
 *   ID token. `key` means that the provider's keys for this issuer do not include the token's key.
 * - `state`, `nonce`, `mix_up`: the provider's response does not belong to the sign-in that this browser started.
 * - `declined`, `consent`: the user or an administrator declined, or has not consented yet.
 * - `credential`: the provider does not accept this application's credential or client ID.
 * - `role`, `group`, `claim`, `scope`, `acr`, `tenant`, `client`: the requirement that the user or the client does not
 *   meet. `acr` is an authentication context.
 *
 * Responses to browsers and clients never contain a reason.
 *
 * @public
 */
export type ErrorReason =
  | 'dns'
  | 'connection_refused'
  | 'connection_reset'
  | 'timeout'
  | 'tls'
  | 'proxy'
  | 'wrong_tenant'
  | 'clock'
  | 'refresh_rejected'
  | 'unreadable_response'
  | 'store_not_connected'
  | 'store_refused'
  | 'store_timeout'
  | 'store_failed'
  | 'format'
  | 'kind'
  | 'signature'
  | 'key'
  | 'issuer'
  | 'audience'
  | 'time'
  | 'tenant'
  | 'user'
  | 'client'
  | 'bound'
  | 'replay'
  | 'state'
  | 'nonce'
  | 'mix_up'
  | 'declined'
  | 'consent'
  | 'credential'
  | 'role'
  | 'group'
  | 'claim'
  | 'scope'
  | 'acr'

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
  /** The settings of the application or its registration are wrong. */
  readonly configuration: 500
  /** The session does not fit into cookies. */
  readonly session_too_large: 500
  /** No user is signed in. */
  readonly login_required: 401
  /** The user must consent or authenticate again. */
  readonly interaction_required: 401
  /** A stream needs a refreshed session, but a stream cannot store it. */
  readonly refresh_required: 401
  /** The user or the caller does not have access. */
  readonly access_denied: 403
  /** The request is malformed. */
  readonly invalid_request: 400
  /** The access token is not valid. */
  readonly invalid_token: 401
  /** The access token does not have the required scope. */
  readonly insufficient_scope: 403
  /** The identity provider rejects the request. */
  readonly provider_error: 502
  /** The identity provider does not respond. */
  readonly provider_unavailable: 503
  /** The identity provider's response is not valid. */
  readonly invalid_response: 502
  /** The session store does not respond. */
  readonly store_unavailable: 503
  /** A long-running process cannot be decrypted. */
  readonly process_unreadable: 500
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
  process_unreadable: 500,
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
 * The optional details of an {@link IdentityError}. You can also pass them to errors that you create.
 *
 * @public
 */
export interface IdentityErrorDetails {
  /** The error that caused this one, which never contains a token or a secret. @defaultValue none */
  readonly cause?: unknown
  /** The claims request that the next sign-in must contain. @defaultValue none */
  readonly claimsRequest?: ClaimsRequest | undefined
  /** The provider's ID for the failed request, which you can send to the provider's support. @defaultValue none */
  readonly correlationId?: string | undefined
  /** Advice for the operator: which setting to change, and where to find it. @defaultValue none */
  readonly hint?: string | undefined
  /** The URL that starts a sign-in to solve the error, for a link or for the response to a script. @defaultValue none */
  readonly loginUrl?: string | undefined
  /** The cause in one word, more precise than `code`, for metrics and alerts. @defaultValue none */
  readonly reason?: ErrorReason | undefined
  /** The OAuth error code from the provider, such as `invalid_grant`. @defaultValue none */
  readonly oauthError?: string | undefined
  /** The provider's text for developers (`error_description`), which is untrusted. @defaultValue none */
  readonly oauthErrorDescription?: string | undefined
  /** Microsoft's detail about `oauthError`, such as `bad_token`. @defaultValue none */
  readonly suberror?: string | undefined
  /**
   * Microsoft's error codes, such as `AADSTS50011`, for logs. In your code, use `oauthError` instead, because these
   * codes change.
   *
   * @defaultValue none
   */
  readonly microsoftCodes?: readonly string[] | undefined
  /** How many seconds to wait before you try again. @defaultValue none */
  readonly retryAfterSeconds?: number | undefined
}

const DETAILS = [
  'hint',
  'reason',
  'correlationId',
  'microsoftCodes',
  'oauthError',
  'oauthErrorDescription',
  'suberror',
  'claimsRequest',
  'loginUrl',
  'retryAfterSeconds',
] as const satisfies readonly (keyof IdentityErrorDetails)[]

const BRAND = Symbol.for('identity-web.error')

/**
 * The error that this package's functions throw, and that a guard turns into a response.
 *
 * Its message is for developers and logs, and never contains a token, a secret, a code or a cookie. Users see a fixed
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
  /** The kind of error. Your code can use it for decisions. */
  readonly code: IdentityErrorCode
  /** The HTTP status with which to respond to this error. */
  readonly status: number
  /** The claims request that the next sign-in must contain, for `auth.login({ claimsRequest })`. */
  declare readonly claimsRequest?: ClaimsRequest | undefined
  /** The provider's ID for the failed request, which you can send to the provider's support. */
  declare readonly correlationId?: string | undefined
  /** Advice for the operator: which setting to change, and where to find it. */
  declare readonly hint?: string | undefined
  /** The URL that starts a sign-in to solve the error, for a link or for the response to a script. */
  declare readonly loginUrl?: string | undefined
  /** The cause in one word, more precise than `code`, for metrics and alerts. */
  declare readonly reason?: ErrorReason | undefined
  /** The OAuth error code from the provider, such as `invalid_grant`. */
  declare readonly oauthError?: string | undefined
  /** The provider's text for developers (`error_description`). It is untrusted, so escape it before you show it. */
  declare readonly oauthErrorDescription?: string | undefined
  /** Microsoft's detail about `oauthError`, such as `bad_token`. */
  declare readonly suberror?: string | undefined
  /** Microsoft's error codes, such as `AADSTS50011` or `AADB2C90118`, for logs. */
  declare readonly microsoftCodes?: readonly string[] | undefined
  /** How many seconds to wait before you try again. */
  declare readonly retryAfterSeconds?: number | undefined

  /**
   * Creates an error for your application, such as `new IdentityError('access_denied', 'No account here.')` in
   * `onLogin`. The constructor does not throw.
   *
   * @param code - The kind of error, which also decides the `status`.
   * @param message - A message for developers and logs, without secrets.
   * @param details - Optional details.
   *
   * @example throw new IdentityError('access_denied', 'The user does not have an account.')
   */
  constructor(code: IdentityErrorCode, message: string, details: IdentityErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.code = code
    this.status = STATUS[code]
    // A property that is `undefined` would be a line of noise wherever the error is printed.
    for (const name of DETAILS) {
      const value = details[name]
      if (value !== undefined) Object.assign(this, { [name]: value })
    }
    Object.defineProperty(this, BRAND, { value: true })
  }

  /**
   * Returns whether a value is an {@link IdentityError}, also from another copy of this package, for which `instanceof`
   * is `false`. It does not throw.
   *
   * @param value - The value that was thrown.
   * @returns `true` for an error from this library.
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

/** Returns the error for a setting or a call that a developer must fix. */
export function configurationError(message: string, details?: IdentityErrorDetails): IdentityError {
  return new IdentityError('configuration', message, details)
}

const DENIED = Symbol.for('identity-web.access-denied')

/**
 * The content of an {@link AccessDenied}.
 *
 * @public
 */
export interface AccessDeniedDetails {
  /** The plain text that the user sees on the page, after the library has escaped it. Logs contain the same text. */
  readonly message: string
  /**
   * Your HTML that replaces the page, in which you must escape all values that you insert.
   *
   * @defaultValue the page of `pages.forbidden`
   */
  readonly page?: string | undefined
  /** The error that caused this one, which the user does not see. @defaultValue none */
  readonly cause?: unknown
}

/**
 * The error for a signed-in user who does not have access. Throw it in a handler behind a guard.
 *
 * A page navigation gets a page with the status 403 and your message, but a script or an API's client gets JSON. The
 * user is not sent to the provider.
 *
 * @example
 * ```ts
 * app.get(
 *   '/invoices/:id',
 *   auth.loginRequired(async (req, res, { user }) => {
 *     const invoice = await findInvoice(req.params.id)
 *     if (invoice.owner !== user.oid) throw new AccessDenied({ message: 'This invoice belongs to another customer.' })
 *     res.json(invoice)
 *   }),
 * )
 * ```
 * @public
 */
export class AccessDenied extends IdentityError {
  /** Always `access_denied`. */
  declare readonly code: 'access_denied'
  /** Always 403. */
  declare readonly status: 403
  /** Your HTML that replaces the page. */
  declare readonly page?: string | undefined

  /**
   * Creates the error. The constructor does not throw.
   *
   * @param details - The message for the user, and optionally a page.
   *
   * @example throw new AccessDenied({ message: 'Your trial has ended.' })
   */
  constructor({ message, page, cause }: AccessDeniedDetails) {
    super('access_denied', message, { cause })
    if (page !== undefined) this.page = page
    Object.defineProperty(this, DENIED, { value: true })
  }

  /**
   * Returns whether a value is an {@link AccessDenied}, also from another copy of this package. It does not throw.
   *
   * @param value - The value that was thrown.
   * @returns `true` for an {@link AccessDenied}, and `false` for other errors with the code `access_denied`.
   *
   * @example if (AccessDenied.is(error)) res.status(403).type('text').send(error.message)
   */
  static override is(value: unknown): value is AccessDenied {
    return typeof value === 'object' && value !== null && DENIED in value
  }
}

/**
 * Every {@link IdentityError}, as a union that is discriminated by `code`. `IdentityError.is` narrows a value to this
 * type, so that TypeScript can check that a `switch` over `error.code` is complete, and knows each code's `status`.
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
 *     case 'process_unreadable':
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

/** Returns a copy of an error with changed properties, which keeps all other details from the provider. */
export function withChanges(error: IdentityError, changes: ErrorChanges): IdentityError {
  const { code = error.code, message = error.message, ...details } = changes
  // The spread copies all details, also future ones, but not `cause`.
  // oxlint-disable-next-line typescript/no-misused-spread
  return new IdentityError(code, message, { ...error, cause: error.cause, ...details })
}
