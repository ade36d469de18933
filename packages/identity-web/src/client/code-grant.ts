import { assertResponseIssuer } from '../authority/index.ts'
import { IdentityError } from '../errors.ts'
import type { OAuthClient } from './oauth-client.ts'
import { providerError } from './provider-error.ts'
import { tokenParameters } from './request-parameters.ts'
import { firstResource, toSignIn, type SignIn } from './sign-in-answer.ts'
import { requestTokens } from './token-request.ts'

/** What the sign-in was begun with; the answer must fit it. */
export interface CodeGrantExpectations {
  readonly redirectUri: string
  readonly codeVerifier: string
  readonly nonce: string
  readonly maxAge?: number | undefined
  readonly scopes: readonly string[]
  /** The claims that were asked for, as JSON. */
  readonly claims?: string | undefined
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
  // Microsoft's token endpoint takes the scopes of one API at a time; the consent was for all of them.
  const { asked, scope } = firstResource(client, expected.scopes)
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
  const { nonce, maxAge } = expected
  return toSignIn(client, response, { nonce, maxAge, asked })
}
