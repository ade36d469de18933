import { assertResponseIssuer } from '../authority/index.ts'
import { IdentityError, type ClaimsRequest } from '../errors.ts'
import type { OAuthClient } from './oauth-client.ts'
import { providerError } from './provider-error.ts'
import {
  tokenParameters,
  requestTokens,
  verifyTokenResponse,
  type SignIn,
} from './token-request.ts'
import { scopesOfFirstResource } from './scopes.ts'

/** The parameters of the authorization request, which the token response must match. */
export interface CodeGrantExpectations {
  readonly redirectUri: string
  readonly codeVerifier: string
  readonly nonce: string
  readonly maxAgeSeconds?: number | undefined
  readonly scopes: readonly string[]
  /** The requested claims. */
  readonly claims?: ClaimsRequest | undefined
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
    throw providerError('the sign-in', Object.fromEntries(authorizationResponse), {
      grant: 'authorization',
    })
  }
  const code = authorizationResponse.get('code')
  if (!code) {
    throw new IdentityError(
      'invalid_response',
      'The authorization response does not contain a code.',
    )
  }

  const callback = new URL(expected.redirectUri)
  callback.searchParams.set('code', code)
  // Microsoft's token endpoint accepts the scopes of one API only. The user consented to the scopes of all APIs.
  const { requested, scope } = scopesOfFirstResource(client, expected.scopes)
  const { authorizationCodeGrant } = await import('openid-client')
  const response = await requestTokens(client, 'the sign-in', (configuration) =>
    authorizationCodeGrant(
      configuration,
      callback,
      { pkceCodeVerifier: expected.codeVerifier },
      tokenParameters(client, {
        ...(client.traits.prefixedScopes && { scope }),
        claims: expected.claims,
      }),
    ),
  )
  const { nonce, maxAgeSeconds } = expected
  return verifyTokenResponse(client, response, { nonce, maxAgeSeconds, requested })
}
