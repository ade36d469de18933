// Makes an error of an error response of the provider.
import { IdentityError, withChanges, type ErrorReason, type IdentityErrorCode } from '../errors.ts'
import { microsoftCodesIn, toPlainString } from '../text.ts'
import { claimsFromOutside } from './claims-request.ts'
import { operatorHint, passes } from './hints/operator-hints.ts'

/** The fields of an OAuth error, from a redirect or from an endpoint. All values are untrusted. */
export interface ProviderErrorFields {
  readonly error?: unknown
  readonly error_description?: unknown
  readonly error_codes?: unknown
  /** Microsoft's detail about the error, in a token endpoint's response. */
  readonly suberror?: unknown
  /** Microsoft's detail about the error, in a redirect. */
  readonly error_subcode?: unknown
  readonly correlation_id?: unknown
  readonly claims?: unknown
}

// Decides by `error` only, which Microsoft recommends, because AADSTS numbers change.
const CODES: ReadonlyMap<string, IdentityErrorCode> = new Map(
  Object.entries({
    access_denied: 'access_denied',
    // Sent when an administrator does not give admin consent.
    permission_denied: 'access_denied',
    invalid_grant: 'interaction_required',
    interaction_required: 'interaction_required',
    consent_required: 'interaction_required',
    login_required: 'interaction_required',
    account_selection_required: 'interaction_required',
    server_error: 'provider_unavailable',
    temporarily_unavailable: 'provider_unavailable',
  } as const),
)

/** How many of a description's characters are searched for codes and IDs. */
const MAX_DESCRIPTION = 4000

export interface RejectedRequest {
  /** The request's secrets, which are removed from the message, in case the provider repeats them. */
  readonly secrets?: readonly string[]
  /** The request's grant type, or `authorization` for a redirect. It decides the hint. */
  readonly grant?: string | undefined
}

/**
 * Creates an {@link IdentityError} from a provider's error response.
 *
 * @param purpose - The request's purpose for messages, such as `the sign-in`.
 */
export function providerError(
  purpose: string,
  fields: ProviderErrorFields,
  { secrets = [], grant }: RejectedRequest = {},
): IdentityError {
  // A browser can send `code=d`, and removing that secret from a standard code would make it unknown.
  const error = isKnownCode(fields.error)
    ? fields.error
    : (toPlainString(fields.error, secrets, 60) ?? 'unknown_error')
  const description = toPlainString(fields.error_description, secrets, 300)
  const whole = toPlainString(fields.error_description, secrets, MAX_DESCRIPTION)
  const suberror = toPlainString(fields.suberror ?? fields.error_subcode, secrets, 60)
  const microsoftCodes = codesOf(fields.error_codes, whole)
  const code = CODES.get(error) ?? 'provider_error'
  const isOutage = code === 'provider_unavailable' || passes(microsoftCodes)
  return new IdentityError(
    code,
    `The provider rejected ${purpose}: ${error}${description === undefined ? '' : ` (${description})`}.`,
    {
      oauthError: error,
      oauthErrorDescription: description,
      suberror,
      microsoftCodes,
      claimsRequest: claimsFromOutside(fields.claims),
      correlationId:
        toPlainString(fields.correlation_id, secrets, 60) ??
        /Correlation ID: ([0-9a-f-]{36})/i.exec(whole ?? '')?.[1],
      hint: operatorHint(microsoftCodes, error, grant),
      reason: reasonOf(error, suberror, microsoftCodes),
      ...(isOutage && { retryAfterSeconds: 5 }),
    },
  )
}

/** Microsoft's codes for a consent that a user, or that only an administrator can give. */
const CONSENT_CODES: ReadonlySet<string> = new Set(['AADSTS65001', 'AADSTS90094', 'AADSTS90095'])

/** Entra ID also calls a wrong redirect URI of a token request `invalid_client`. Another credential does not help. */
export const REDIRECT_URI_CODES: ReadonlySet<string> = new Set(['AADSTS50011', 'AADSTS500112'])

function reasonOf(
  error: string,
  suberror: string | undefined,
  microsoftCodes: readonly string[],
): ErrorReason | undefined {
  if (
    [error, suberror].includes('consent_required') ||
    microsoftCodes.some((code) => CONSENT_CODES.has(code))
  )
    return 'consent'
  if (CODES.get(error) === 'access_denied') return 'declined'
  if (microsoftCodes.some((code) => REDIRECT_URI_CODES.has(code))) return undefined
  return error === 'invalid_client' || error === 'unauthorized_client' ? 'credential' : undefined
}

function isKnownCode(error: unknown): error is string {
  return CODES.has(error as string)
}

// Returns whole codes, because Entra ID's and Azure AD B2C's numbers are independent.
function codesOf(numbers: unknown, description: string | undefined): string[] {
  const given = Array.isArray(numbers) ? numbers.filter(isCode) : []
  if (given.length > 0) return given.slice(0, 10).map((number) => `AADSTS${number}`)
  // Redirects, and all Azure AD B2C responses, contain the code only in the description.
  return microsoftCodesIn(description)
}

function isCode(value: unknown): value is number {
  return Number.isInteger(value) && /^\d{4,9}$/.test(String(value))
}

/** Returns a copy of an error with one more sentence in its hint. */
export function withHint(error: IdentityError, sentence: string | undefined): IdentityError {
  if (sentence === undefined) return error
  const hint = error.hint === undefined ? sentence : `${error.hint} ${sentence}`
  return withChanges(error, { hint })
}
