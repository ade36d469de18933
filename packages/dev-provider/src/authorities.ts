import type { DevProviderConfig, TenantConfig, TenantKind } from './config/config.js'

/**
 * The settings that you copy into the configuration of an app that signs in at Azure AD B2C.
 *
 * @example Configure an app for Azure AD B2C
 * ```ts
 * const { tenantName, customDomain, signUpSignInUserFlow } = provider.b2c
 * ```
 */
export interface B2cSettings {
  /** The first part of the tenant's domain, for example `fabrikamb2c`. */
  readonly tenantName: string
  /** The provider's origin, which replaces `https://fabrikamb2c.b2clogin.com`. */
  readonly customDomain: string
  /** The name of the policy for sign-up and sign-in. */
  readonly signUpSignInUserFlow: string
  /** The name of the policy that edits the profile. */
  readonly editProfileUserFlow: string
  /** The name of the policy that resets the password. */
  readonly resetPasswordUserFlow: string
}

/** One provider's authority URLs, some of which exist only in some configurations. */
export interface Authorities {
  readonly authority: (tenant?: string) => string
  readonly externalId: () => string
  readonly b2c: () => B2cSettings
  readonly b2cAuthority: (userFlow?: string) => string
}

/** Creates one provider's authority URLs. */
export function createAuthorities(origin: string, config: DevProviderConfig): Authorities {
  const find = (requestedKind: TenantKind): TenantConfig => {
    const tenant = config.tenants.find(({ kind = 'entra' }) => kind === requestedKind)
    if (tenant !== undefined) return tenant
    throw new TypeError(
      `The configuration has no tenant of the kind '${requestedKind}'. Add such a tenant to tenants.`,
    )
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
