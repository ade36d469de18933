import { IdentityError } from '../errors.ts'
import { segmentsOf, type Authority, type AuthoritySetting } from './authority.ts'
import { acceptsCustomerIssuer } from './external-id.ts'
import { canonicalHost, isMicrosoftHost } from './hosts.ts'
import { version1Authority } from './version1.ts'
import { CONSUMERS_TENANT, isGuid, isMetaTenant, type TenantPolicy } from './tenants.ts'

/**
 * An Entra ID tenant, `common`, `organizations` or `consumers`, on any of Microsoft's clouds or on a server that
 * behaves like them: the development provider, and External ID behind a domain of its own.
 *
 * @param given - `/v2.0` may follow the tenant, and a query (`?appid=` of apps with custom signing keys) is kept
 *   for the metadata.
 * @throws IdentityError `configuration` when the URL has another form.
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
      `${option} must be a host and a tenant, but is ${given.origin}${given.pathname}. For example ${example}; for a provider other than Microsoft's set Auth({ oidcAuthority })`,
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
  // A domain name: the metadata names the tenant by its id, which we learn from it.
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
