import { isMetaTenant, microsoftAuthority } from '../authority/index.ts'
import { sha256 } from '../base64.ts'
import { configurationError, type ClaimsRequest, IdentityError, withChanges } from '../errors.ts'
import type { AccessToken } from '../tokens.ts'
import { addCacheEntry, type ExpiringEntry, getOrCreate } from '../caches.ts'
import type { ClaimsChallenge } from './challenges.ts'
import { createOAuthClient } from './create-oauth-client.ts'
import { loadRequests } from './load-requests.ts'
import type { OAuthClient } from './oauth-client.ts'
import type { ResourceScopes } from './scopes.ts'
import {
  createBackgroundRequests,
  obtainToken,
  type CachedToken,
  type SharedTokens,
} from './token-cache.ts'
import type { TokenResponse } from './token-response.ts'

/** The access token that a client called this API with, which proves that the user is signed in at the client. */
export interface UserAssertion {
  readonly token: string
  /** Unix time in seconds. */
  readonly expiresAt: number
  /** The user's tenant ID. The token request goes to this tenant, which knows the user's consent and permissions. */
  readonly tenant: string | undefined
  readonly user: { readonly sub: string; readonly oid: string | undefined }
}

/** Gets access tokens for downstream APIs on behalf of the user who called this API. */
export interface UserAssertions {
  /**
   * Returns an access token, from the cache if possible.
   *
   * @throws IdentityError `interaction_required` if the user must consent or take another step at the client.
   *   `configuration` if the provider or the settings do not allow the on-behalf-of grant. `provider_unavailable` if the
   *   request can be repeated later.
   */
  getAccessToken(
    assertion: UserAssertion,
    requested: ResourceScopes,
    challenge?: ClaimsChallenge,
  ): Promise<AccessToken>
  /** Requests tokens, but does not cache them. */
  request(
    assertion: UserAssertion,
    requested: { readonly scopes: readonly string[]; readonly claims?: ClaimsRequest | undefined },
  ): Promise<TokenResponse>
  /** Returns the client at the user's tenant. */
  clientOf(tenant: string | undefined): OAuthClient
}

interface RequestFailure extends ExpiringEntry {
  readonly error: IdentityError
}

const MAX_TENANTS = 100
/** After how many seconds a failed request may be repeated. */
const RETRY_PAUSE_SECONDS = 30

/**
 * Creates an API's on-behalf-of requests.
 *
 * Requests with the same assertion share one token request, and a token is cached until shortly before it expires. The
 * cache key contains the assertion, the tenant and the scopes, so that a user cannot get another user's token
 * (CVE-2026-40155).
 *
 * @param place - The credential's place in messages.
 * @param shared - The tokens that the application's servers share, if they do. A shared token is requested again in the
 *   background before it expires.
 *
 * @see {@link https://learn.microsoft.com/entra/identity-platform/v2-oauth2-on-behalf-of-flow}
 */
