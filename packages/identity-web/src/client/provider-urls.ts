// URLs of sign-in, admin consent and sign-out at the provider.
import { configurationError, type ClaimsRequest } from '../errors.ts'
import type { OAuthClient } from './oauth-client.ts'
import { claimsParameter } from './claims-request.ts'
import { isGuid, isMetaTenant } from '../authority/index.ts'

export interface AuthorizationRequest {
  readonly redirectUri: string
  readonly scopes: readonly string[]
  readonly state: string
  readonly nonce: string
  /** The PKCE verifier's SHA-256 hash, in base64url (the method `S256`). */
  readonly codeChallenge: string
  readonly responseMode?: 'query' | 'form_post' | undefined
  readonly prompt?: string | undefined
  readonly loginHint?: string | undefined
  readonly domainHint?: string | undefined
  /** The maximum age of the user's authentication, in seconds. */
  readonly maxAgeSeconds?: number | undefined
  readonly claims?: ClaimsRequest | undefined
  readonly extraParams?: Readonly<Record<string, string>> | undefined
}

/**
 * Returns the URL that starts a sign-in with the authorization code flow.
 *
 * The request always uses PKCE, which Microsoft supports, although its metadata does not list it.
 *
 * The function does not use openid-client, because importing it would take longer than the rest of the first redirect.
 * `fetchMetadata` has checked the endpoint, and a test compares the URL with the one that openid-client returns.
 *
 * @see {@link https://openid.net/specs/openid-connect-core-1_0.html#AuthRequest}
 * @see {@link https://www.rfc-editor.org/rfc/rfc7636 | RFC 7636}
 */
export async function authorizationUrl(
  client: OAuthClient,
  request: AuthorizationRequest,
): Promise<URL> {
  const { authorization_endpoint: endpoint } = await client.issuing.metadata()
  const parameters = {
    client_id: client.clientId,
    response_type: 'code',
    redirect_uri: request.redirectUri,
    scope: request.scopes.join(' '),
    state: request.state,
    nonce: request.nonce,
    code_challenge: request.codeChallenge,
    code_challenge_method: 'S256',
    response_mode: request.responseMode,
    prompt: request.prompt,
    login_hint: request.loginHint,
    domain_hint: request.domainHint,
    max_age: request.maxAgeSeconds,
    claims: claimsParameter(client, request.claims),
  }
  return withParameters(endpoint, parameters, request.extraParams)
}

/**
 * Returns the URL where an administrator consents to all the app registration's permissions for every user in the
 * tenant.
 *
 * @throws IdentityError `configuration` if the authority does not support admin consent.
 * @see {@link https://learn.microsoft.com/entra/identity-platform/v2-admin-consent}
 */
export function adminConsentUrl(
  client: OAuthClient,
  { redirectUri, state }: { readonly redirectUri: string; readonly state: string },
): URL {
  const { authority } = client.issuing
  if (!hasAdminConsent(client)) {
    throw configurationError(
      `${authority.url} does not support admin consent. Only tenants of Entra ID and External ID support it. Change Auth({ authority }) or IDENTITY_AUTHORITY.`,
    )
  }
  const url = new URL(`${authority.url}/adminconsent`)
  url.searchParams.set('client_id', client.clientId)
  url.searchParams.set('state', state)
  url.searchParams.set('redirect_uri', redirectUri)
  return url
}

/** Returns whether administrators can consent for every user in a tenant. */
export function hasAdminConsent({ issuing }: OAuthClient): boolean {
  return ['entra', 'external-id'].includes(issuing.authority.kind)
}

/**
 * Returns an endpoint's URL, which can contain a query (RFC 6749, section 3.1), with parameters.
 *
 * @param parameters - The parameters, of which `undefined` ones are left out.
 * @param extraParams - Additional parameters, which cannot change the other parameters.
 */
function withParameters(
  endpoint: string,
  parameters: Readonly<Record<string, string | number | undefined>>,
  extraParams?: Readonly<Record<string, string>>,
): URL {
  const all = new URLSearchParams(extraParams)
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) all.set(name, String(value))
  }
  const url = new URL(endpoint)
  for (const [name, value] of all) url.searchParams.append(name, value)
  return url
}

export interface SignOutRequest {
  /** The URL that the provider sends the user to. Without it, the user stays at the provider. */
  readonly postLogoutRedirectUri?: string | undefined
  /** The `state` that the provider adds to `postLogoutRedirectUri`. */
  readonly state?: string | undefined
  /** The user's tenant ID, so that an authority for many tenants uses this tenant's sign-out page. */
  readonly tenantId?: unknown
  /** The ID token's `login_hint` claim, with which Entra ID does not ask which account to sign out. */
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
