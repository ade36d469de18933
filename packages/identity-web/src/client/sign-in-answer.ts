import { verifyIdToken, type VerifiedClaims } from '../authority/index.ts'
import { IdentityError } from '../errors.ts'
import type { OAuthClient } from './oauth-client.ts'
import { groupScopes, type ResourceScopes } from './scopes.ts'
import type { TokenResponse } from './token-request.ts'

/** A sign-in that passed every check. */
export interface SignIn {
  readonly claims: VerifiedClaims
  readonly idToken: string
  readonly response: TokenResponse
  /** The API that the access token is for. */
  readonly asked: ResourceScopes
}

/** What the tokens of a sign-in must fit. */
export interface SignInExpectations {
  /** Absent where the flow has none. */
  readonly nonce?: string
  /** Seconds since the user last authenticated. */
  readonly maxAge?: number | undefined
  readonly asked: ResourceScopes
}

/**
 * The scopes of a sign-in that an access token can be had for: those of the first API, and those of OpenID Connect.
 *
 * @returns `scope` is all of them where scopes belong to no API in particular.
 */
export function firstResource(
  client: OAuthClient,
  scopes: readonly string[],
): { readonly asked: ResourceScopes; readonly scope: string } {
  const [asked = { resource: '', names: [], scopes: [] }, ...others] = groupScopes(
    scopes,
    client.traits.prefixedScopes,
  )
  const left = new Set(others.flatMap((group) => group.scopes))
  return { asked, scope: scopes.filter((scope) => !left.has(scope)).join(' ') }
}

/**
 * Verifies the ID token of a sign-in.
 *
 * @throws IdentityError by what was wrong; see the error codes.
 */
export async function toSignIn(
  client: OAuthClient,
  response: TokenResponse,
  { nonce, maxAge, asked }: SignInExpectations,
): Promise<SignIn> {
  if (response.idToken === undefined) {
    throw new IdentityError('invalid_response', 'The provider gave no ID token.')
  }
  const claims = await verifyIdToken(client.issuing, response.idToken, {
    clientId: client.clientId,
    ...(nonce !== undefined && { nonce }),
    maxAge,
    accessToken: response.accessToken,
  })
  return { claims, idToken: response.idToken, response, asked }
}
