/** The response of a token endpoint. */
export interface TokenResponse {
  readonly accessToken: string
  readonly tokenType: string
  /** The lifetime of the access token in seconds. */
  readonly expiresInSeconds: number
  /** The number of seconds after which the provider asks to refresh the token. It can be shorter than `expiresInSeconds`. */
  readonly refreshInSeconds?: number
  readonly scope?: string
  readonly refreshToken?: string
  /** The ID token, not verified yet. */
  readonly idToken?: string
}

/** The lifetime in seconds of an access token whose response does not contain `expires_in`. */
const DEFAULT_LIFETIME = 3600

/**
 * Converts the members of a token response.
 *
 * @param fields - The response of a token endpoint (RFC 6749, section 5.1).
 */
export function toTokenResponse(
  fields: Readonly<Record<string, unknown>>,
  idToken: unknown,
): TokenResponse {
  const { access_token, token_type, expires_in, refresh_in, scope, refresh_token } = fields
  const refreshInSeconds = Number(refresh_in ?? Number.NaN)
  return {
    accessToken: access_token as string,
    tokenType: token_type === 'bearer' ? 'Bearer' : (token_type as string),
    expiresInSeconds: typeof expires_in === 'number' ? expires_in : DEFAULT_LIFETIME,
    ...(refreshInSeconds > 0 && { refreshInSeconds }),
    ...(typeof scope === 'string' && { scope }),
    ...(typeof refresh_token === 'string' && { refreshToken: refresh_token }),
    ...(typeof idToken === 'string' && { idToken }),
  }
}
