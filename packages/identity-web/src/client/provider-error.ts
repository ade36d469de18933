import { IdentityError, type IdentityErrorCode } from '../errors.ts'
import { claimsFromOutside } from './claims-request.ts'
import { operatorHint } from './operator-hints.ts'

/** The fields of an OAuth error, of a redirect or of a token endpoint; all come from outside. */
export interface ProviderErrorFields {
  readonly error?: unknown
  readonly error_description?: unknown
  readonly error_codes?: unknown
  /** Of a token endpoint. */
  readonly suberror?: unknown
  /** The same on a redirect. */
  readonly error_subcode?: unknown
  readonly correlation_id?: unknown
  readonly claims?: unknown
}

// By `error` alone, as Microsoft asks: its AADSTS numbers change.
const CODES: ReadonlyMap<string, IdentityErrorCode> = new Map(
  Object.entries({
    access_denied: 'access_denied',
    // Of an administrator who does not approve (v2-admin-consent).
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

/**
 * Makes the error of a provider's error answer.
 *
 * @param secrets - What was sent with the request: a provider that repeats it doesn't get it into our logs.
 */
export function providerError(
  what: string,
  fields: ProviderErrorFields,
  secrets: readonly string[] = [],
): IdentityError {
  const error = plainText(fields.error, secrets, 60) ?? 'unknown_error'
  const description = plainText(fields.error_description, secrets, 300)
  const errorCodes = codesOf(fields.error_codes, description)
  return new IdentityError(
    CODES.get(error) ?? 'provider_error',
    `The provider refused ${what}: ${error}${description === undefined ? '' : ` (${description})`}.`,
    {
      error,
      suberror: plainText(fields.suberror ?? fields.error_subcode, secrets, 60),
      errorCodes,
      claims: claimsFromOutside(fields.claims),
      correlationId:
        plainText(fields.correlation_id, secrets, 60) ??
        /Correlation ID: ([0-9a-f-]{36})/i.exec(description ?? '')?.[1],
      hint: operatorHint(errorCodes),
      ...(CODES.get(error) === 'provider_unavailable' && { retryAfter: 5 }),
    },
  )
}

function plainText(value: unknown, secrets: readonly string[], length: number): string | undefined {
  if (typeof value !== 'string' || value === '') return undefined
  let text = value
  for (const secret of secrets) text = text.replaceAll(secret, '[redacted]')
  return text.replaceAll(/[\p{Cc}\p{Cf}]+/gu, ' ').slice(0, length)
}

// Whole codes: the numbers of Entra ID and Azure AD B2C are two series.
function codesOf(numbers: unknown, description: string | undefined): string[] {
  const given = Array.isArray(numbers) ? numbers.filter(isCode) : []
  if (given.length > 0) return given.slice(0, 10).map((number) => `AADSTS${number}`)
  // A redirect carries the code in the text alone, and so does Azure AD B2C everywhere.
  const inText = description?.match(/AADSTS\d{4,8}(?!\d)|AADB2C\d{4,6}(?!\d)/g)
  return [...new Set(inText)]
}

function isCode(value: unknown): value is number {
  return Number.isInteger(value) && /^\d{4,9}$/.test(String(value))
}
