import { CONSUMERS_TENANT_ID, type TenantConfig, type UserConfig } from '../config/config.js'
import type { IssuerProfile, Seat } from './issuer-profile.js'
import { createEntraProfile, type EntraTenant, type ProfileSettings } from './entra-profile.js'
import { createOidcProfile } from './oidc-profile.js'

/** Finds the issuer behind the first path segment of a request. */
export type ResolveProfile = (segment: string) => IssuerProfile | undefined

/**
 * Makes the table of issuers.
 *
 * External ID, a B2C policy or ADFS belong here: one more line that maps a path to a profile.
 */
export function createProfiles(settings: ProfileSettings): ResolveProfile {
  const profiles = new Map<string, IssuerProfile>()
  const add = (profile: IssuerProfile, ...segments: string[]): void => {
    for (const segment of segments) profiles.set(segment.toLowerCase(), profile)
  }
  const entra = (tenant: EntraTenant): IssuerProfile => createEntraProfile(settings, tenant)

  add(entra({ ...anyTenant, path: 'common', title: 'any account', seat: homeSeat }), 'common')
  add(
    entra({
      ...anyTenant,
      path: 'organizations',
      title: 'work or school accounts',
      seat: (user) => (isPersonal(user) ? undefined : homeSeat(user)),
    }),
    'organizations',
  )
  for (const path of ['consumers', CONSUMERS_TENANT_ID]) {
    add(
      entra({
        path,
        title: 'personal accounts',
        issuerTenant: CONSUMERS_TENANT_ID,
        appTenantId: undefined,
        seat: (user) => (isPersonal(user) ? homeSeat(user) : undefined),
      }),
      path,
    )
  }
  for (const tenant of settings.config.tenants) {
    if (isSame(tenant.id, CONSUMERS_TENANT_ID)) continue
    add(entra(oneTenant(tenant)), tenant.id, ...tenant.domains)
  }
  add(createOidcProfile(settings), 'oidc')
  return (segment) => profiles.get(segment.toLowerCase())
}

// Tenant-less paths publish a template, and the token of each user names the home tenant.
const anyTenant = { issuerTenant: '{tenantid}', appTenantId: undefined }

function oneTenant(tenant: TenantConfig): EntraTenant {
  const id = tenant.id.toLowerCase()
  return {
    path: id,
    title: tenant.name,
    issuerTenant: id,
    appTenantId: id,
    seat: (user) => {
      if (isSame(user.tenant, id)) return homeSeat(user)
      const guest = user.guestOf?.find((entry) => isSame(entry.tenant, id))
      return guest && { user, tenantId: id, oid: guest.oid, isGuest: true }
    },
  }
}

function homeSeat(user: UserConfig): Seat {
  return { user, tenantId: user.tenant.toLowerCase(), oid: user.oid, isGuest: false }
}

/** Whether an account is a personal Microsoft account. */
export function isPersonal(user: UserConfig): boolean {
  return isSame(user.tenant, CONSUMERS_TENANT_ID)
}

/** The text of AADSTS50020. */
export function notInTenant(username: string, title: string): string {
  return `User account '${username}' from identity provider does not exist in tenant '${title}' and cannot access the application in that tenant. The account needs to be added as an external user in the tenant first. Sign out and sign in again with a different account.`
}

function isSame(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase()
}
