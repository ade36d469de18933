import { isMetaTenant } from '../authority/index.ts'
import { IdentityError, isIdentityError, withChanges } from '../errors.ts'
import type { AccessToken } from '../tokens.ts'
import { toAccessToken } from './access-token.ts'
import type { OAuthClient } from './oauth-client.ts'
import { tokenParameters } from './request-parameters.ts'
import { scopesOfOneResource } from './scopes.ts'
import { requestTokens } from './token-request.ts'

/** Gives the application's own access tokens (client credentials), each fetched once and kept. */
export type ClientTokens = (scopes: readonly string[]) => Promise<AccessToken>

/** @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-4.4 | RFC 6749, section 4.4} */
export function createClientTokens(client: OAuthClient): ClientTokens {
  const kept = new Map<string, AccessToken>()
  const pending = new Map<string, Promise<AccessToken>>()
  const { now } = client.issuing

  async function request(key: string, scopes: readonly string[]): Promise<AccessToken> {
    const asked = scopesOfOneResource(scopes, client.traits.prefixedScopes)
    try {
      const { clientCredentialsGrant } = await import('openid-client')
      const response = await requestTokens(client, "the application's own token", (configuration) =>
        clientCredentialsGrant(configuration, tokenParameters(client, { scope: scopes.join(' ') })),
      )
      const token = toAccessToken(client, response, asked)
      kept.set(key, token)
      return token
    } catch (error) {
      const valid = kept.get(key)
      if (valid !== undefined && now() < valid.expiresAt) return valid
      throw withoutUser(error)
    }
  }

  return async (scopes) => {
    assertPossible(client)
    const key = scopes.toSorted().join(' ').toLowerCase()
    const token = kept.get(key)
    if (token !== undefined && now() < token.refreshAt) return token
    let running = pending.get(key)
    if (running === undefined) {
      running = request(key, scopes).finally(() => pending.delete(key))
      pending.set(key, running)
    }
    return running
  }
}

// `invalid_grant` and the like ask for a user, and there is none who could help: a guard must not send one off.
function withoutUser(error: unknown): unknown {
  if (!isIdentityError(error) || error.code !== 'interaction_required') return error
  return withChanges(error, { code: 'provider_error' })
}

function assertPossible({ authentication, issuing }: OAuthClient): void {
  if (authentication === undefined) {
    throw new IdentityError(
      'configuration',
      'client_credential is not configured. Set the option clientCredential or IDENTITY_CLIENT_SECRET: an application proves itself by it to get a token of its own.',
    )
  }
  const { kind, tenant = '', url } = issuing.authority
  if (kind !== 'entra' || !isMetaTenant(tenant)) return
  // AADSTS9001023, said before the provider is asked.
  throw new IdentityError(
    'configuration',
    `An application gets a token of its own from one tenant, and ${url} stands for many. Make a second one with the tenant's own authority, for example https://login.microsoftonline.com/contoso.onmicrosoft.com.`,
  )
}
