import { IdentityError } from '../errors.ts'
import {
  segmentsOf,
  type Authority,
  type AuthoritySetting,
  type TenantPolicy,
} from './authority.ts'
import { acceptsCustomerIssuer } from './external-id.ts'
import { canonicalHost, isMicrosoftHost } from './hosts.ts'
import { version1Authority } from './version1.ts'
import { CONSUMERS_TENANT, isGuid, isMetaTenant } from './issuer.ts'

/**
 * Returns the authority of an Entra ID tenant, or of `common`, `organizations` or `consumers`.
 *
 * The host belongs to a Microsoft cloud, or to a server with the same behavior. Such servers are the development provider
 * and External ID with a custom domain.
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
    throw new IdentityError(
      'configuration',
      `${option} must consist of a host and a tenant, but is ${given.origin}${given.pathname}. Set it to a URL such as ${example}. For a provider other than Microsoft, set Auth({ oidcAuthority }) instead.`,
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
