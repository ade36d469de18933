// On-behalf-of requests of an API.
import { isMetaTenant, microsoftAuthority } from '../authority/index.ts'
import { sha256 } from '../base64.ts'
import { configurationError, type ClaimsRequest, IdentityError, withChanges } from '../errors.ts'
import type { AccessToken } from '../tokens.ts'
import type { ClaimsChallenge } from './challenges.ts'
import { createOAuthClient } from './create-oauth-client.ts'
import { loadRequests } from './load-requests.ts'
import type { OAuthClient } from './oauth-client.ts'
import type { ResourceScopes } from './scopes.ts'
import type { SharedTokens } from './token-cache.ts'
import { TokenFlight } from './token-flight.ts'
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

const MAX_TENANTS = 100

/**
 * Creates an API's on-behalf-of requests.
 *
 * @param place - The credential's place in messages.
 * @param shared - The tokens that the application's servers share, if they do.
 * @see {@link https://learn.microsoft.com/entra/identity-platform/v2-oauth2-on-behalf-of-flow}
 */
export function createUserAssertions(
  client: OAuthClient,
  place = 'ApiAuth({ clientCredential }) or IDENTITY_CLIENT_SECRET',
  shared?: SharedTokens,
): UserAssertions {
  const clientsByTenant = new Map<string, OAuthClient>()
  const { now, authority } = client.issuing
  const flight = new TokenFlight({ now, shared, onFailure: withClaims })

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
      assertCanActForUser(client, place)
      const { tenant, token, expiresAt } = assertion
      // The memory keeps a hash instead of the assertion.
      const digest = await sha256(token)
      const names = requested.names.map((name) => name.toLowerCase()).toSorted()
      return flight.getToken({
        // With the assertion and the tenant, so that a user cannot get another user's token (CVE-2026-40155).
        key: [digest, tenant, requested.resource, ...names],
        kind: 'obo',
        // Created only for a token request.
        get client() {
          return clientOf(tenant)
        },
        requested,
        assertion: { digest, expiresAt },
        challenge,
        send: (claims) => request(assertion, { scopes: requested.scopes, claims }),
      })
    },
  }
}

// The user must satisfy the claims that the downstream API requires, unless the provider sends other claims.
function withClaims(error: unknown, challenge: ClaimsChallenge | undefined): unknown {
  if (!IdentityError.is(error)) return error
  return withChanges(error, { claimsRequest: error.claimsRequest ?? challenge?.claims })
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
