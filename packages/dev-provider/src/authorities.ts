import type { DevProviderConfig, TenantConfig, TenantKind } from './config/config.js'

/** What an app's configuration needs to know of the Azure AD B2C tenant. */
export interface B2cSettings {
  /** The first part of its domain, for example `fabrikamb2c`. */
  readonly tenantName: string
  /** The provider's origin, which stands for `https://fabrikamb2c.b2clogin.com`. */
  readonly customDomain: string
  readonly signUpSignInUserFlow: string
  readonly editProfileUserFlow: string
  readonly resetPasswordUserFlow: string
}

/** Addresses of the issuers that only some configurations have. */
export interface Authorities {
  readonly authority: (tenant?: string) => string
  readonly externalId: () => string
  readonly b2c: () => B2cSettings
  readonly b2cAuthority: (userFlow?: string) => string
}

/** Makes the addresses of one provider. */
export function createAuthorities(origin: string, config: DevProviderConfig): Authorities {
  const find = (wanted: TenantKind): TenantConfig => {
    const tenant = config.tenants.find(({ kind = 'entra' }) => kind === wanted)
    if (tenant !== undefined) return tenant
    throw new TypeError(`The configuration has no tenant of the kind '${wanted}'.`)
  }
  const domainOf = (tenant: TenantConfig): string => tenant.domains[0] ?? tenant.id
  const b2c = (): B2cSettings => {
    const tenant = find('b2c')
    return {
      tenantName: domainOf(tenant).split('.')[0] ?? '',
      customDomain: origin,
      signUpSignInUserFlow: tenant.userFlows?.signUpSignIn ?? '',
      editProfileUserFlow: tenant.userFlows?.editProfile ?? '',
      resetPasswordUserFlow: tenant.userFlows?.resetPassword ?? '',
    }
  }
  return {
    authority: (tenant = find('entra').id) => `${origin}/${tenant}`,
    externalId: () => `${origin}/${domainOf(find('external-id'))}`,
    b2c,
    b2cAuthority: (userFlow = b2c().signUpSignInUserFlow) =>
      `${origin}/${domainOf(find('b2c'))}/${userFlow}`,
  }
}
