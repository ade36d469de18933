import { isMetaTenant, microsoftAuthority } from '../authority/index.ts'
import { sha256 } from '../base64.ts'
import { IdentityError, isIdentityError, withChanges } from '../errors.ts'
import type { AccessToken } from '../tokens.ts'
import { toAccessToken } from './access-token.ts'
import { keep } from './keep.ts'
import { createOAuthClient, type OAuthClient } from './oauth-client.ts'
import { tokenParameters } from './request-parameters.ts'
import type { ResourceScopes } from './scopes.ts'
import { requestTokens, type TokenResponse } from './token-request.ts'
import type { ClaimsChallenge } from './user-tokens.ts'

/** The token that a user's client called this API with: proof that the user is there. */
export interface UserAssertion {
  readonly token: string
  /** The user's tenant, where they are asked for their consent and their rights. */
  readonly tenant: string | undefined
  readonly user: { readonly sub: string; readonly oid: string | undefined }
}

/** Gives access tokens of other APIs, on behalf of the user who called this one. */
export interface UserAssertions {
  /**
   * @throws IdentityError `interaction_required` when the user has to consent or do another step at their client;
   *   `configuration` where it is not to be had at all; `provider_unavailable` when it is worth trying again.
   */
  acquire(
    assertion: UserAssertion,
    wanted: ResourceScopes,
    challenge?: ClaimsChallenge,
  ): Promise<AccessToken>
  /** Asks for tokens, and keeps nothing. */
  request(
    assertion: UserAssertion,
    asked: { readonly scopes: readonly string[]; readonly claims?: string | undefined },
  ): Promise<TokenResponse>
  /** The client at the user's tenant. */
  clientOf(tenant: string | undefined): OAuthClient
}

interface Kept {
  readonly token: AccessToken
  readonly until: number
}
interface Failure {
  readonly error: IdentityError
  readonly until: number
}

const GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer'
const MAX_TENANTS = 100
/** How long a provider that refused is left in peace about the same, and one that is down about what is still valid; seconds. */
const FAILURE_SECONDS = 30

/**
 * On-behalf-of: each token is asked for once, however many requests with the same assertion need it, and kept until
 * shortly before it expires. What is kept belongs to one assertion, one tenant and one set of scopes, so that no user
 * ever gets another's (CVE-2026-40155).
 *
 * @see {@link https://learn.microsoft.com/entra/identity-platform/v2-oauth2-on-behalf-of-flow}
 */
export function createUserAssertions(client: OAuthClient): UserAssertions {
  const kept = new Map<string, Kept>()
  const failures = new Map<string, Failure>()
  const flights = new Map<string, Promise<AccessToken>>()
  const tenants = new Map<string, OAuthClient>()
  const { now, authority } = client.issuing

  function clientOf(tenant: string | undefined): OAuthClient {
    if (
      tenant === undefined ||
      authority.kind !== 'entra' ||
      !isMetaTenant(authority.tenant ?? '')
    ) {
      return client
    }
    const id = tenant.toLowerCase()
    let own = tenants.get(id)
    if (own === undefined) {
      const of = microsoftAuthority(new URL(`/${id}`, authority.url).href)
      own = createOAuthClient(of, { ...client.settings, transport: client.issuing.transport, now })
      if (tenants.size >= MAX_TENANTS) tenants.clear()
      tenants.set(id, own)
    }
    return own
  }

  const request: UserAssertions['request'] = async ({ token, tenant }, { scopes, claims }) => {
    assertPossible(client)
    const at = clientOf(tenant)
    const { genericGrantRequest } = await import('openid-client')
    return requestTokens(at, 'a token on behalf of the user', (configuration) =>
      genericGrantRequest(configuration, GRANT, {
        ...tokenParameters(at, { scope: scopes.join(' '), claims }),
        assertion: token,
        requested_token_use: 'on_behalf_of',
      }),
    ).catch((error: unknown) => {
      throw withConsentHint(error)
    })
  }

  async function fetchToken(
    key: string,
    assertion: UserAssertion,
    { wanted, claims }: { readonly wanted: ResourceScopes; readonly claims: string | undefined },
  ): Promise<AccessToken> {
    const response = await request(assertion, { scopes: wanted.scopes, claims })
    const token = toAccessToken(client, response, wanted)
    keep(key, { token, until: token.expiresAt }, { in: kept, now: now() })
    return token
  }

  return {
    clientOf,
    request,

    async acquire(assertion, wanted, challenge) {
      const key = await keyOf(assertion, wanted)
      const found = kept.get(key)?.token
      const valid =
        found?.token === challenge?.refused || now() >= (found?.expiresAt ?? 0) ? undefined : found
      if (valid !== undefined && now() < valid.refreshAt) return valid
      const claims = challenge?.claims
      const flightKey = `${key} ${claims ?? ''}`
      const failure = failures.get(flightKey)
      if (failure !== undefined && now() < failure.until) {
        // A token that is renewed ahead of its expiry is good until then.
        if (valid !== undefined) return valid
        if (failure.error.code === 'interaction_required') throw failure.error
      }
      let flight = flights.get(flightKey)
      if (flight === undefined) {
        flight = fetchToken(key, assertion, { wanted, claims })
          .catch((cause: unknown) => {
            if (!isIdentityError(cause)) throw cause
            // What the API behind asks for is what the user has to satisfy, unless the provider says it itself.
            const error = withChanges(cause, { claims: cause.claims ?? claims })
            keep(flightKey, { error, until: now() + FAILURE_SECONDS }, { in: failures, now: now() })
            throw error
          })
          .finally(() => flights.delete(flightKey))
        flights.set(flightKey, flight)
      }
      try {
        return await flight
      } catch (error) {
        // Ahead of its expiry it may fail; what is valid is good.
        if (valid !== undefined && isIdentityError(error)) return valid
        throw error
      }
    },
  }
}

// There is nobody to ask: the hints for web apps would send the operator to the wrong registration.
function withConsentHint(error: unknown): unknown {
  if (!isIdentityError(error) || error.suberror !== 'consent_required') return error
  return withChanges(error, {
    hint: "Nobody has consented to what the API itself asks for. Grant admin consent under API permissions of the API's registration, or put the client into its knownClientApplications, so that users consent to both at once.",
  })
}

/** A hash in place of the assertion: keys are kept for as long as the tokens, and are no tokens themselves. */
async function keyOf(
  { token, tenant = '' }: UserAssertion,
  wanted: ResourceScopes,
): Promise<string> {
  const scopes = wanted.names.map((name) => name.toLowerCase()).toSorted()
  return [await sha256(token), tenant, wanted.resource, ...scopes].join(' ')
}

function assertPossible(client: OAuthClient): void {
  if (!client.traits.onBehalfOf) {
    throw new IdentityError(
      'configuration',
      `${client.issuing.authority.url} gives no tokens on behalf of users. An API there calls others with a token of its own, by getTokenForClient().`,
    )
  }
  if (client.authentication !== undefined) return
  throw new IdentityError(
    'configuration',
    'client_credential is not configured. Set ApiAuth({ clientCredential }) or IDENTITY_CLIENT_SECRET: an API proves itself by it to call another on behalf of a user.',
  )
}
