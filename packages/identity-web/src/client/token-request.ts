import type { Configuration } from 'openid-client'
import { requestEndpoint } from './endpoint-request.ts'
import type { OAuthClient } from './oauth-client.ts'

/** The response of a token endpoint. */
export interface TokenResponse {
  readonly accessToken: string
  readonly tokenType: string
  /** The lifetime of the access token in seconds. */
  readonly expiresIn: number
  /** The number of seconds after which the provider asks to refresh the token. It can be shorter than `expiresIn`. */
  readonly refreshIn?: number
  readonly scope?: string
  readonly refreshToken?: string
  /** The ID token, not verified yet. */
  readonly idToken?: string
}

/** The lifetime in seconds of an access token whose response does not contain `expires_in`. */
const DEFAULT_LIFETIME = 3600

type Grant = (configuration: Configuration) => Promise<Readonly<Record<string, unknown>>>

/**
 * Sends a request to the token endpoint.
 *
 * @param purpose - The purpose of the request for messages, such as `the sign-in`.
 * @param grant - Sends the request with openid-client.
 * @throws IdentityError `interaction_required`, `access_denied`, `provider_error`, `provider_unavailable` or
 *   `invalid_response`.
 */
export async function requestTokens(
  client: OAuthClient,
  purpose: string,
  grant: Grant,
): Promise<TokenResponse> {
  const { response, idToken } = await requestEndpoint(client, {
    purpose,
    endpoint: 'token endpoint',
    content: 'tokens',
    send: grant,
  })
  return toTokenResponse(response, idToken)
}

function toTokenResponse(
  fields: Readonly<Record<string, unknown>>,
  idToken: unknown,
): TokenResponse {
  const { access_token, token_type, expires_in, refresh_in, scope, refresh_token } = fields
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
