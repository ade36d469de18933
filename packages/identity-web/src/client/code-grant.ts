import { authorizationCodeGrant } from 'openid-client'
import { assertResponseIssuer } from '../authority/index.ts'
import { IdentityError, withChanges, type ClaimsRequest } from '../errors.ts'
import type { OAuthClient } from './oauth-client.ts'
import { providerError } from './provider-error.ts'
import {
  tokenParameters,
  requestTokens,
  verifyTokenResponse,
  type SignIn,
} from './token-request.ts'
import { scopesOfFirstResource } from './scopes.ts'

/**
 * The errors of authorization responses: RFC 6749, section 4.1.2.1, OpenID Connect Core, section 3.1.2.6, RFC 8707, and those
 * that only Microsoft sends.
 */
const KNOWN_ERRORS: ReadonlySet<string> = new Set([
  'invalid_request',
  'unauthorized_client',
  'access_denied',
  'unsupported_response_type',
  'invalid_scope',
  'server_error',
  'temporarily_unavailable',
  'interaction_required',
  'login_required',
  'account_selection_required',
  'consent_required',
  'invalid_request_uri',
  'invalid_request_object',
  'request_not_supported',
  'request_uri_not_supported',
  'registration_not_supported',
  'unmet_authentication_requirements',
  'invalid_target',
  'invalid_resource',
  'invalid_client',
  'invalid_grant',
  'permission_denied',
])

/** The parameters of the authorization request, which the token response must match. */
export interface CodeGrantExpectations {
  readonly redirectUri: string
  readonly codeVerifier: string
  readonly nonce: string
  readonly maxAgeSeconds?: number | undefined
  readonly scopes: readonly string[]
  readonly claims?: ClaimsRequest | undefined
  /** The parameter `resource` of the authorization request (RFC 8707). */
  readonly resourceIndicator?: string | undefined
}

/**
 * Redeems the code of an authorization response and verifies the ID token.
 *
 * @param authorizationResponse - The parameters of the response. The caller has already checked `state`.
 * @throws IdentityError The code depends on the failure. The documentation of the error codes explains each.
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
    // A browser can bring anything. Only the errors that providers send are those of the provider.
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
  // Microsoft's token endpoint accepts the scopes of one API only. The user consented to the scopes of all APIs.
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
