import type { Configuration } from 'openid-client'
import { askEndpoint } from './endpoint-request.ts'
import type { OAuthClient } from './oauth-client.ts'

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

type Grant = (configuration: Configuration) => Promise<Readonly<Record<string, unknown>>>

/**
 * Sends a request to the token endpoint.
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
  const { answer, idToken } = await askEndpoint(client, {
    what,
    endpoint: 'token endpoint',
    gives: 'tokens',
    send: grant,
  })
  return toTokenResponse(answer, idToken)
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
