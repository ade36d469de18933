import { assertResponseIssuer, verifyIdToken, type VerifiedClaims } from '../authority/index.ts'
import { IdentityError } from '../errors.ts'
import { hasPrefixedScopes, type OAuthClient } from './oauth-client.ts'
import { providerError } from './provider-error.ts'
import { groupScopes, type ResourceScopes } from './scopes.ts'
import { requestTokens, type TokenResponse } from './token-request.ts'

/** What the sign-in was begun with; the answer must fit it. */
export interface CodeGrantExpectations {
  readonly redirectUri: string
  readonly codeVerifier: string
  readonly nonce: string
  readonly maxAge?: number | undefined
  readonly scopes: readonly string[]
}

/** A sign-in that passed every check. */
export interface SignIn {
  readonly claims: VerifiedClaims
  readonly idToken: string
  readonly response: TokenResponse
  /** The API that the access token is for. */
  readonly asked: ResourceScopes
}

/**
 * Redeems the code of an authorization response and verifies the ID token.
 *
 * @param answer - The response's parameters; their `state` was checked by the caller, who sealed it.
 * @throws IdentityError by what was wrong; see the error codes.
 * @see {@link https://openid.net/specs/openid-connect-core-1_0.html#CodeFlowAuth}
 */
export async function redeemCode(
  client: OAuthClient,
  answer: URLSearchParams,
  expected: CodeGrantExpectations,
): Promise<SignIn> {
  assertResponseIssuer(await client.issuing.metadata(), answer.get('iss'))
  if (answer.has('error')) throw providerError('the sign-in', Object.fromEntries(answer))
  const code = answer.get('code')
  if (!code) throw new IdentityError('invalid_response', 'The authorization response has no code.')

  const callback = new URL(expected.redirectUri)
  callback.searchParams.set('code', code)
  const prefixed = hasPrefixedScopes(client)
  const [asked = { resource: '', names: [], scopes: [] }, ...others] = groupScopes(
    expected.scopes,
    prefixed,
  )
  // Microsoft's token endpoint takes the scopes of one API at a time; the consent was for all of them.
  const scope = oneResource(expected.scopes, others)
  const { authorizationCodeGrant } = await import('openid-client')
  const response = await requestTokens(client, 'the sign-in', (configuration) =>
    authorizationCodeGrant(
      configuration,
      callback,
      { pkceCodeVerifier: expected.codeVerifier },
      prefixed ? { scope } : undefined,
    ),
  )
  if (response.idToken === undefined) {
    throw new IdentityError('invalid_response', 'The provider gave no ID token.')
  }
  const claims = await verifyIdToken(client.issuing, response.idToken, {
    clientId: client.clientId,
    nonce: expected.nonce,
    maxAge: expected.maxAge,
    accessToken: response.accessToken,
  })
  return { claims, idToken: response.idToken, response, asked }
}

function oneResource(scopes: readonly string[], others: readonly ResourceScopes[]): string {
  const left = new Set(others.flatMap((group) => group.scopes))
  return scopes.filter((scope) => !left.has(scope)).join(' ')
}