export function createUserAssertions(
  client: OAuthClient,
  place = 'ApiAuth({ clientCredential }) or IDENTITY_CLIENT_SECRET',
  shared?: SharedTokens,
): UserAssertions {
  const cache = new Map<string, CachedToken>()
  const failures = new Map<string, RequestFailure>()
  const inFlight = new Map<string, Promise<AccessToken>>()
  /** The newest token request for each key, among the requests that respond to a claims challenge. */
  const challenged = new Map<string, Promise<AccessToken>>()
  const clientsByTenant = new Map<string, OAuthClient>()
  const { now, authority } = client.issuing
  const inBackground = createBackgroundRequests(now)

  function clientOf(tenant: string | undefined): OAuthClient {
    if (
      tenant === undefined ||
      authority.kind !== 'entra' ||
      !isMetaTenant(authority.tenant ?? '')
    ) {
      return client
    }
    const id = tenant.toLowerCase()
    let clientAtTenant = clientsByTenant.get(id)
    if (clientAtTenant === undefined) {
      const tenantAuthority = microsoftAuthority(new URL(`/${id}`, authority.url).href)
      const { transport } = client.issuing
      clientAtTenant = createOAuthClient(tenantAuthority, { ...client.settings, transport, now })
      if (clientsByTenant.size >= MAX_TENANTS) clientsByTenant.clear()
      clientsByTenant.set(id, clientAtTenant)
    }
    return clientAtTenant
  }

  const request: UserAssertions['request'] = async ({ token, tenant }, { scopes, claims }) => {
    assertCanActForUser(client, place)
    const clientAtTenant = clientOf(tenant)
    const { requestOnBehalfOf } = await loadRequests()
    return requestOnBehalfOf(clientAtTenant, token, { scope: scopes.join(' '), claims })
  }

  return {
    clientOf,
    request,

    async getAccessToken(assertion, requested, challenge) {
      const key = await cacheKey(assertion, requested)
      const cached = cache.get(key)
      const isUsable =
        cached?.token.token !== challenge?.rejectedToken && now() < (cached?.expiresAt ?? 0)
      const valid = isUsable ? cached?.token : undefined
      if (valid !== undefined && now() < valid.refreshAt) return valid
      const claims = challenge?.claims
      const requestKey = claims === undefined ? key : `${key} ${JSON.stringify(claims)}`
      const fetchToken = async (): Promise<AccessToken> => {
        assertCanActForUser(client, place)
        const obtained = await obtainToken(shared, {
          kind: 'obo',
          client: clientOf(assertion.tenant),
          requested,
          assertion,
          challenge,
          send: (more) => request(assertion, { scopes: requested.scopes, claims: more }),
        })
        addCacheEntry(key, obtained, { in: cache, now: now() })
        return obtained.token
      }
      if (shared !== undefined && valid !== undefined && challenge === undefined) {
        // While a challenge is open, its token would replace the one that has the claims.
        if (!challenged.has(key)) inBackground(key, fetchToken)
        return valid
      }
      const failure = failures.get(requestKey)
      if (failure !== undefined && now() < failure.expiresAt) {
        // The request would only replace a token that is still valid, so the next attempt can wait.
        if (valid !== undefined) return valid
        if (failure.error.code === 'interaction_required') throw failure.error
      }
      const pending = getOrCreate(inFlight, requestKey, () =>
        fetchToken()
          .catch((cause: unknown) => {
            if (!IdentityError.is(cause)) throw cause
            // The user must satisfy the claims that the downstream API requires, unless the provider sends other claims.
            const error = withChanges(cause, { claimsRequest: cause.claimsRequest ?? claims })
            const expiresAt = now() + RETRY_PAUSE_SECONDS
            addCacheEntry(requestKey, { error, expiresAt }, { in: failures, now: now() })
            throw error
          })
          .finally(() => {
            inFlight.delete(requestKey)
            if (challenged.get(key) === pending) challenged.delete(key)
          }),
      )
      if (challenge !== undefined) challenged.set(key, pending)
      try {
        return await pending
      } catch (error) {
        // A token request before the cached token expires may fail, because the cached token is still valid.
        if (valid !== undefined && IdentityError.is(error)) return valid
        throw error
      }
    },
  }
}

/**
 * Returns the cache key of a token. It contains a hash of the assertion, so that the cache does not keep the assertion.
 */
async function cacheKey(
  { token, tenant = '' }: UserAssertion,
  requested: ResourceScopes,
): Promise<string> {
  const scopes = requested.names.map((name) => name.toLowerCase()).toSorted()
  return [await sha256(token), tenant, requested.resource, ...scopes].join(' ')
}

function assertCanActForUser(client: OAuthClient, place: string): void {
  if (!client.traits.onBehalfOf) {
    throw configurationError(
      `${client.issuing.authority.url} does not support the on-behalf-of grant. Call the downstream API with an app-only token from getTokenForClient().`,
    )
  }
  if (client.authentication !== undefined) return
  throw configurationError(
    `clientCredential is not configured. Set ${place}. The API needs a credential to call another API on behalf of a user.`,
  )
}
