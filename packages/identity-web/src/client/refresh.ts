import { verifyIdToken, type TokenUser, type VerifiedClaims } from '../authority/index.ts'
import { signInScopes } from './authorization-request.ts'
import type { OAuthClient } from './oauth-client.ts'
import { tokenParameters } from './request-parameters.ts'
import type { ResourceScopes } from './scopes.ts'
import { requestTokens, type TokenResponse } from './token-request.ts'

/** A refresh; `claims` where the provider gave a new ID token. */
export interface Refreshed {
  readonly response: TokenResponse
  readonly claims?: VerifiedClaims
}

/** What a refresh is for. */
export interface RefreshRequest {
  readonly refreshToken: string
  readonly wanted: ResourceScopes
  /** The session's user: a new ID token must be theirs. */
  readonly user: TokenUser
  /** Claims that an API challenged for, as JSON. */
  readonly claims?: string | undefined
}

/**
 * Asks for tokens for one API by a refresh token. At Microsoft one refresh token serves every API.
 * @throws IdentityError `interaction_required` when the user has to sign in or consent; `provider_unavailable`
 *   when it is worth trying again.
 * @see {@link https://openid.net/specs/openid-connect-core-1_0.html#RefreshTokens}
 */
export async function refreshTokens(
  client: OAuthClient,
  { refreshToken, wanted, user, claims: challenge }: RefreshRequest,
): Promise<Refreshed> {
  // Elsewhere than at Microsoft a narrower scope would narrow what the next refresh gives.
  const scope = client.traits.prefixedScopes
    ? (await signInScopes(client, wanted.scopes)).join(' ')
    : undefined
  const { refreshTokenGrant } = await import('openid-client')
  const response = await requestTokens(client, 'the refresh of a session', (configuration) =>
    refreshTokenGrant(
      configuration,
      refreshToken,
      tokenParameters(client, { scope, claims: challenge }),
    ),
  )
  if (response.idToken === undefined) return { response }
  const claims = await verifyIdToken(client.issuing, response.idToken, {
    clientId: client.clientId,
    accessToken: response.accessToken,
    user,
  })
  return { response, claims }
}
