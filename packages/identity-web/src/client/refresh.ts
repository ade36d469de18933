import { IdentityError, type ClaimsRequest } from '../errors.ts'
import { verifyIdToken, type TokenUser, type VerifiedClaims } from '../authority/index.ts'
import { toRefreshError } from './refresh-failure.ts'
import { signInScopes, type ResourceScopes } from './scopes.ts'
import type { OAuthClient } from './oauth-client.ts'
import { tokenParameters, requestTokens } from './token-request.ts'
import type { TokenResponse } from './token-response.ts'

const PURPOSE = 'the refresh of a session'

/** The result of a refresh. */
export interface Refreshed {
  readonly response: TokenResponse
  /** The claims of the new ID token, if the provider returned one. */
  readonly claims?: VerifiedClaims
}

/** The parameters of a refresh. */
export interface RefreshRequest {
  readonly refreshToken: string
  readonly requested: ResourceScopes
  /** The user of the session. A new ID token must belong to this user. */
  readonly user: TokenUser
  /** The claims request of an API's claims challenge. */
  readonly claims?: ClaimsRequest | undefined
  /** The parameter `resource` of the sign-in (RFC 8707). */
  readonly resourceIndicator?: string | undefined
}

/**
 * Requests tokens for one API with a refresh token. At Microsoft, one refresh token works for every API.
 *
 * @throws IdentityError `interaction_required` if the user must sign in or consent; with the reason `refresh_rejected` if
 *   the refresh token does not work anymore. `configuration` if the application is wrong. `provider_unavailable` if the
 *   request can be repeated later. `invalid_response` for a response that is not OAuth.
 * @see {@link https://openid.net/specs/openid-connect-core-1_0.html#RefreshTokens}
 */
export async function refreshTokens(
  client: OAuthClient,
  { refreshToken, requested, user, claims: challenge, resourceIndicator }: RefreshRequest,
): Promise<Refreshed> {
  // At other providers, a narrower scope would also limit the scopes of the next refresh.
  const scope = client.traits.prefixedScopes
    ? (await signInScopes(client, requested.scopes)).join(' ')
    : undefined
  const { refreshTokenGrant } = await import('openid-client')
  const parameters = tokenParameters(client, { scope, claims: challenge, resourceIndicator })
  let response: TokenResponse
  try {
    response = await requestTokens(client, PURPOSE, (configuration) =>
      refreshTokenGrant(configuration, refreshToken, parameters),
    )
  } catch (error) {
    throw IdentityError.is(error) ? toRefreshError(error) : error
  }
  if (response.idToken === undefined) return { response }
  const claims = await verifyIdToken(client.issuing, response.idToken, {
    clientId: client.clientId,
    accessToken: response.accessToken,
    user,
  })
  return { response, claims }
}
