// Converts errors for version 1 of the official SDK.
import { IdentityError } from '../errors.ts'

/**
 * An error class from version 1 of the official SDK, such as its `InvalidTokenError`.
 *
 * @public
 */
export type SdkErrorClass = new (message: string) => Error

/**
 * The error classes from version 1 of the official SDK. The SDK recognizes its errors by their class, so pass the
 * module `@modelcontextprotocol/sdk/server/auth/errors.js`.
 *
 * @public
 */
export interface SdkErrorClasses {
  /** The error that the SDK responds to with 401. */
  readonly InvalidTokenError: SdkErrorClass
  /** The error that the SDK responds to with 403. @defaultValue `InvalidTokenError` */
  readonly InsufficientScopeError?: SdkErrorClass | undefined
  /** The error that the SDK responds to with 400. @defaultValue `InvalidTokenError` */
  readonly InvalidRequestError?: SdkErrorClass | undefined
  /**
   * The error for a client or a tenant that is not allowed, to which the SDK responds with 400.
   *
   * @defaultValue `InvalidTokenError`
   */
  readonly AccessDeniedError?: SdkErrorClass | undefined
}

// Version 2 of the SDK recognizes its errors by this property, also those from another copy of the SDK.
const BRANDS = Symbol.for('mcp.sdk.errorBrands')

/** An error in the shape that `OAuthError` has in version 2 of the official SDK. */
class OAuthError extends Error {
  override readonly name = 'OAuthError'
  readonly code: string

  constructor(code: string, { message, cause }: { message: string; cause: unknown }) {
    super(message, { cause })
    this.code = code
    Object.defineProperty(this, BRANDS, { value: new Set(['mcp.OAuthError']) })
  }

  /** The SDK sends the result as its response body. */
  toResponseObject(): { readonly error: string; readonly error_description: string } {
    return { error: this.code, error_description: this.message }
  }
}

/** The OAuth error code for each error that the caller can fix. */
const CODES: Readonly<Partial<Record<IdentityError['code'], OAuthCode>>> = {
  login_required: 'invalid_token',
  invalid_token: 'invalid_token',
  interaction_required: 'invalid_token',
  insufficient_scope: 'insufficient_scope',
  invalid_request: 'invalid_request',
  access_denied: 'access_denied',
}

type OAuthCode = 'invalid_token' | 'insufficient_scope' | 'invalid_request' | 'access_denied'

/**
 * Converts an error about a token for the SDK.
 *
 * Errors that the caller cannot fix stay as they are, such as those during a provider's outage. The SDK responds to
 * them with 500. With 401, the client would start a sign-in that cannot help.
 *
 * @param classes - The classes from version 1.
 */
export function toSdkError(error: unknown, classes?: SdkErrorClasses): unknown {
  const code = IdentityError.is(error) ? CODES[error.code] : undefined
  if (code === undefined || !IdentityError.is(error)) return error
  const { message } = error
  if (classes === undefined) return new OAuthError(code, { message, cause: error })
  const byCode: Record<OAuthCode, SdkErrorClass | undefined> = {
    invalid_token: classes.InvalidTokenError,
    insufficient_scope: classes.InsufficientScopeError,
    invalid_request: classes.InvalidRequestError,
    access_denied: classes.AccessDeniedError,
  }
  return new (byCode[code] ?? classes.InvalidTokenError)(message)
}
