import type { DevProviderConfig, TenantKind, UserConfig } from '../config/config.js'

/** Returns the kind of a tenant. Personal accounts belong to the kind `'entra'`. */
function tenantKind(config: DevProviderConfig, id: string): TenantKind {
  const normalized = id.toLowerCase()
  return config.tenants.find((tenant) => tenant.id.toLowerCase() === normalized)?.kind ?? 'entra'
}

/**
 * Returns whether a user is a customer, who exists in only one External ID or Azure AD B2C tenant.
 */
export function isCustomer(config: DevProviderConfig, user: UserConfig): boolean {
  return tenantKind(config, user.tenant) !== 'entra'
}
