import { isGuid, isMetaTenant } from '../authority/index.ts'
import { createConfiguration, type OAuthClient } from './oauth-client.ts'

/** What a sign-out tells the provider. */
export interface SignOutRequest {
  /** Where to land; without it the user stays at the provider. */
  readonly postLogoutRedirectUri?: string | undefined
  /** Comes back with the user. */
  readonly state?: string | undefined
  /** The user's tenant, where the authority stands for many: its own page knows its users. */
  readonly tenantId?: unknown
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
  const { postLogoutRedirectUri, logoutHint, idToken, state } = request
  const parameters = new URLSearchParams()
  const set = (name: string, value: string | undefined): void => {
    if (value !== undefined) parameters.set(name, value)
  }
  set('post_logout_redirect_uri', postLogoutRedirectUri)
  set('logout_hint', logoutHint)
  set('id_token_hint', idToken)
  set('state', state)
  const { buildEndSessionUrl } = await import('openid-client')
  const url = buildEndSessionUrl(await createConfiguration(client), parameters)
  return atOwnTenant(client, url, request.tenantId)
}

function atOwnTenant({ issuing }: OAuthClient, url: URL, tenantId: unknown): URL {
  const { tenant } = issuing.authority
  if (tenant === undefined || !isMetaTenant(tenant) || !isGuid(tenantId)) return url
  const own = new URL(url)
  // The metadata may spell it otherwise: Common is common.
  own.pathname = url.pathname.replace(new RegExp(`/${tenant}/`, 'i'), `/${tenantId}/`)
  return own
}
