import { IdentityError } from '../errors.ts'
import {
  segmentsOf,
  type Authority,
  type AuthoritySetting,
  type TenantPolicy,
} from './authority.ts'
import { version1Authority } from './version1.ts'
import { isGuid } from './issuer.ts'

const EXTERNAL_ID_HOST = /^([\w-]+)\.ciamlogin\.com$/

/** Returns whether a host belongs to Microsoft Entra External ID, such as `contoso.ciamlogin.com`. */
export function isExternalIdHost(hostname: string): boolean {
  return EXTERNAL_ID_HOST.test(hostname)
}

/**
 * Returns the authority of a Microsoft Entra External ID tenant (CIAM), such as `https://contoso.ciamlogin.com`.
 *
 * The path can contain the tenant's ID or its domain, such as `contoso.onmicrosoft.com`.
 *
 * @throws IdentityError `configuration` if the URL is not a host and a tenant.
 */
export function externalIdAuthority(
  given: URL,
  tenants: TenantPolicy | undefined,
  { option }: AuthoritySetting,
): Authority {
  const name = EXTERNAL_ID_HOST.exec(given.hostname)?.[1] ?? ''
  const [tenant = `${name}.onmicrosoft.com`, version, ...rest] = segmentsOf(given)
  if (rest.length > 0 || (version !== undefined && version !== 'v2.0')) {
    throw new IdentityError(
      'configuration',
      `${option} must consist of a host and a tenant, but is ${given.origin}${given.pathname}. Set it to a URL such as https://contoso.ciamlogin.com.`,
    )
  }
  const url = `${given.origin}/${tenant}`
  return {
    kind: 'external-id',
    url,
    metadataUrl: `${url}/v2.0/.well-known/openid-configuration${given.search}`,
    tenant,
    tenants: tenants ?? 'any',
    acceptsIssuer: (issuer) => acceptsCustomerIssuer(issuer, tenant, given.hostname),
    issuerRule: "https://<the tenant's id>.ciamlogin.com/<the tenant's id>/v2.0",
    version1: version1Authority(url, given.search, { tenant, tenants: tenants ?? 'any' }),
  }
}

/**
 * Returns whether an issuer belongs to an External ID tenant.
 *
 * The host and the path of the issuer contain the tenant's ID instead of its name, even with a custom domain
 * (AzureAD/microsoft-authentication-library-for-js#8592).
 *
 * @param tenant - The tenant in the URL of the authority. If it is an ID, the issuer must contain this ID.
 * @param host - Another host that the issuer may contain.
 */
export function acceptsCustomerIssuer(issuer: string, tenant: string, host = ''): boolean {
  const url = URL.canParse(issuer) ? new URL(issuer) : undefined
  const [id, version, ...rest] = url === undefined ? [] : segmentsOf(url)
  if (!isGuid(id) || version !== 'v2.0' || rest.length > 0) return false
  if (isGuid(tenant) && tenant.toLowerCase() !== id.toLowerCase()) return false
  const hosts = [`${id.toLowerCase()}.ciamlogin.com`, host]
  return hosts.some(
    (allowed) => issuer.toLowerCase() === `https://${allowed}/${id.toLowerCase()}/v2.0`,
  )
}
