import { isGuid, isMetaTenant } from '../authority/index.ts'
import { withParameters } from './authorization-request.ts'
import type { OAuthClient } from './oauth-client.ts'

export interface SignOutRequest {
  /** The URL that the provider sends the user to. Without it, the user stays at the provider. */
  readonly postLogoutRedirectUri?: string | undefined
  /** The provider adds it to `postLogoutRedirectUri`. */
  readonly state?: string | undefined
  /** The ID of the user's tenant. An authority for many tenants then uses the sign-out page of this tenant. */
  readonly tenantId?: unknown
  /** The `login_hint` claim of the ID token. With it, Entra ID does not ask which account to sign out. */
  readonly logoutHint?: string | undefined
  readonly idToken?: string | undefined
}

/**
 * Returns the URL that ends the user's session at the provider.
 *
 * @returns `undefined` if the provider does not support sign-out.
 *
 * @see {@link https://openid.net/specs/openid-connect-rpinitiated-1_0.html}
 */
export async function endSessionUrl(
  client: OAuthClient,
  request: SignOutRequest,
): Promise<URL | undefined> {
  const { end_session_endpoint: endpoint } = await client.issuing.metadata()
  if (endpoint === undefined) return undefined
  const url = withParameters(endpoint, {
    post_logout_redirect_uri: request.postLogoutRedirectUri,
    logout_hint: request.logoutHint,
    id_token_hint: request.idToken,
    state: request.state,
    client_id: client.clientId,
  })
  return atUsersTenant(client, url, request.tenantId)
}

function atUsersTenant({ issuing }: OAuthClient, url: URL, tenantId: unknown): URL {
  const { tenant } = issuing.authority
  if (tenant === undefined || !isMetaTenant(tenant) || !isGuid(tenantId)) return url
  const tenantUrl = new URL(url)
  // The metadata can write the tenant in another case, for example `Common`.
  tenantUrl.pathname = url.pathname.replace(new RegExp(`/${tenant}/`, 'i'), `/${tenantId}/`)
  return tenantUrl
}
