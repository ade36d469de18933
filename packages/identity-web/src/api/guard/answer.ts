import { toBase64 } from '../../base64.ts'
import type { IdentityError } from '../../errors.ts'
import { logError } from '../../settings/logger.ts'
import type { ApiRuntime } from '../runtime.ts'

/**
 * Answers a request that brings no token: with the way to get one, and without an error, since there is none.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6750#section-3 | RFC 6750, section 3}
 */
export function answerAnonymous(
  runtime: ApiRuntime,
  scopes: readonly string[],
  isInUrl: boolean,
): Response {
  const text = isInUrl
    ? 'A token in the URL is not looked at. Send it in the Authorization header, as "Bearer" and the token.'
    : 'Send an access token in the Authorization header, as "Bearer" and the token.'
  return json(
    401,
    { error: 'unauthorized', error_description: text },
    { 'www-authenticate': bearerChallenge(runtime, scopes) },
  )
}

/** `WWW-Authenticate` for whoever brings no token. */
export function bearerChallenge(runtime: ApiRuntime, scopes: readonly string[]): string {
  return challenge(runtime, { scope: scopes.join(' ') })
}

/**
 * Answers an error of a token, or of acting for its user, in the way of bearer tokens; and logs it.
 *
 * @param scopes - What a client has to ask for, where scopes are missing.
 * @see {@link https://www.rfc-editor.org/rfc/rfc6750#section-3.1 | RFC 6750, section 3.1}
 * @see {@link https://learn.microsoft.com/entra/identity-platform/claims-challenge}
 */
export async function answerError(
  runtime: ApiRuntime,
  error: IdentityError,
  scopes: readonly string[] = [],
): Promise<Response> {
  const isFault = error.status >= 500
  logError(runtime.options, error, isFault ? 'warn' : 'info')
  const description = isFault ? undefined : toDescription(error.message)
  const body = (code: string): Record<string, string> => ({
    error: code,
    ...(description !== undefined && { error_description: description }),
    ...(error.correlationId !== undefined && { correlation_id: error.correlationId }),
  })
  if (isFault) {
    const seconds = String(error.retryAfter ?? 5)
    return json(
      error.status,
      body(error.code),
      error.status === 503 ? { 'retry-after': seconds } : {},
    )
  }
  if (error.code === 'access_denied') return json(403, body('access_denied'))
  if (error.code === 'interaction_required') {
    const { code, text, ...parameters } = await interaction(runtime, error)
    return json(
      401,
      {
        ...body(code),
        error_description: text,
        ...(error.claims !== undefined && { claims: error.claims }),
      },
      {
        'www-authenticate': challenge(runtime, {
          ...parameters,
          error: code,
          error_description: text,
        }),
      },
    )
  }
  return json(error.status, body(error.code), {
    'www-authenticate': challenge(runtime, {
      error: error.code,
      error_description: description,
      ...(error.code === 'insufficient_scope' && { scope: scopes.join(' ') }),
    }),
  })
}

type Parameters = Readonly<Record<string, string | undefined>>

/** What the client has to do so that its user can go on: other claims, consent, or a new sign-in. */
async function interaction(
  { client, audiences }: ApiRuntime,
  { claims, error, suberror, errorCodes }: IdentityError,
): Promise<Parameters & { readonly code: string; readonly text: string }> {
  const { authorization_endpoint: endpoint } = await client.issuing.metadata()
  const at = { authorization_uri: endpoint, client_id: client.clientId }
  if (claims !== undefined) {
    return {
      code: 'insufficient_claims',
      text: 'The user has to satisfy the claims first; ask for a token with them.',
      ...at,
      claims: toBase64(new TextEncoder().encode(claims)),
    }
  }
  const needsConsent =
    error === 'consent_required' ||
    suberror === 'consent_required' ||
    errorCodes?.includes('AADSTS65001') === true
  // Consent to all that the API itself needs is asked for together with consent to the API (knownClientApplications).
  return {
    code: needsConsent ? 'consent_required' : 'interaction_required',
    // The provider's own words are for the log.
    text: needsConsent
      ? 'The user has not consented to what this API needs of another one.'
      : 'The user has to sign in again before this API can act for them.',
    ...at,
    ...(needsConsent && { scope: audiences.toAskable('.default') }),
  }
}

function challenge({ metadataUrl }: ApiRuntime, parameters: Parameters): string {
  const all = { ...parameters, resource_metadata: metadataUrl }
  const written = Object.entries(all)
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([name, value]) => `${name}="${value}"`)
  return `Bearer ${written.join(', ')}`.trimEnd()
}

// RFC 6750, section 3: printable ASCII, without the two characters that a quoted text would have to escape.
function toDescription(text: string): string {
  return text
    .replaceAll('"', "'")
    .replaceAll('\\', '/')
    .replaceAll(/[^\x20-\x7e]/g, '?')
}

function json(status: number, body: object, headers: Record<string, string> = {}): Response {
  return Response.json(body, { status, headers: { 'cache-control': 'no-store', ...headers } })
}
