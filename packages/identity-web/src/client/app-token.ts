import { clientCredentialsGrant } from 'openid-client'
import type { OAuthClient } from './oauth-client.ts'
import { requestTokens, tokenParameters } from './token-request.ts'
import type { TokenResponse } from './token-response.ts'

/** @throws IdentityError The errors of a token request. */
export async function requestAppToken(client: OAuthClient, scope: string): Promise<TokenResponse> {
  return requestTokens(client, 'the request for an app-only token', (configuration) =>
    clientCredentialsGrant(configuration, tokenParameters(client, { scope })),
  )
}
