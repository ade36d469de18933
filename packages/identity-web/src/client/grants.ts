// Redeems codes, refreshes tokens, and decides what errors mean.
import {
  authorizationCodeGrant,
  refreshTokenGrant,
  clientCredentialsGrant,
  genericGrantRequest,
} from 'openid-client'
import {
  assertResponseIssuer,
  verifyIdToken,
  type TokenUser,
  type VerifiedClaims,
} from '../authority/index.ts'
import { IdentityError, withChanges, type ClaimsRequest } from '../errors.ts'
import { isSetupError } from '../event-emitter.ts'
import type { OAuthClient } from './oauth-client.ts'
import { providerError } from './provider-error.ts'
import {
  tokenParameters,
  requestTokens,
  verifyTokenResponse,
  type SignIn,
  type TokenRequestParameters,
} from './token-request.ts'
import { scopesOfFirstResource, signInScopes, type ResourceScopes } from './scopes.ts'
import { isEmptyRejection } from './endpoint-request.ts'
import { isStepUp } from './step-up.ts'
import type { TokenResponse } from './token-response.ts'

/**
 * The errors for authorization responses from RFC 6749, section 4.1.2.1, OpenID Connect Core, section 3.1.2.6, and RFC
 * 8707, and the errors that only Microsoft sends.
 */
const KNOWN_ERRORS: ReadonlySet<string> = new Set(
  [
    'invalid_request unauthorized_client access_denied unsupported_response_type invalid_scope',
    'server_error temporarily_unavailable interaction_required login_required consent_required',
    'account_selection_required invalid_request_uri invalid_request_object request_not_supported',
    'request_uri_not_supported registration_not_supported unmet_authentication_requirements',
    'invalid_target invalid_resource invalid_client invalid_grant permission_denied',
  ].flatMap((codes) => codes.split(' ')),
)

/** The authorization request's parameters, which the token response must match. */
export interface CodeGrantExpectations {
  readonly redirectUri: string
  readonly codeVerifier: string
  readonly nonce: string
  readonly maxAgeSeconds?: number | undefined
  readonly scopes: readonly string[]
  readonly claims?: ClaimsRequest | undefined
  /** The authorization request's parameter `resource` (RFC 8707). */
  readonly resourceIndicator?: string | undefined
}

/**
 * Redeems the code from an authorization response, and verifies the ID token.
 *
 * @param authorizationResponse - The response's parameters, of which the caller has already checked `state`.
 * @throws IdentityError The code depends on the failure, and the documentation explains each code.
 * @see {@link https://openid.net/specs/openid-connect-core-1_0.html#CodeFlowAuth}
 */
export async function redeemCode(
  client: OAuthClient,
  authorizationResponse: URLSearchParams,
  expected: CodeGrantExpectations,
): Promise<SignIn> {
  assertResponseIssuer(await client.issuing.metadata(), authorizationResponse.get('iss'))
  if (authorizationResponse.has('error')) {
    const error = providerError('the sign-in', Object.fromEntries(authorizationResponse), {
      grant: 'authorization',
    })
    // A browser can send anything, so only the errors that providers send are the provider's.
    throw KNOWN_ERRORS.has(error.oauthError ?? '')
      ? error
      : withChanges(error, { code: 'invalid_request' })
  }
  const code = authorizationResponse.get('code')
  if (!code) {
    throw new IdentityError(
      'invalid_request',
      'The authorization response does not contain a code.',
    )
  }

  const callback = new URL(expected.redirectUri)
  callback.searchParams.set('code', code)
  // Microsoft's token endpoint accepts only one API's scopes, but the user consented to all APIs' scopes.
  const { requested, scope } = scopesOfFirstResource(client, expected.scopes)
  const { resourceIndicator } = expected
  const response = await requestTokens(client, 'the sign-in', (configuration) =>
    authorizationCodeGrant(
      configuration,
      callback,
      { pkceCodeVerifier: expected.codeVerifier },
      tokenParameters(client, {
        ...(client.traits.prefixedScopes && { scope }),
        claims: expected.claims,
        resourceIndicator,
      }),
    ),
  )
  const { nonce, maxAgeSeconds } = expected
  const signIn = await verifyTokenResponse(client, response, { nonce, maxAgeSeconds, requested })
  return { ...signIn, resourceIndicator }
}

const REFRESH = 'the refresh of a session'

export interface Refreshed {
  readonly response: TokenResponse
  /** The new ID token's claims, if the provider returned one. */
  readonly claims?: VerifiedClaims
}

