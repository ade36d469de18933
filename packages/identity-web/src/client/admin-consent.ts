import { IdentityError } from '../errors.ts'
import type { OAuthClient } from './oauth-client.ts'

/**
 * The URL at which an administrator consents to all permissions of the registration, for everybody in the tenant.
 *
 * @throws IdentityError `configuration` where the authority has no such page.
 * @see {@link https://learn.microsoft.com/entra/identity-platform/v2-admin-consent}
 */
export function adminConsentUrl(
  client: OAuthClient,
  { redirectUri, state }: { readonly redirectUri: string; readonly state: string },
): URL {
  const { authority } = client.issuing
  if (!hasAdminConsent(client)) {
    throw new IdentityError('configuration', `${authority.url} has no page for admin consent.`)
  }
  const url = new URL(`${authority.url}/adminconsent`)
  url.searchParams.set('client_id', client.clientId)
  url.searchParams.set('state', state)
  url.searchParams.set('redirect_uri', redirectUri)
  return url
}

/** Whether administrators can consent for everybody. */
export function hasAdminConsent({ issuing }: OAuthClient): boolean {
  return ['entra', 'external-id'].includes(issuing.authority.kind)
}
