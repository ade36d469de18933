import { getOrCreate } from '../caches.ts'
import { isMetaTenant } from '../authority/index.ts'
import { configurationError, IdentityError, withChanges } from '../errors.ts'
import type { AccessToken } from '../tokens.ts'
import type { ClaimsChallenge } from './challenges.ts'
import { requestAppToken } from './grants.ts'
import type { OAuthClient } from './oauth-client.ts'
import { scopesOfOneResource } from './scopes.ts'
import {
  createBackgroundRequests,
  obtainToken,
  type CachedToken,
  type SharedTokens,
} from './token-cache.ts'

/** Returns app-only access tokens (client credentials grant), and caches each token. */
export type ClientTokens = (
  scopes: readonly string[],
  challenge?: ClaimsChallenge,
) => Promise<AccessToken>

/** A token, and the claims as JSON with which it was requested. */
interface ClaimedToken extends CachedToken {
  readonly claims: string | undefined
}

/**
 * Returns a client's app-only tokens.
 *
 * @param shared - The tokens that the application's servers share, if they do. A shared token is requested again in the
 *   background before it expires.
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-4.4 | RFC 6749, section 4.4}
 */
export function createClientTokens(client: OAuthClient, shared?: SharedTokens): ClientTokens {
  const cache = new Map<string, ClaimedToken>()
  const inFlight = new Map<string, Promise<AccessToken>>()
  const { now } = client.issuing
  const inBackground = createBackgroundRequests(now)

  async function request(
    key: string,
    scopes: readonly string[],
    challenge?: ClaimsChallenge,
  ): Promise<AccessToken> {
    const requested = scopesOfOneResource(scopes, client.traits.prefixedScopes)
    try {
      const obtained = await obtainToken(shared, {
        kind: 'app',
        client,
        requested,
        challenge,
        send: (claims) => requestAppToken(client, scopes.join(' '), claims),
      })
      cache.set(key, { ...obtained, claims: JSON.stringify(challenge?.claims) })
      return obtained.token
    } catch (error) {
      const valid = cache.get(key)
      const isValid = valid !== undefined && now() < valid.expiresAt
      if (isValid && challenge === undefined) return valid.token
      throw withoutUser(error)
    }
  }

  return async (scopes, challenge) => {
    assertCanGetAppToken(client)
    const spelled = scopes.toSorted().join(' ')
    const key = client.traits.ignoresCase ? spelled.toLowerCase() : spelled
    const known = cache.get(key)
    const claims = challenge && JSON.stringify(challenge.claims)
    // The token with other claims, which another service required, does not satisfy a challenge.
    const isUsable = claims === undefined || claims === known?.claims
    const cached = isUsable && known?.token.token !== challenge?.rejectedToken ? known : undefined
    if (cached !== undefined && now() < cached.token.refreshAt) return cached.token
    if (shared !== undefined && cached !== undefined && now() < cached.expiresAt) {
      inBackground(key, () => request(key, scopes))
      return cached.token
    }
    const requestKey = claims === undefined ? key : `${key} ${claims}`
    return getOrCreate(inFlight, requestKey, () =>
      request(key, scopes, challenge).finally(() => inFlight.delete(requestKey)),
    )
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
