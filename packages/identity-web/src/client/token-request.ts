import type { Configuration } from 'openid-client'
import { askProvider, parseObject } from '../authority/index.ts'
import { IdentityError, isIdentityError } from '../errors.ts'
import { createConfiguration, type OAuthClient } from './oauth-client.ts'
import { providerError } from './provider-error.ts'

/** What a token endpoint answered. */
export interface TokenResponse {
  readonly accessToken: string
  readonly tokenType: string
  /** Seconds. */
  readonly expiresIn: number
  /** Seconds after which the provider wants the token refreshed, though it is valid for longer. */
  readonly refreshIn?: number
  readonly scope?: string
  readonly refreshToken?: string
  /** Not verified yet. */
  readonly idToken?: string
}

/** A token without a lifetime is trusted for this long, in seconds. */
const DEFAULT_LIFETIME = 3600
const SENSITIVE = [
  'client_secret',
  'code',
  'code_verifier',
  'refresh_token',
  'client_assertion',
  'assertion',
]

type Grant = (configuration: Configuration) => Promise<Readonly<Record<string, unknown>>>

/**
 * Sends a request to the token endpoint.
 *
 * The ID token is taken out of the answer before openid-client reads it: openid-client compares its issuer
 * literally, which no multi-tenant authority survives, and checks no signature. `verifyIdToken` does both.
 *
 * @param what - For messages, such as `the sign-in`.
 * @param grant - The request, by openid-client.
 * @throws IdentityError `interaction_required`, `access_denied`, `provider_error`, `provider_unavailable` or
 *   `invalid_response`.
 */
export async function requestTokens(
  client: OAuthClient,
  what: string,
  grant: Grant,
): Promise<TokenResponse> {
  const openid = await import('openid-client')
  const configuration = await createConfiguration(client)
  let idToken: unknown
  let secrets: string[] = []
  configuration[openid.customFetch] = async (url, { method, headers, body }) => {
    const form = new URLSearchParams(body as URLSearchParams)
    secrets = sensitiveValues(form, new Headers(headers))
    const answer = await askProvider(client.issuing.transport, 'tokens', url, {
      method,
      headers,
      body: form,
    })
    const parsed = parseObject(answer.text)
    if (parsed === undefined) {
      throw new IdentityError(
        'invalid_response',
        `The token endpoint answered ${answer.status} with no JSON object.`,
      )
    }
    // An error is an error whatever its status says.
    if (typeof parsed['error'] === 'string') throw providerError(what, parsed, secrets)
    const { id_token, ...rest } = parsed
    idToken = id_token
    return Response.json(rest, { status: answer.status, headers: wwwAuthenticate(answer.headers) })
  }
  try {
    return toTokenResponse(await grant(configuration), idToken)
  } catch (error) {
    throw toIdentityError(openid, what, error, secrets)
  }
}

function toTokenResponse(
  answer: Readonly<Record<string, unknown>>,
  idToken: unknown,
): TokenResponse {
  const { access_token, token_type, expires_in, refresh_in, scope, refresh_token } = answer
  const refreshIn = Number(refresh_in ?? Number.NaN)
  return {
    accessToken: access_token as string,
    tokenType: token_type === 'bearer' ? 'Bearer' : (token_type as string),
    expiresIn: typeof expires_in === 'number' ? expires_in : DEFAULT_LIFETIME,
    ...(refreshIn > 0 && { refreshIn }),
    ...(typeof scope === 'string' && { scope }),
    ...(typeof refresh_token === 'string' && { refreshToken: refresh_token }),
    ...(typeof idToken === 'string' && { idToken }),
  }
}

function toIdentityError(
  { ClientError, ResponseBodyError }: typeof import('openid-client'),
  what: string,
  error: unknown,
  secrets: readonly string[],
): IdentityError {
  if (isIdentityError(error)) return error
  // openid-client wraps what its fetch throws.
  if (error instanceof Error && isIdentityError(error.cause)) return error.cause
  if (error instanceof ResponseBodyError) return providerError(what, error.cause, secrets)
  const reason = error instanceof ClientError ? `: ${error.message}` : ''
  // Not as `cause`: openid-client keeps whole answers there, tokens included.
  return new IdentityError(
    'invalid_response',
    `The provider's answer to ${what} can't be used${reason}.`,
  )
}

/** What was sent and must not come back, in every spelling that a provider may repeat it in. */
function sensitiveValues(form: URLSearchParams, headers: Headers): string[] {
  const { password = '', basic = '' } = credentialsIn(headers.get('authorization') ?? '')
  const values = [...SENSITIVE.map((name) => form.get(name) ?? ''), password, basic]
  return values
    .filter((value) => value !== '')
    .flatMap((value) => [
      value,
      encodeURIComponent(value),
      String(new URLSearchParams([['', value]])).slice(1),
    ])
}

// RFC 6749, section 2.3.1: form-encoded, then base64.
function credentialsIn(authorization: string): { password?: string; basic?: string } {
  const basic = /^Basic (.+)$/.exec(authorization)?.[1]
  if (basic === undefined) return {}
  const encoded = atob(basic).split(':')[1] ?? ''
  return { basic, password: new URLSearchParams(`=${encoded}`).get('') ?? '' }
}

function wwwAuthenticate(headers: Headers): Record<string, string> {
  const value = headers.get('www-authenticate')
  return value === null ? {} : { 'www-authenticate': value }
}
