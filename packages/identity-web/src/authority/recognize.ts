import { IdentityError } from '../errors.ts'
import { adfsAuthority, isAdfsUrl } from './adfs.ts'
import {
  parseAuthorityUrl,
  segmentsOf,
  type Authority,
  type AuthoritySetting,
  type TenantPolicy,
} from './authority.ts'
import { b2cAuthority, isB2cUrl } from './b2c.ts'
import { entraAuthority } from './entra.ts'
import { externalIdAuthority, isExternalIdHost } from './external-id.ts'
import { canonicalHost, isMicrosoftHost } from './hosts.ts'
import { authorityOfIssuer } from './oidc.ts'
import { isGuid } from './issuer.ts'

const AUTHORITY: AuthoritySetting = {
  option: 'authority',
  example: 'https://login.microsoftonline.com/contoso.onmicrosoft.com',
}
const OIDC_AUTHORITY: AuthoritySetting = {
  option: 'oidcAuthority',
  example: 'https://accounts.example.com',
}

/**
 * Returns the Microsoft authority of a URL: Entra ID, External ID, an Azure AD B2C policy or AD FS.
 *
 * @param tenants - The tenants whose users may sign in. Only for authorities whose tokens contain a tenant.
 * @throws IdentityError `configuration` if the URL does not belong to one of these.
 */
export function microsoftAuthority(value: string, tenants?: TenantPolicy): Authority {
  return recognizeAuthority(parseAuthorityUrl(value, AUTHORITY), tenants, AUTHORITY)
}

/**
 * Returns the authority of an OpenID Connect provider.
 *
 * If the URL looks like a Microsoft authority, even with a custom domain, the rules for Microsoft's issuers apply. The
 * issuer of any other provider must be its URL.
 *
 * @throws IdentityError `configuration` if the value is not a valid URL.
 */
export function oidcAuthority(value: string, tenants?: TenantPolicy): Authority {
  const given = parseAuthorityUrl(value, OIDC_AUTHORITY)
  if (looksLikeMicrosoft(given)) return recognizeAuthority(given, tenants, OIDC_AUTHORITY)
  assertNoTenants(tenants, 'oidcAuthority')
  return authorityOfIssuer(given)
}

function recognizeAuthority(
  given: URL,
  tenants: TenantPolicy | undefined,
  setting: AuthoritySetting,
): Authority {
  if (isExternalIdHost(given.hostname)) return externalIdAuthority(given, tenants, setting)
  if (!isB2cUrl(given) && !isAdfsUrl(given)) return entraAuthority(given, tenants, setting)
  assertNoTenants(tenants, isB2cUrl(given) ? 'Azure AD B2C' : 'AD FS')
  return isB2cUrl(given) ? b2cAuthority(given, setting) : adfsAuthority(given)
}

function looksLikeMicrosoft(url: URL): boolean {
  const [tenant = '', version] = segmentsOf(url)
  const hasTenant = tenant.toLowerCase().endsWith('.onmicrosoft.com') || isGuid(tenant)
  return (
    isMicrosoftHost(canonicalHost(url.hostname)) ||
    isExternalIdHost(url.hostname) ||
    isB2cUrl(url) ||
    isAdfsUrl(url) ||
    (hasTenant && version === 'v2.0')
  )
}

function assertNoTenants(tenants: TenantPolicy | undefined, authorityName: string): void {
  if (tenants === undefined) return
  throw new IdentityError(
    'configuration',
    `tenants works only with Entra ID and External ID, because tokens of ${authorityName} do not contain a tenant. Remove Auth({ tenants }).`,
  )
}
