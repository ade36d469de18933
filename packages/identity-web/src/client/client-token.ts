// App-only tokens (client credentials).
import { isMetaTenant } from '../authority/index.ts'
import { configurationError, IdentityError, withChanges } from '../errors.ts'
import type { AccessToken } from '../tokens.ts'
import type { ClaimsChallenge } from './challenges.ts'
import { requestAppToken } from './grants.ts'
import type { OAuthClient } from './oauth-client.ts'
import { scopesOfOneResource } from './scopes.ts'
import type { SharedTokens } from './token-cache.ts'
import { TokenFlight } from './token-flight.ts'

/** Returns app-only access tokens (client credentials grant), and caches each token. */
export type ClientTokens = (
  scopes: readonly string[],
  challenge?: ClaimsChallenge,
) => Promise<AccessToken>

/**
 * Returns a client's app-only tokens.
 *
 * @param shared - The tokens that the application's servers share, if they do.
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-4.4 | RFC 6749, section 4.4}
 */
export function createClientTokens(client: OAuthClient, shared?: SharedTokens): ClientTokens {
  const { ignoresCase, prefixedScopes } = client.traits
  const flight = new TokenFlight({ now: client.issuing.now, shared, onFailure: withoutUser })

  return async (scopes, challenge) => {
    assertCanGetAppToken(client)
    return flight.getToken({
      key: scopes.map((scope) => (ignoresCase ? scope.toLowerCase() : scope)).toSorted(),
      kind: 'app',
      client,
      requested: scopesOfOneResource(scopes, prefixedScopes),
      challenge,
      send: (claims) => requestAppToken(client, scopes.join(' '), claims),
    })
  }
}

// An app-only token does not involve a user, so `invalid_grant` and similar errors must not make a guard start a
// sign-in.
function withoutUser(error: unknown): unknown {
  if (!IdentityError.is(error) || error.code !== 'interaction_required') return error
  return withChanges(error, { code: 'provider_error' })
}

function assertCanGetAppToken({ authentication, issuing }: OAuthClient): void {
  if (authentication === undefined) {
    throw configurationError(
      'clientCredential is not configured. Set Auth({ clientCredential }) or IDENTITY_CLIENT_SECRET. The application needs a credential to request an app-only token.',
    )
  }
  const { kind, tenant = '', url } = issuing.authority
  if (kind !== 'entra' || !isMetaTenant(tenant)) return
  // Entra ID would reject the request with AADSTS9001023.
  throw configurationError(
    `${url} serves many tenants, but an app-only token belongs to one tenant. Create a second instance with the authority of that tenant, for example https://login.microsoftonline.com/contoso.onmicrosoft.com.`,
  )
}
