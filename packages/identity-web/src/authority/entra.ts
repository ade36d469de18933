// Entra ID and External ID, in every cloud.
import { configurationError } from '../errors.ts'
import {
  segmentsOf,
  type Authority,
  type AuthoritySetting,
  type TenantPolicy,
  canonicalHost,
  isMicrosoftHost,
} from './authority.ts'
import { CONSUMERS_TENANT, isForMany, isGuid, isMetaTenant } from './issuer.ts'

/**
 * Returns the authority of an Entra ID tenant, or of `common`, `organizations` or `consumers`.
 *
 * The host belongs to a Microsoft cloud, to the development provider, or to External ID with a custom domain.
 *
 * @param given - The URL. `/v2.0` may follow the tenant. Its query stays in the metadata URL, for example `?appid=` of
 *   apps with custom signing keys.
 * @throws IdentityError `configuration` if the URL is not a host and a tenant.
 */
export function entraAuthority(
  given: URL,
  tenants: TenantPolicy | undefined,
  { option, example }: AuthoritySetting,
): Authority {
  const [tenant, version, ...rest] = segmentsOf(given)
  if (tenant === undefined || rest.length > 0 || (version !== undefined && version !== 'v2.0')) {
    throw configurationError(
      `${option} must consist of a host and a tenant, but is ${given.origin}${given.pathname}. Set it to a URL such as ${example}. For a provider other than Microsoft, set oidcAuthority instead.`,
    )
  }
  const host = new URL(given)
  host.host = canonicalHost(given.host)
  const { origin } = host
  const url = `${origin}/${tenant}`
  const policy = tenants ?? defaultPolicy(tenant.toLowerCase())
  const own = entraIssuer(origin, tenant.toLowerCase())
  const mayBeExternalId = !isMicrosoftHost(host.hostname) && !isMetaTenant(tenant)
  return {
    kind: 'entra',
    url,
    metadataUrl: `${url}/v2.0/.well-known/openid-configuration${given.search}`,
    tenant,
    tenants: policy,
    acceptsIssuer: (issuer) =>
      own.accepts(issuer) || (mayBeExternalId && acceptsCustomerIssuer(issuer, tenant)),
    issuerRule: own.rule,
    version1: version1Authority(url, given.search, { tenant, tenants: policy }),
  }
}

interface IssuerRule {
  readonly rule: string
  accepts(issuer: string): boolean
}

function entraIssuer(origin: string, tenant: string): IssuerRule {
  const exactly = (id: string): IssuerRule => {
    const rule = `${origin}/${id}/v2.0`
    return { rule, accepts: (issuer) => issuer.toLowerCase() === rule.toLowerCase() }
  }
  if (tenant === 'common' || tenant === 'organizations') return exactly('{tenantid}')
  if (tenant === 'consumers') return exactly(CONSUMERS_TENANT)
  if (isGuid(tenant)) return exactly(tenant)
  // The tenant is a domain name. The issuer in the metadata contains the ID of the tenant.
  return {
    rule: `${origin}/<the tenant's id>/v2.0`,
    accepts(issuer) {
      const id = issuer.slice(`${origin}/`.length, -'/v2.0'.length)
      return isGuid(id) && issuer === `${origin}/${id}/v2.0`
    },
  }
}

function defaultPolicy(tenant: string): TenantPolicy {
  if (tenant === 'organizations') return 'work'
  if (tenant === 'consumers') return [CONSUMERS_TENANT]
  return 'any'
}

const STS_ISSUER = /^https:\/\/sts\.[\w.-]+\/([^/]+)\/$/

/**
 * Returns the authority of version 1.0 access tokens.
 *
 * An API receives these tokens unless its app registration requests version 2.0.
 *
 * @see {@link https://learn.microsoft.com/entra/identity-platform/access-tokens#token-formats}
 */
function version1Authority(
  url: string,
  search: string,
  { tenant, tenants }: { readonly tenant: string; readonly tenants: TenantPolicy },
): Authority {
  const hasTemplate = isForMany({ tenant })
  // `organizations` does not exist in version 1.0.
  const tenantUrl = hasTemplate ? new URL('common', url).href : url
  return {
    kind: 'entra',
    url,
    metadataUrl: `${tenantUrl}/.well-known/openid-configuration${search}`,
    tenant,
    tenants,
    isForTokensOnly: true,
    acceptsIssuer(issuer) {
      const id = STS_ISSUER.exec(issuer)?.[1]?.toLowerCase()
      if (hasTemplate) return id === '{tenantid}'
      return isGuid(id) && (!isGuid(tenant) || id === tenant.toLowerCase())
    },
    issuerRule: `https://sts.windows.net/${hasTemplate ? '{tenantid}' : "<the tenant's id>"}/`,
  }
}

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
    throw configurationError(
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
function acceptsCustomerIssuer(issuer: string, tenant: string, host = ''): boolean {
  const url = URL.canParse(issuer) ? new URL(issuer) : undefined
  const [id, version, ...rest] = url === undefined ? [] : segmentsOf(url)
  if (!isGuid(id) || version !== 'v2.0' || rest.length > 0) return false
  if (isGuid(tenant) && tenant.toLowerCase() !== id.toLowerCase()) return false
  const hosts = [`${id.toLowerCase()}.ciamlogin.com`, host]
  return hosts.some(
    (allowed) => issuer.toLowerCase() === `https://${allowed}/${id.toLowerCase()}/v2.0`,
  )
}
