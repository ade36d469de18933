import { createEntraProfile, type EntraTenant, type ProfileSettings } from './entra-profile.js'
import type { IssuerProfile } from './issuer-profile.js'

/**
 * The profile of a Microsoft Entra External ID tenant: Entra's manners for customers, who may sign up.
 *
 * Its issuer is Microsoft's real one on `ciamlogin.com`, wherever it is served. That makes this machine a custom
 * domain, where metadata keeps naming the original host.
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
    hasOwnAccounts: true,
    // Customers cannot consent; an administrator does for all of them (External ID, "Grant admin consent").
    asksConsent: false,
    keyUses: ['main'],
    toJwk: (published) => ({ ...profile.toJwk(published), issuer }),
  }
}
