// Azure AD B2C: policies, and URLs of user flows.
import { configurationError } from '../errors.ts'
import { segmentsOf, type Authority, type AuthoritySetting } from './authority.ts'
import { isGuid } from './issuer.ts'

const B2C_HOST = /^[\w-]+\.b2clogin\.com$/

/**
 * Returns whether a URL belongs to an Azure AD B2C policy. The host or, with a custom domain, the path identifies it.
 */
export function isB2cUrl(url: URL): boolean {
  const [first, second = ''] = segmentsOf(url)
  const policy = url.searchParams.get('p') ?? second
  return B2C_HOST.test(url.hostname) || first === 'tfp' || /^b2c_1/i.test(policy)
}

/**
 * Returns the authority of a policy (user flow or custom policy) of an Azure AD B2C tenant.
 *
 * The path can be `/tenant/policy`, `/tfp/tenant/policy` or `/tenant?p=policy`. The host is b2clogin.com or a custom
 * domain.
 *
 * @throws IdentityError `configuration` if the URL does not contain a policy.
 * @see {@link https://learn.microsoft.com/azure/active-directory-b2c/tokens-overview}
 */
export function b2cAuthority(given: URL, { option }: AuthoritySetting): Authority {
  const segments = segmentsOf(given).filter((segment) => segment !== 'v2.0')
  const prefix = segments[0] === 'tfp' ? '/tfp' : ''
  const [tenant, policy = given.searchParams.get('p') ?? undefined, ...rest] =
    prefix === '' ? segments : segments.slice(1)
  if (tenant === undefined || policy === undefined || rest.length > 0) {
    throw configurationError(
      `${option} is ${given.origin}${given.pathname}, which does not contain a policy of Azure AD B2C. Set ${option} to the URL of a policy, for example https://fabrikam.b2clogin.com/fabrikam.onmicrosoft.com/B2C_1_susi.`,
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
 * The user flows of an Azure AD B2C tenant. You can set custom policies instead of user flows.
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
   * The first part of the tenant's domain, such as `fabrikam` for `fabrikam.onmicrosoft.com`.
   *
   * @defaultValue `IDENTITY_B2C_TENANT_NAME`
   * @example new Auth(app, { b2c: { tenantName: 'fabrikam', signUpSignInUserFlow: 'B2C_1_susi' } })
   */
  readonly tenantName?: string | undefined
  /**
   * The custom domain that replaces `fabrikam.b2clogin.com`, such as `login.fabrikam.com`.
   *
   * @defaultValue `IDENTITY_B2C_CUSTOM_DOMAIN`
   * @example new Auth(app, { b2c: { customDomain: 'login.fabrikam.com' } })
   */
  readonly customDomain?: string | undefined
  /**
   * The user flow that signs users in, such as `B2C_1_susi`.
   *
   * @defaultValue `IDENTITY_B2C_SIGN_UP_SIGN_IN_USER_FLOW`
   * @example new Auth(app, { b2c: { signUpSignInUserFlow: 'B2C_1_susi' } })
   */
  readonly signUpSignInUserFlow?: string | undefined
  /**
   * The user flow that `auth.getEditProfileUrl()` opens.
   *
   * @defaultValue `IDENTITY_B2C_EDIT_PROFILE_USER_FLOW`
   * @example new Auth(app, { b2c: { editProfileUserFlow: 'B2C_1_edit_profile' } })
   */
  readonly editProfileUserFlow?: string | undefined
  /**
   * The user flow that the link "Forgot your password?" opens. This user flow signs the user in, so also turn on
   * multi-factor authentication for it.
   *
   * @defaultValue `IDENTITY_B2C_RESET_PASSWORD_USER_FLOW`
   * @example new Auth(app, { b2c: { resetPasswordUserFlow: 'B2C_1_reset_password' } })
   */
  readonly resetPasswordUserFlow?: string | undefined
}

export function b2cUrl({ tenantName, customDomain }: B2cOptions, userFlow: string): string {
  const host = customDomain ?? `${tenantName}.b2clogin.com`
  const origin = /^https?:\/\//.test(host) ? host.replace(/\/$/, '') : `https://${host}`
  return `${origin}/${tenantName}.onmicrosoft.com/${userFlow}`
}

// The issuer ends with a slash. It contains the policy only if the tenant uses the issuer format with "tfp", which
// follows OpenID Connect Discovery.
const ISSUER_PATH = /^\/(?:(?<tfp>tfp)\/)?(?<id>[^/]+)(?:\/(?<policy>[^/]+))?\/v2\.0\/$/

function acceptsIssuer(
  issuer: string,
  given: URL,
  { tenant, policy }: { readonly tenant: string; readonly policy: string },
): boolean {
  const url = URL.canParse(issuer) ? new URL(issuer) : undefined
  if (url === undefined || url.search !== '' || url.hash !== '') return false
  // With a custom domain, tokens can still contain the b2clogin.com domain of the tenant.
  const isOwnHost =
    url.origin === given.origin || (url.protocol === 'https:' && B2C_HOST.test(url.host))
  const { tfp, id, policy: named } = ISSUER_PATH.exec(url.pathname)?.groups ?? {}
  if (!isOwnHost || !isGuid(id)) return false
  if (isGuid(tenant) && tenant.toLowerCase() !== id.toLowerCase()) return false
  return tfp === undefined ? named === undefined : named?.toLowerCase() === policy.toLowerCase()
}
