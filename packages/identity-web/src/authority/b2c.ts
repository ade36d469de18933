import { IdentityError } from '../errors.ts'
import { segmentsOf, type Authority, type AuthoritySetting } from './authority.ts'
import { isGuid } from './tenants.ts'

const B2C_HOST = /^[\w-]+\.b2clogin\.com$/

/** Whether a URL is that of an Azure AD B2C policy: by its host, or by its path behind a domain of its own. */
export function isB2cUrl(url: URL): boolean {
  const [first, second = ''] = segmentsOf(url)
  const policy = url.searchParams.get('p') ?? second
  return B2C_HOST.test(url.hostname) || first === 'tfp' || /^b2c_1/i.test(policy)
}

/**
 * A policy (user flow or custom policy) of an Azure AD B2C tenant, in any of the forms that URLs of policies have:
 * `/tenant/policy`, `/tfp/tenant/policy`, and `/tenant?p=policy`, on b2clogin.com or a domain of its own.
 *
 * @throws IdentityError `configuration` when the URL names no policy.
 * @see {@link https://learn.microsoft.com/azure/active-directory-b2c/tokens-overview}
 */
export function b2cAuthority(given: URL, { option }: AuthoritySetting): Authority {
  const segments = segmentsOf(given).filter((segment) => segment !== 'v2.0')
  const prefix = segments[0] === 'tfp' ? '/tfp' : ''
  const [tenant, policy = given.searchParams.get('p') ?? undefined, ...rest] =
    prefix === '' ? segments : segments.slice(1)
  if (tenant === undefined || policy === undefined || rest.length > 0) {
    throw new IdentityError(
      'configuration',
      `${option} must name the policy of Azure AD B2C, but is ${given.origin}${given.pathname}. For example https://fabrikam.b2clogin.com/fabrikam.onmicrosoft.com/B2C_1_susi`,
    )
  }
  const url = `${given.origin}${prefix}/${tenant}/${policy}`
  return {
    kind: 'b2c',
    url,
    metadataUrl: `${url}/v2.0/.well-known/openid-configuration`,
    tenant,
    policy,
    acceptsIssuer: (issuer) => acceptsIssuer(issuer, given, { tenant, policy }),
    issuerRule: `${given.origin}/<the tenant's id>/v2.0/`,
  }
}

/**
 * Signs customers in by the user flows of an Azure AD B2C tenant. Custom policies go where user flows go.
 *
 * @example
 * ```ts
 * const auth = new Auth(app, {
 *   b2c: {
 *     tenantName: 'fabrikam',
 *     signUpSignInUserFlow: 'B2C_1_susi',
 *     editProfileUserFlow: 'B2C_1_edit',
 *     resetPasswordUserFlow: 'B2C_1_reset',
 *   },
 * })
 * ```
 * @public
 */
export interface B2cOptions {
  /**
   * The first word of the tenant's name: `fabrikam` of `fabrikam.onmicrosoft.com`.
   *
   * @defaultValue `IDENTITY_B2C_TENANT_NAME`
   */
  readonly tenantName: string
  /**
   * The domain that stands in place of `fabrikam.b2clogin.com`, such as `login.fabrikam.com`.
   *
   * @defaultValue `IDENTITY_B2C_CUSTOM_DOMAIN`
   */
  readonly customDomain?: string | undefined
  /** Signs users in, such as `B2C_1_susi`. @defaultValue `IDENTITY_B2C_SIGN_UP_SIGN_IN_USER_FLOW` */
  readonly signUpSignInUserFlow: string
  /** What `auth.getEditProfileUrl()` leads to. @defaultValue `IDENTITY_B2C_EDIT_PROFILE_USER_FLOW` */
  readonly editProfileUserFlow?: string | undefined
  /**
   * Where "Forgot your password?" leads. It signs the user in, so that MFA belongs on it too.
   *
   * @defaultValue `IDENTITY_B2C_RESET_PASSWORD_USER_FLOW`
   */
  readonly resetPasswordUserFlow?: string | undefined
}

/** The URL of a user flow. */
export function b2cUrl({ tenantName, customDomain }: B2cOptions, userFlow: string): string {
  const host = customDomain ?? `${tenantName}.b2clogin.com`
  const origin = /^https?:\/\//.test(host) ? host.replace(/\/$/, '') : `https://${host}`
  return `${origin}/${tenantName}.onmicrosoft.com/${userFlow}`
}

// With a trailing slash, and without the policy unless the tenant chose the issuer that follows OpenID Connect
// Discovery ("tfp").
const ISSUER_PATH = /^\/(?:(?<tfp>tfp)\/)?(?<id>[^/]+)(?:\/(?<policy>[^/]+))?\/v2\.0\/$/

function acceptsIssuer(
  issuer: string,
  given: URL,
  { tenant, policy }: { readonly tenant: string; readonly policy: string },
): boolean {
  const url = URL.canParse(issuer) ? new URL(issuer) : undefined
  if (url === undefined || url.search !== '' || url.hash !== '') return false
  // Behind a domain of its own, the tokens may still name the tenant's first one.
  const isOwnHost =
    url.origin === given.origin || (url.protocol === 'https:' && B2C_HOST.test(url.host))
  const { tfp, id, policy: named } = ISSUER_PATH.exec(url.pathname)?.groups ?? {}
  if (!isOwnHost || !isGuid(id)) return false
  if (isGuid(tenant) && tenant.toLowerCase() !== id.toLowerCase()) return false
  return tfp === undefined ? named === undefined : named?.toLowerCase() === policy.toLowerCase()
}
