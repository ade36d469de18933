// Recognizes the kind of an authority by its URL: Entra, B2C, AD FS, OpenID Connect.
import { configurationError } from '../errors.ts'
import {
  segmentsOf,
  type Authority,
  type AuthoritySetting,
  type TenantPolicy,
  canonicalHost,
  isMicrosoftHost,
  isSecureUrl,
} from './authority.ts'
import { b2cAuthority, isB2cUrl } from './b2c.ts'
import { entraAuthority, externalIdAuthority, isExternalIdHost } from './entra.ts'
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

/**
 * Parses the URL of an authority.
 *
 * @throws IdentityError `configuration` if the value is not an https URL, or an http URL of this machine.
 */
function parseAuthorityUrl(value: string, { option, example }: AuthoritySetting): URL {
  const url = URL.canParse(value) ? new URL(value) : undefined
  if (url === undefined || url.hash + url.username + url.password !== '') {
    throw configurationError(`${option} is not a URL. Set it to a URL, for example ${example}.`)
  }
  if (!isSecureUrl(url)) {
    throw configurationError(
      `${option} must start with https:// (http:// is allowed only for a server on this machine). Set it to a URL, for example ${example}.`,
    )
  }
  // Developers also copy the URL of the metadata document.
  url.pathname = url.pathname.replace(/\/\.well-known\/openid-configuration$/, '')
  return url
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
  throw configurationError(
    `tenants works only with Entra ID and External ID, because tokens of ${authorityName} do not contain a tenant. Remove the option tenants.`,
  )
}

/** Returns whether a URL belongs to an AD FS server. Its path is always `/adfs`. */
function isAdfsUrl(url: URL): boolean {
  const [first, ...rest] = segmentsOf(url)
  return first?.toLowerCase() === 'adfs' && rest.length === 0
}

/**
 * Returns the authority of an AD FS server (2019 and later), such as `https://fs.contoso.com/adfs`.
 *
 * The issuer is the URL of the server, without `/v2.0`, or a URL below it, as at Azure Stack Hub. A server cannot have an
 * issuer of another origin, because it could then impersonate the users of that issuer.
 */
function adfsAuthority(given: URL): Authority {
  const url = `${given.origin}/adfs`
  return {
    kind: 'adfs',
    url,
    metadataUrl: `${url}/.well-known/openid-configuration${given.search}`,
    acceptsIssuer: (issuer) => `${issuer}/`.toLowerCase().startsWith(`${url}/`.toLowerCase()),
    issuerRule: url,
  }
}

/**
 * Returns the authority of any OpenID Connect provider.
 *
 * @see {@link https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfigurationValidation}
 */
function authorityOfIssuer(given: URL): Authority {
  const url = `${given.origin}${given.pathname.replace(/\/$/, '')}`
  return {
    kind: 'oidc',
    url,
    metadataUrl: `${url}/.well-known/openid-configuration${given.search}`,
    // Some providers and developers write the issuer with a slash at the end, others without.
    acceptsIssuer: (issuer) => issuer.replace(/\/$/, '') === url,
    issuerRule: url,
  }
}
