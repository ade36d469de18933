import { createConfiguration, type OAuthClient } from './oauth-client.ts'

/** What a sign-out tells the provider. */
export interface SignOutRequest {
  readonly postLogoutRedirectUri: string
  /** The `login_hint` claim: with it Entra ID signs out without asking which account. */
  readonly logoutHint?: string | undefined
  readonly idToken?: string | undefined
}

/**
 * The URL that ends the user's session at the provider; `undefined` where the provider offers none.
 *
 * @see {@link https://openid.net/specs/openid-connect-rpinitiated-1_0.html}
 */
export async function endSessionUrl(
  client: OAuthClient,
  request: SignOutRequest,
): Promise<URL | undefined> {
  const { end_session_endpoint: endpoint } = await client.issuing.metadata()
  if (endpoint === undefined) return undefined
  const parameters = new URLSearchParams({
    post_logout_redirect_uri: request.postLogoutRedirectUri,
  })
  if (request.logoutHint !== undefined) parameters.set('logout_hint', request.logoutHint)
  if (request.idToken !== undefined) parameters.set('id_token_hint', request.idToken)
  const { buildEndSessionUrl } = await import('openid-client')
  return buildEndSessionUrl(await createConfiguration(client), parameters)
}
