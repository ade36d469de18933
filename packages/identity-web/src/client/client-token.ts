import { getOrCreate } from '../caches.ts'
import { isMetaTenant } from '../authority/index.ts'
import { configurationError, IdentityError, withChanges } from '../errors.ts'
import type { AccessToken } from '../tokens.ts'
import { loadRequests } from './load-requests.ts'
import type { OAuthClient } from './oauth-client.ts'
import { scopesOfOneResource } from './scopes.ts'
import {
  createBackgroundRequests,
  obtainToken,
  type CachedToken,
  type SharedTokens,
} from './token-cache.ts'

/** Returns app-only access tokens (client credentials grant). Each token is cached. */
export type ClientTokens = (scopes: readonly string[]) => Promise<AccessToken>

/**
 * @param shared - The tokens that the servers of the application share. Not set if they do not share tokens. A shared
 *   token is requested again in the background before it expires.
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-4.4 | RFC 6749, section 4.4}
 */
export function createClientTokens(client: OAuthClient, shared?: SharedTokens): ClientTokens {
  const cache = new Map<string, CachedToken>()
  const inFlight = new Map<string, Promise<AccessToken>>()
  const { now } = client.issuing
  const inBackground = createBackgroundRequests(now)

  async function request(key: string, scopes: readonly string[]): Promise<AccessToken> {
    const requested = scopesOfOneResource(scopes, client.traits.prefixedScopes)
    try {
      const obtained = await obtainToken(shared, {
        kind: 'app',
        client,
        requested,
        send: async (claims) =>
          (await loadRequests()).requestAppToken(client, scopes.join(' '), claims),
      })
      cache.set(key, obtained)
      return obtained.token
    } catch (error) {
      const valid = cache.get(key)
      if (valid !== undefined && now() < valid.expiresAt) return valid.token
      throw withoutUser(error)
    }
  }

  return async (scopes) => {
    assertCanGetAppToken(client)
    const key = scopes.toSorted().join(' ').toLowerCase()
    const cached = cache.get(key)
    if (cached !== undefined && now() < cached.token.refreshAt) return cached.token
    if (shared !== undefined && cached !== undefined && now() < cached.expiresAt) {
      inBackground(key, () => request(key, scopes))
      return cached.token
    }
    return getOrCreate(inFlight, key, () =>
      request(key, scopes).finally(() => inFlight.delete(key)),
    )
  }
}

// An app-only token does not involve a user. `invalid_grant` and similar errors must not make a guard start a sign-in.
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
