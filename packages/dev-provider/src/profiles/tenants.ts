import { CONSUMERS_TENANT_ID, type TenantConfig, type UserConfig } from '../config/config.js'
import { createAdfsProfile } from './adfs-profile.js'
import { createB2cProfile } from './b2c-profile.js'
import { createEntraProfile, type EntraTenant, type ProfileSettings } from './entra-profile.js'
import { createExternalIdProfile } from './external-id-profile.js'
import type { IssuerProfile, Journey, TenantAccount } from './issuer-profile.js'
import { homePageOf } from './home-page.js'
import { OAuthError, invalidRequest } from '../protocol/oauth-error.js'
import { createOidcProfile } from './oidc-profile.js'
import { isCustomer } from './tenant-kind.js'

/** Returns the issuer for the path segments of a request that name it. */
export type ResolveProfile = (path: string) => IssuerProfile | undefined

type Add = (profile: IssuerProfile, ...paths: string[]) => void

/**
 * Creates the table of issuers. To add a kind of issuer, add a line that maps its path to a
 * profile.
 */
export function createProfiles(settings: ProfileSettings): ResolveProfile {
  const profiles = new Map<string, IssuerProfile>()
  const add: Add = (profile, ...paths) => {
    for (const path of paths) profiles.set(path.toLowerCase(), profile)
  }
  addSharedPaths(settings, add)
  for (const tenant of settings.config.tenants) {
    if (isSame(tenant.id, CONSUMERS_TENANT_ID)) continue
    if (tenant.kind === 'b2c') addPolicies(settings, tenant, add)
    else {
      const create = tenant.kind === 'external-id' ? createExternalIdProfile : createEntraProfile
      add(create(settings, oneTenant(tenant)), tenant.id, ...tenant.domains)
    }
  }
  const [workforce] = settings.config.tenants.filter(({ kind = 'entra' }) => kind === 'entra')
  if (workforce !== undefined) add(createAdfsProfile(settings, workforce), 'adfs')
  add(createOidcProfile(settings), 'oidc')
  return (path) => profiles.get(path.toLowerCase())
}

/** Returns the plain OpenID provider, which every configuration contains. */
export function plainProvider(resolveProfile: ResolveProfile): IssuerProfile {
  const profile = resolveProfile('oidc')
  if (profile === undefined) throw new TypeError('The plain OpenID provider is missing.')
  return profile
}

/** Adds the paths that stand for several tenants. They do not contain accounts of customers. */
function addSharedPaths(settings: ProfileSettings, add: Add): void {
  const entra = (tenant: EntraTenant): IssuerProfile => createEntraProfile(settings, tenant)
  const workOrPersonal = (user: UserConfig): TenantAccount | undefined =>
    isCustomer(settings.config, user) ? undefined : homeTenantAccount(user)

  add(
    entra({ ...anyTenant, path: 'common', title: 'any account', tenantAccountOf: workOrPersonal }),
    'common',
  )
  add(
    entra({
      ...anyTenant,
      path: 'organizations',
      title: 'work or school accounts',
      tenantAccountOf: (user) => (isPersonal(user) ? undefined : workOrPersonal(user)),
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
        tenantAccountOf: (user) => (isPersonal(user) ? homeTenantAccount(user) : undefined),
      }),
      path,
    )
  }
}

// These paths publish an issuer template. The token of each user contains the home tenant.
const anyTenant = { issuerTenant: '{tenantid}', appTenantId: undefined }

function oneTenant(tenant: TenantConfig): EntraTenant {
  const id = tenant.id.toLowerCase()
  return {
    path: id,
    title: tenant.name,
    issuerTenant: id,
    appTenantId: id,
    tenantAccountOf: (user) => {
      if (isSame(user.tenant, id)) return homeTenantAccount(user)
      const guest = user.guestOf?.find((entry) => isSame(entry.tenant, id))
      return guest && { user, tenantId: id, oid: guest.oid, isGuest: true }
    },
  }
}

/** Adds each policy at each of its paths, because the metadata contains the requested path. */
function addPolicies(settings: ProfileSettings, tenant: TenantConfig, add: Add): void {
  const { userFlows } = tenant
  if (userFlows === undefined) return
  const flows: readonly (readonly [string, Journey])[] = [
    [userFlows.signUpSignIn, { kind: 'sign-in', offers: ['forgot-password', 'sign-up', 'cancel'] }],
    [userFlows.editProfile, { kind: 'edit-profile', offers: ['cancel'] }],
    [userFlows.resetPassword, { kind: 'reset-password', offers: ['cancel'] }],
  ]
  const names = [tenant.id, ...tenant.domains]
  for (const path of [...names, ...names.map((name) => `tfp/${name}`)]) {
    for (const [name, journey] of flows) {
      add(createB2cProfile(settings, { tenant, name, journey, path }), `${path}/${name}`)
    }
  }
}

function homeTenantAccount(user: UserConfig): TenantAccount {
  return { user, tenantId: user.tenant.toLowerCase(), oid: user.oid, isGuest: false }
}

/** Returns whether an account is a personal Microsoft account. */
export function isPersonal(user: UserConfig): boolean {
  return isSame(user.tenant, CONSUMERS_TENANT_ID)
}

/** Creates the error AADSTS50034. */
export function unknownAccount(username: string, profile: IssuerProfile): OAuthError {
  return invalidRequest(
    50034,
    `The user account '${username}' does not exist.`,
    `Use the user name of an account at ${homePageOf(profile)}.`,
  )
}

/** Returns the remedy of AADSTS50020. */
export function inviteRemedy(profile: IssuerProfile): string {
  return `Choose an account of ${profile.title}, or add the tenant to guestOf of this user in the configuration. ${homePageOf(profile)} lists the accounts.`
}

/** Returns the message for a test that requests tokens for an account of another tenant. */
export function accountElsewhere(username: string, title: string): string {
  return `The account '${username}' does not exist in tenant '${title}'. Choose an account of this tenant, or an authority that accepts the account.`
}

/** Returns the message of AADSTS50020. */
export function notInTenant(username: string, title: string): string {
  return `User account '${username}' from identity provider does not exist in tenant '${title}' and cannot access the application in that tenant. The account needs to be added as an external user in the tenant first. Sign out and sign in again with a different account.`
}

function isSame(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase()
}
