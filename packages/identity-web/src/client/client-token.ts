import { getOrCreate } from '../caches.ts'
import { isMetaTenant } from '../authority/index.ts'
import { configurationError, IdentityError, withChanges } from '../errors.ts'
import type { AccessToken } from '../tokens.ts'
import { loadRequests } from './load-requests.ts'
import type { OAuthClient } from './oauth-client.ts'
import { scopesOfOneResource } from './scopes.ts'
import { toAccessToken } from './token-response.ts'

/** Returns app-only access tokens (client credentials grant). Each token is cached. */
export type ClientTokens = (scopes: readonly string[]) => Promise<AccessToken>

/** @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-4.4 | RFC 6749, section 4.4} */
export function createClientTokens(client: OAuthClient): ClientTokens {
  const cache = new Map<string, AccessToken>()
  const inFlight = new Map<string, Promise<AccessToken>>()
  const { now } = client.issuing

  async function request(key: string, scopes: readonly string[]): Promise<AccessToken> {
    const requested = scopesOfOneResource(scopes, client.traits.prefixedScopes)
    try {
      const { requestAppToken } = await loadRequests()
      const response = await requestAppToken(client, scopes.join(' '))
      const token = toAccessToken(client, response, requested)
      cache.set(key, token)
      return token
    } catch (error) {
      const valid = cache.get(key)
      if (valid !== undefined && now() < valid.expiresAt) return valid
      throw withoutUser(error)
    }
  }

  return async (scopes) => {
    assertCanGetAppToken(client)
    const key = scopes.toSorted().join(' ').toLowerCase()
    const token = cache.get(key)
    if (token !== undefined && now() < token.refreshAt) return token
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
      'clientCredential is not configured. Set Auth({ clientCredential }) or IDENTITY_CLIENT_SECRET. An application needs it to authenticate when it requests an app-only token.',
    )
  }
  const { kind, tenant = '', url } = issuing.authority
  if (kind !== 'entra' || !isMetaTenant(tenant)) return
  // Entra ID would reject the request with AADSTS9001023.
  throw configurationError(
    `${url} serves many tenants, but an app-only token belongs to one tenant. Create a second instance with the authority of that tenant, for example https://login.microsoftonline.com/contoso.onmicrosoft.com.`,
  )
}