export interface RefreshRequest {
  readonly refreshToken: string
  readonly requested: ResourceScopes
  /** The session's user, to whom a new ID token must belong. */
  readonly user: TokenUser
  /** The claims request from an API's claims challenge. */
  readonly claims?: ClaimsRequest | undefined
  /** The sign-in's parameter `resource` (RFC 8707). */
  readonly resourceIndicator?: string | undefined
}

/**
 * Requests tokens for one API with a refresh token. At Microsoft, one refresh token works for every API.
 *
 * @throws IdentityError `interaction_required` if the user must sign in or consent, with the reason `refresh_rejected`
 *   if the refresh token does not work anymore. `configuration` if the application is wrong. `provider_unavailable` if
 *   the request can be repeated later. `invalid_response` for a response that is not OAuth.
 * @see {@link https://openid.net/specs/openid-connect-core-1_0.html#RefreshTokens}
 */
export async function refreshTokens(
  client: OAuthClient,
  { refreshToken, requested, user, claims: challenge, resourceIndicator }: RefreshRequest,
): Promise<Refreshed> {
  // At other providers, a narrower scope would also limit the next refresh's scopes.
  const scope = client.traits.prefixedScopes
    ? (await signInScopes(client, requested.scopes)).join(' ')
    : undefined
  const parameters = tokenParameters(client, { scope, claims: challenge, resourceIndicator })
  let response: TokenResponse
  try {
    response = await requestTokens(client, REFRESH, (configuration) =>
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

/** The error codes which say that the provider cannot respond now. */
const TRANSIENT: ReadonlySet<string> = new Set(['server_error', 'temporarily_unavailable'])

/**
 * Returns the error of a refresh. Its code says who must act: `interaction_required` the user, `configuration` the
 * developer. With `provider_unavailable` or `invalid_response`, however, a later attempt can succeed.
 *
 * If the provider rejected the refresh token, the error has the reason `refresh_rejected`. Providers use different
 * codes for such a rejection, so every other OAuth error counts as one.
 */
function toRefreshError(error: IdentityError): IdentityError {
  const { oauthError, microsoftCodes = [] } = error
  if (isEmptyRejection(error)) return toRejectedRefresh(error)
  if (oauthError === undefined || TRANSIENT.has(oauthError)) return error
  // Microsoft says that one API's token was denied, for example because an administrator must consent to it.
  if (error.code === 'access_denied' && microsoftCodes.length > 0) return error
  if (isStepUp(error)) return withChanges(error, { code: 'interaction_required' })
  return isSetupError(error)
    ? withChanges(error, { code: 'configuration' })
    : toRejectedRefresh(error)
}

function toRejectedRefresh(error: IdentityError): IdentityError {
  return withChanges(error, { code: 'interaction_required', reason: 'refresh_rejected' })
}

/** @throws IdentityError The errors of a token request. */
export async function requestAppToken(
  client: OAuthClient,
  scope: string,
  claims?: ClaimsRequest,
): Promise<TokenResponse> {
  return requestTokens(client, 'the request for an app-only token', (configuration) =>
    clientCredentialsGrant(configuration, tokenParameters(client, { scope, claims })),
  )
}

const ON_BEHALF_OF = 'urn:ietf:params:oauth:grant-type:jwt-bearer'

/**
 * Requests tokens on behalf of a user.
 *
 * @param token - The access token that a client called this API with.
 * @throws IdentityError The errors of a token request.
 */
export async function requestOnBehalfOf(
  client: OAuthClient,
  token: string,
  parameters: TokenRequestParameters,
): Promise<TokenResponse> {
  try {
    return await requestTokens(client, 'the on-behalf-of request', (configuration) =>
      genericGrantRequest(configuration, ON_BEHALF_OF, {
        ...tokenParameters(client, parameters),
        assertion: token,
        requested_token_use: 'on_behalf_of',
      }),
    )
  } catch (error) {
    throw withConsentHint(error)
  }
}

// An API cannot ask the user for consent, and the hint for web apps names the wrong app registration here.
function withConsentHint(error: unknown): unknown {
  if (!IdentityError.is(error) || error.suberror !== 'consent_required') return error
  return withChanges(error, {
    hint: "The user has not consented to the permissions that this API requests. Open this API's app registration in the Microsoft Entra admin center. Grant admin consent under API permissions, or add the client to knownClientApplications in the manifest so that users consent to both applications at once.",
  })
}
