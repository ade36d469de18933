import { genericGrantRequest } from 'openid-client'
import { IdentityError, withChanges } from '../errors.ts'
import type { OAuthClient } from './oauth-client.ts'
import { requestTokens, tokenParameters, type TokenRequestParameters } from './token-request.ts'
import type { TokenResponse } from './token-response.ts'

const GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer'

/**
 * Requests tokens on behalf of a user.
 *
 * @param token - The access token that a client called this API with.
 * @throws IdentityError The errors of a token request.
 */
export async function requestOnBehalfOf(
  client: OAuthClient,
  token: string,
  parameters: TokenRequestParameters,
): Promise<TokenResponse> {
  try {
    return await requestTokens(client, 'the on-behalf-of request', (configuration) =>
      genericGrantRequest(configuration, GRANT, {
        ...tokenParameters(client, parameters),
        assertion: token,
        requested_token_use: 'on_behalf_of',
      }),
    )
  } catch (error) {
    throw withConsentHint(error)
  }
}

// An API cannot ask the user for consent. The hint for web apps names the wrong app registration here.
function withConsentHint(error: unknown): unknown {
  if (!IdentityError.is(error) || error.suberror !== 'consent_required') return error
  return withChanges(error, {
    hint: "The user has not consented to the permissions that this API requests. Open this API's app registration in the Microsoft Entra admin center. Grant admin consent under API permissions, or add the client to knownClientApplications in the manifest so that users consent to both at once.",
  })
}
