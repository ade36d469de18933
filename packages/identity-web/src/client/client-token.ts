import { IdentityError } from '../errors.ts'
import type { AccessToken } from '../tokens.ts'
import { toAccessToken } from './access-token.ts'
import { hasPrefixedScopes, type OAuthClient } from './oauth-client.ts'
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
    const asked = scopesOfOneResource(scopes, hasPrefixedScopes(client))
    try {
      const { clientCredentialsGrant } = await import('openid-client')
      const response = await requestTokens(client, "the application's own token", (configuration) =>
        clientCredentialsGrant(configuration, { scope: scopes.join(' ') }),
      )
      const token = toAccessToken(response, asked, hasPrefixedScopes(client), now())
      kept.set(key, token)
      return token
    } catch (error) {
      const valid = kept.get(key)
      if (valid !== undefined && now() < valid.expiresAt) return valid
      throw error
    }
  }

  return async (scopes) => {
    if (client.clientSecret === undefined) {
      throw new IdentityError(
        'configuration',
        'client_credential is not configured. Set Auth({ clientCredential }) or IDENTITY_CLIENT_SECRET: an application proves itself by it to get a token of its own.',
      )
    }
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
