// Requests tokens, and verifies the response.
import type { Configuration } from 'openid-client'
import { requestEndpoint } from './endpoint-request.ts'
import type { OAuthClient } from './oauth-client.ts'
import { verifyIdToken, type VerifiedClaims } from '../authority/index.ts'
import { IdentityError, type ClaimsRequest } from '../errors.ts'
import type { AccessToken } from '../tokens.ts'
import { claimsParameter } from './claims-request.ts'
import type { ResourceScopes } from './scopes.ts'
import { toAccessToken, toTokenResponse, type TokenResponse } from './token-response.ts'

type Grant = (configuration: Configuration) => Promise<Readonly<Record<string, unknown>>>

/**
 * Sends a request to the token endpoint.
 *
 * @param purpose - The request's purpose for messages, such as `the sign-in`.
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

/** A token request's parameters that do not depend on its grant. */
export interface TokenRequestParameters {
  readonly scope?: string | undefined
  readonly claims?: ClaimsRequest | undefined
  /** The API that the access token is for (RFC 8707). */
  readonly resourceIndicator?: string | undefined
}

/** Returns a token request's parameters, without empty ones. */
export function tokenParameters(
  client: OAuthClient,
  { scope, claims, resourceIndicator }: TokenRequestParameters,
): Record<string, string> {
  // Most requests do not contain claims.
  const hasClaims = claims !== undefined || client.capabilityClaims !== undefined
  const claimsToSend = hasClaims ? claimsParameter(client, claims) : undefined
  return {
    ...(scope !== undefined && { scope }),
    ...(claimsToSend !== undefined && { claims: claimsToSend }),
    ...(resourceIndicator !== undefined && { resource: resourceIndicator }),
  }
}

/** A sign-in whose ID token was verified. */
export interface SignIn {
  readonly claims: VerifiedClaims
  readonly idToken: string
  readonly response: TokenResponse
  /** The access token in the response. */
  readonly token: AccessToken
  /** The scopes that were requested, which all belong to the access token's API. */
  readonly requested: ResourceScopes
  /** The sign-in's parameter `resource` (RFC 8707). */
  readonly resourceIndicator?: string | undefined
  /** The names of the claims that come from UserInfo instead of the ID token. */
  readonly userInfoClaims?: readonly string[]
}

export interface SignInExpectations {
  /** The authorization request's nonce, which the device code flow does not have. */
  readonly nonce?: string
  /** The maximum age of the user's authentication, in seconds. */
  readonly maxAgeSeconds?: number | undefined
  readonly requested: ResourceScopes
}

/**
 * Verifies the ID token in a sign-in's token response.
 *
 * @throws IdentityError `invalid_response` if the response does not contain an ID token, and the errors from
 *   {@link verifyIdToken}.
 */
export async function verifyTokenResponse(
  client: OAuthClient,
  response: TokenResponse,
  { nonce, maxAgeSeconds, requested }: SignInExpectations,
): Promise<SignIn> {
  if (response.idToken === undefined) {
    throw new IdentityError(
      'invalid_response',
      'The token response does not contain an ID token. Check that the scopes contain openid.',
    )
  }
  const claims = await verifyIdToken(client.issuing, response.idToken, {
    clientId: client.clientId,
    ...(nonce !== undefined && { nonce }),
    maxAgeSeconds,
    accessToken: response.accessToken,
  })
  const token = toAccessToken(client, response, requested)
  return { claims, idToken: response.idToken, response, token, requested }
}
