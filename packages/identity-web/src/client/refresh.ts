import { refreshTokenGrant } from 'openid-client'
import { verifyIdToken, type TokenUser, type VerifiedClaims } from '../authority/index.ts'
import { IdentityError, withChanges, type ClaimsRequest } from '../errors.ts'
import { isEmptyRejection } from './endpoint-request.ts'
import type { OAuthClient } from './oauth-client.ts'
import { signInScopes, type ResourceScopes } from './scopes.ts'
import { isStepUp } from './step-up.ts'
import { tokenParameters, requestTokens } from './token-request.ts'
import type { TokenResponse } from './token-response.ts'

const PURPOSE = 'the refresh of a session'

export interface Refreshed {
  readonly response: TokenResponse
  /** The claims of the new ID token, if the provider returned one. */
  readonly claims?: VerifiedClaims
}

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

/** The application or its registration is wrong. Another sign-in would not help. */
const CONFIGURATION: ReadonlySet<string> = new Set([
  'invalid_client',
  'unauthorized_client',
  'invalid_scope',
  'invalid_target',
  'invalid_resource',
  'unsupported_grant_type',
])

/** The provider cannot respond now. */
const TRANSIENT: ReadonlySet<string> = new Set(['server_error', 'temporarily_unavailable'])

/**
 * Returns the error of a refresh with the code that says who must act: `interaction_required` for the user, `configuration` for
 * the developer, and `provider_unavailable` or `invalid_response` if a later attempt can work.
 *
 * If the provider rejected the refresh token, the error has the reason `refresh_rejected`. Providers use different codes
 * for that, so every other OAuth error means it.
 */
function toRefreshError(error: IdentityError): IdentityError {
  const { oauthError, microsoftCodes = [] } = error
  if (isEmptyRejection(error)) return toRejectedRefresh(error)
  if (oauthError === undefined || TRANSIENT.has(oauthError)) return error
  // Microsoft says that the token of one API was denied, for example because an administrator must consent to it.
  if (error.code === 'access_denied' && microsoftCodes.length > 0) return error
  if (isStepUp(error)) return withChanges(error, { code: 'interaction_required' })
  const isConfiguration =
    CONFIGURATION.has(oauthError) || (oauthError === 'invalid_request' && microsoftCodes.length > 0)
  return isConfiguration ? withChanges(error, { code: 'configuration' }) : toRejectedRefresh(error)
}

function toRejectedRefresh(error: IdentityError): IdentityError {
  return withChanges(error, { code: 'interaction_required', reason: 'refresh_rejected' })
}
