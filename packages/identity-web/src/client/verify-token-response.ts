import { verifyIdToken, type VerifiedClaims } from '../authority/index.ts'
import { IdentityError } from '../errors.ts'
import type { OAuthClient } from './oauth-client.ts'
import { groupScopes, type ResourceScopes } from './scopes.ts'
import type { TokenResponse } from './token-request.ts'

/** A sign-in whose ID token was verified. */
export interface SignIn {
  readonly claims: VerifiedClaims
  readonly idToken: string
  readonly response: TokenResponse
  /** The scopes that were requested, all of the API that the access token is for. */
  readonly asked: ResourceScopes
}

/** The values that the tokens of a sign-in must match. */
export interface SignInExpectations {
  /** The nonce of the authorization request. The device code flow does not have one. */
  readonly nonce?: string
  /** The maximum age of the user's authentication, in seconds. */
  readonly maxAge?: number | undefined
  readonly requested: ResourceScopes
}

/**
 * Selects the scopes that the token request of a sign-in may contain, because an access token is valid for one API.
 *
 * @returns `requested` contains the scopes of the first API. `scope` contains these and the OpenID Connect scopes.
 */
export function scopesOfFirstResource(
  client: OAuthClient,
  scopes: readonly string[],
): { readonly requested: ResourceScopes; readonly scope: string } {
  const [requested = { resource: '', names: [], scopes: [] }, ...others] = groupScopes(
    scopes,
    client.traits.prefixedScopes,
  )
  const excluded = new Set(others.flatMap((group) => group.scopes))
  return { requested, scope: scopes.filter((scope) => !excluded.has(scope)).join(' ') }
}

/**
 * Verifies the ID token in the token response of a sign-in.
 *
 * @throws IdentityError `invalid_response` without an ID token, and as {@link verifyIdToken}.
 */
export async function verifyTokenResponse(
  client: OAuthClient,
  response: TokenResponse,
  { nonce, maxAge, requested }: SignInExpectations,
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
    maxAge,
    accessToken: response.accessToken,
  })
  return { claims, idToken: response.idToken, response, asked: requested }
}
