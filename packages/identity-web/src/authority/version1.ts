import type { Authority, TenantPolicy } from './authority.ts'
import { isGuid } from './issuer.ts'

const STS_ISSUER = /^https:\/\/sts\.[\w.-]+\/([^/]+)\/$/

/**
 * Returns the authority of version 1.0 access tokens.
 *
 * An API receives these tokens unless its app registration requests version 2.0.
 *
 * @see {@link https://learn.microsoft.com/entra/identity-platform/access-tokens#token-formats}
 */
export function version1Authority(
  url: string,
  search: string,
  { tenant, tenants }: { readonly tenant: string; readonly tenants: TenantPolicy },
): Authority {
  const isForMany = ['common', 'organizations'].includes(tenant.toLowerCase())
  // `organizations` does not exist in version 1.0.
  const tenantUrl = isForMany ? new URL('common', url).href : url
  return {
    kind: 'entra',
    url,
    metadataUrl: `${tenantUrl}/.well-known/openid-configuration${search}`,
    tenant,
    tenants,
    isForTokensOnly: true,
    acceptsIssuer(issuer) {
      const id = STS_ISSUER.exec(issuer)?.[1]?.toLowerCase()
      if (isForMany) return id === '{tenantid}'
      return isGuid(id) && (!isGuid(tenant) || id === tenant.toLowerCase())
    },
    issuerRule: `https://sts.windows.net/${isForMany ? '{tenantid}' : "<the tenant's id>"}/`,
  }
}
