import { IdentityError } from '../errors.ts'
import type { OAuthClient } from './oauth-client.ts'

/**
 * Returns the URL where an administrator consents to all permissions of the app registration for every user of the
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
    throw new IdentityError(
      'configuration',
      `${authority.url} does not support admin consent. Only Entra ID and External ID tenants do. Change Auth({ authority }) or IDENTITY_AUTHORITY.`,
    )
  }
  const url = new URL(`${authority.url}/adminconsent`)
  url.searchParams.set('client_id', client.clientId)
  url.searchParams.set('state', state)
  url.searchParams.set('redirect_uri', redirectUri)
  return url
}

/** Returns whether administrators can consent for every user of a tenant. */
export function hasAdminConsent({ issuing }: OAuthClient): boolean {
  return ['entra', 'external-id'].includes(issuing.authority.kind)
}
