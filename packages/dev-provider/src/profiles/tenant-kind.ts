import type { DevProviderConfig, TenantKind, UserConfig } from '../config/config.js'

/** The kind of a tenant; personal accounts count as Entra's. */
function tenantKind(config: DevProviderConfig, id: string): TenantKind {
  const wanted = id.toLowerCase()
  return config.tenants.find((tenant) => tenant.id.toLowerCase() === wanted)?.kind ?? 'entra'
}

/** Whether an account is a customer's, which exists in one External ID or Azure AD B2C tenant and nowhere else. */
export function isCustomer(config: DevProviderConfig, user: UserConfig): boolean {
  return tenantKind(config, user.tenant) !== 'entra'
}
