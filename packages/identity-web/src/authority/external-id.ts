import { IdentityError } from '../errors.ts'
import { segmentsOf, type Authority, type AuthoritySetting } from './authority.ts'
import { version1Authority } from './version1.ts'
import { isGuid, type TenantPolicy } from './tenants.ts'

const EXTERNAL_ID_HOST = /^([\w-]+)\.ciamlogin\.com$/

/** Whether a host is one of Microsoft Entra External ID, such as `contoso.ciamlogin.com`. */
export function isExternalIdHost(hostname: string): boolean {
  return EXTERNAL_ID_HOST.test(hostname)
}

/**
 * A Microsoft Entra External ID tenant (CIAM): `https://contoso.ciamlogin.com`, with or without the tenant's id or
 * `contoso.onmicrosoft.com` behind it.
 *
 * @throws IdentityError `configuration` when the URL has another form.
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
      `${option} must be a host and a tenant, but is ${given.origin}${given.pathname}. For example https://contoso.ciamlogin.com`,
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
 * Whether an issuer is that of an External ID tenant: in it the tenant's id takes the place of its name, in the host
 * as in the path, also behind a domain of its own (AzureAD/microsoft-authentication-library-for-js#8592).
 *
 * @param tenant - As the authority names it; an id must be the issuer's.
 * @param host - A host that may stand in the issuer besides.
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
