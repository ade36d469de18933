import { createEntraProfile, type EntraTenant, type ProfileSettings } from './entra-profile.js'
import type { IssuerProfile } from './issuer-profile.js'

/**
 * Creates the profile of a Microsoft Entra External ID tenant. It behaves like Entra ID, but for
 * customers, who can sign up.
 *
 * The issuer is the real URL of Microsoft on `ciamlogin.com`, not the URL of this provider. The
 * same happens at a custom domain, where the metadata contains the original host.
 */
export function createExternalIdProfile(
  settings: ProfileSettings,
  tenant: EntraTenant,
): IssuerProfile {
  const profile = createEntraProfile(settings, tenant)
  const id = tenant.issuerTenant
  const issuer = `https://${id}.ciamlogin.com/${id}/v2.0`
  return {
    ...profile,
    issuer,
    metadata: { ...profile.metadata, issuer },
    issuerOf: () => issuer,
    sessionRealm: id,
    refreshRealm: id,
    journey: { kind: 'sign-in', offers: ['sign-up'] },
    hasCustomerAccounts: true,
    // Customers cannot consent. An administrator consents for all of them (External ID, "Grant
    // admin consent").
    asksConsent: false,
    asksSignInConsent: false,
    keyUses: ['main'],
    toJwk: (published) => ({ ...profile.toJwk(published), issuer }),
  }
}
