import { IdentityError, type IdentityErrorCode } from '../errors.ts'

/** The fields of an OAuth error, of a redirect or of a token endpoint; all come from outside. */
export interface ProviderErrorFields {
  readonly error?: unknown
  readonly error_description?: unknown
  readonly error_codes?: unknown
  readonly correlation_id?: unknown
  readonly claims?: unknown
}

// By `error` alone, as Microsoft asks: its AADSTS numbers change.
const CODES: ReadonlyMap<string, IdentityErrorCode> = new Map(
  Object.entries({
    access_denied: 'access_denied',
    invalid_grant: 'interaction_required',
    interaction_required: 'interaction_required',
    consent_required: 'interaction_required',
    login_required: 'interaction_required',
    account_selection_required: 'interaction_required',
    server_error: 'provider_unavailable',
    temporarily_unavailable: 'provider_unavailable',
  } as const),
)

// What an operator can do about the faults that a first set-up meets.
const HINTS: Readonly<Record<number, string>> = {
  50011: 'Register this redirectUri in the app registration (Authentication, platform Web).',
  50194: 'This app is single-tenant: set authority to https://login.microsoftonline.com/<tenant>.',
  65004: 'The user declined. They can try again, or an administrator can consent for everybody.',
  700016: 'Check clientId, and that the app is registered in the tenant of authority.',
  7000215: "clientCredential is wrong: use the secret's value, not its id.",
  7000218:
    'Set clientCredential (IDENTITY_CLIENT_SECRET), or allow public client flows in the registration.',
  7000222:
    'The client secret has expired: make a new one (Certificates & secrets) and set IDENTITY_CLIENT_SECRET.',
}

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
  const errorCodes = numbers(fields.error_codes, description)
  return new IdentityError(
    CODES.get(error) ?? 'provider_error',
    `The provider refused ${what}: ${error}${description === undefined ? '' : ` (${description})`}.`,
    {
      error,
      errorCodes,
      claims: typeof fields.claims === 'string' ? fields.claims : undefined,
      correlationId:
        plainText(fields.correlation_id, secrets, 60) ??
        /Correlation ID: ([0-9a-f-]{36})/i.exec(description ?? '')?.[1],
      hint: errorCodes.map((code) => HINTS[code]).find((hint) => hint !== undefined),
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

function numbers(codes: unknown, description: string | undefined): number[] {
  if (Array.isArray(codes)) return codes.filter((code) => typeof code === 'number')
  // A redirect carries the number in the text alone.
  const inText = /AADSTS(\d{4,8})/.exec(description ?? '')?.[1]
  return inText === undefined ? [] : [Number(inText)]
}
