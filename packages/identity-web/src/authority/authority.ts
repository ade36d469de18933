import { IdentityError } from '../errors.ts'
import { canonicalHost, isSecureUrl } from './hosts.ts'
import { CONSUMERS_TENANT, isGuid, type TenantPolicy } from './tenants.ts'

/**
 * A place that signs users in, and what it may say of itself.
 *
 * `entra` follows Microsoft's issuer rules; `oidc` is any OpenID Connect provider, whose issuer is the
 * very URL that was configured. Each further kind (External ID, Azure AD B2C, ADFS) is one more function
 * here that returns this shape.
 */
export interface Authority {
  readonly kind: 'entra' | 'oidc'
  readonly url: string
  readonly metadataUrl: string
  /** Who may sign in; `undefined` where the provider has no tenants. */
  readonly tenants?: TenantPolicy | undefined
  /** Whether metadata with this issuer may speak for the authority. */
  acceptsIssuer(issuer: string): boolean
  /** What `issuer` in the metadata should look like, for messages. */
  readonly issuerRule: string
}

/**
 * An Entra ID tenant, `common`, `organizations` or `consumers`, on any of Microsoft's clouds or on a
 * server that behaves like them.
 *
 * @param value - Such as `https://login.microsoftonline.com/contoso.onmicrosoft.com`; `/v2.0` may follow,
 *   and a query (`?appid=` of apps with custom signing keys) is kept for the metadata.
 * @throws IdentityError `configuration` when the value is no such URL.
 */
export function entraAuthority(value: string, tenants?: TenantPolicy): Authority {
  const given = parseUrl(
    value,
    'authority',
    'https://login.microsoftonline.com/contoso.onmicrosoft.com',
  )
  const [tenant, version, ...rest] = given.pathname.split('/').filter((segment) => segment !== '')
  if (tenant === undefined || rest.length > 0 || (version !== undefined && version !== 'v2.0')) {
    throw new IdentityError(
      'configuration',
      `authority must be a host and a tenant, but is ${given.origin}${given.pathname}. For example https://login.microsoftonline.com/contoso.onmicrosoft.com`,
    )
  }
  given.host = canonicalHost(given.host)
  const url = `${given.origin}/${tenant}`
  const expected = entraIssuer(given.origin, tenant.toLowerCase())
  return {
    kind: 'entra',
    url,
    metadataUrl: `${url}/v2.0/.well-known/openid-configuration${given.search}`,
    tenants: tenants ?? defaultPolicy(tenant.toLowerCase()),
    acceptsIssuer: expected.accepts,
    issuerRule: expected.rule,
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

/**
 * Any OpenID Connect provider.
 *
 * @param value - The issuer, such as `https://accounts.example.com`; the metadata's own URL is understood too.
 * @throws IdentityError `configuration` when the value is no URL.
 * @see {@link https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfigurationValidation}
 */
export function oidcAuthority(value: string): Authority {
  const given = parseUrl(value, 'oidcAuthority', 'https://accounts.example.com')
  const path = given.pathname
    .replace(/\/\.well-known\/openid-configuration$/, '')
    .replace(/\/$/, '')
  const url = `${given.origin}${path}`
  return {
    kind: 'oidc',
    url,
    metadataUrl: `${url}/.well-known/openid-configuration${given.search}`,
    // Providers disagree on the slash at the end, and so do the people who copy their URLs.
    acceptsIssuer: (issuer) => issuer.replace(/\/$/, '') === url,
    issuerRule: url,
  }
}

function parseUrl(value: string, option: string, example: string): URL {
  const url = URL.canParse(value) ? new URL(value) : undefined
  if (url === undefined || url.hash !== '' || url.username !== '') {
    throw new IdentityError('configuration', `${option} is not a URL. For example ${example}`)
  }
  if (!isSecureUrl(url)) {
    throw new IdentityError(
      'configuration',
      `${option} must begin with https:// (http:// only for a server on this machine). For example ${example}`,
    )
  }
  return url
}
