// The issuer and the tenant that a token must have, by the option tenants.
import { own } from '../own.ts'
import { IdentityError } from '../errors.ts'
import type { Authority, TenantPolicy } from './authority.ts'
import type { ProviderKey } from './keys.ts'
import type { ProviderMetadata } from './metadata.ts'
import { rejectionOf } from './token-claims.ts'

const rejectClaims = rejectionOf('token')

const TEMPLATE = /\{tenantid\}/i

export interface IssuerClaims {
  readonly iss?: unknown
  readonly tid?: unknown
  /** The policy in tokens of Azure AD B2C. Some tenants use `acr` instead. */
  readonly tfp?: unknown
  readonly acr?: unknown
}

/**
 * Returns the issuer that a token must contain.
 *
 * It is the issuer of the metadata. If the metadata contains Microsoft's template `…/{tenantid}/v2.0`, the tenant of
 * the token replaces `{tenantid}`.
 *
 * @throws IdentityError `invalid_token` if `tid` is not a tenant ID.
 * @see {@link https://learn.microsoft.com/entra/identity-platform/access-tokens#multitenant-applications}
 */
export function expectedIssuer(
  authority: Authority,
  metadata: ProviderMetadata,
  claims: IssuerClaims,
): string {
  if (authority.tenants === undefined) return metadata.issuer
  // Rejects tokens that also contain `tid` in another case, because parsers could disagree on which one to use.
  for (const name of Object.keys(claims)) {
    if (name.length === 3 && name !== 'tid' && name.toLowerCase() === 'tid') {
      throw rejectClaims('tenant', 'it contains two tenants')
    }
  }
  const { issuer: template } = metadata
  if (latest === undefined || latest.tid !== claims.tid || latest.template !== template)
    latest = toTenantIssuer(template, claims.tid)
  return latest.issuer
}

interface TenantIssuer {
  readonly template: string
  readonly tid: string
  readonly issuer: string
}

// Nearly all tokens belong to the same tenant. One entry is enough, and forged tokens cannot fill it.
let latest: TenantIssuer | undefined

function toTenantIssuer(template: string, tid: unknown): TenantIssuer {
  if (!isGuid(tid)) throw rejectClaims('tenant', 'its tid is not a tenant ID')
  const issuer = template.replace(TEMPLATE, tid)
  // https://host/tenant/…
  if (issuer.split('/', 4)[3]?.toLowerCase() !== tid.toLowerCase()) {
    throw rejectClaims('tenant', 'its tid is not the tenant of the authority')
  }
  return { template, tid, issuer }
}

/**
 * Checks that users of a token's tenant may sign in.
 *
 * Call it only after the signature is verified, so that an attacker cannot find out the allowed tenants with forged
 * tokens.
 *
 * @throws IdentityError `access_denied`.
 */
export function assertTenant(authority: Authority, claims: IssuerClaims): void {
  if (authority.tenants !== undefined)
    assertTenantAllowed(String(own(claims, 'tid')), authority.tenants)
}

/**
 * Checks that an Azure AD B2C token comes from the policy of the authority.
 *
 * All policies of a tenant share issuer and audience. For example, a token of the policy that edits profiles must not
 * sign a user in.
 *
 * @throws IdentityError `invalid_token`.
 */
export function assertPolicy(authority: Authority, claims: IssuerClaims): void {
  if (authority.policy === undefined) return
  const policy = claims.tfp ?? claims.acr
  if (typeof policy !== 'string' || policy.toLowerCase() !== authority.policy.toLowerCase()) {
    throw rejectClaims('issuer', 'its policy (tfp or acr) is not the requested policy')
  }
}

/**
 * Checks that the key that signed a token belongs to the issuer of the token.
 *
 * Microsoft publishes keys of several issuers and clouds in one document. A key must not sign tokens of another
 * issuer or cloud.
 *
 * @throws IdentityError `invalid_token`.
 */
export function assertKeyIssuer(
  key: ProviderKey,
  metadata: ProviderMetadata,
  claims: IssuerClaims,
): void {
  if (key.issuer !== undefined) {
    const issuer = key.issuer.replace(TEMPLATE, String(claims.tid))
    if (issuer !== claims.iss) throw rejectClaims('key', 'its key belongs to another issuer')
  }
  const cloud = metadata.cloud_instance_name
  if (
    key.cloud_instance_name !== undefined &&
    cloud !== undefined &&
    key.cloud_instance_name !== cloud
  ) {
    throw rejectClaims('key', 'its key belongs to another cloud')
  }
}

/**
 * Checks `iss` of an authorization response, which prevents mix-up attacks. The value comes from the browser, so it is
 * not trusted.
 *
 * @throws IdentityError `invalid_request`.
 * @see {@link https://www.rfc-editor.org/rfc/rfc9207 | RFC 9207}
 */
export function assertResponseIssuer(metadata: ProviderMetadata, iss: string | null): void {
  if (iss === null) {
    if (metadata.authorization_response_iss_parameter_supported !== true) return
    throw new IdentityError(
      'invalid_request',
      'The authorization response does not contain the parameter iss, although the metadata of the provider announces it.',
      { reason: 'mix_up' },
    )
  }
  if (!isIssuer(metadata, iss)) {
    throw new IdentityError(
      'invalid_request',
      'The parameter iss of the authorization response is not the issuer of the provider.',
      { reason: 'mix_up' },
    )
  }
}

/**
 * Returns whether an issuer is the issuer of the metadata. If the metadata contains Microsoft's template, the issuer of
 * any tenant is accepted.
 */
export function isIssuer({ issuer }: ProviderMetadata, iss: string): boolean {
  const [before = '', after] = issuer.split(TEMPLATE)
  return after === undefined
    ? iss === issuer
    : iss.startsWith(before) &&
        iss.endsWith(after) &&
        isGuid(iss.slice(before.length, -after.length))
}

const TENANT_IN_PATH = /(?<=\/)[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}(?=\/)/i

/**
 * Returns whether the settings of an authority allow an issuer in its tokens. The metadata makes the final decision. At
 * AD FS, access tokens usually have another issuer, which only the metadata contains.
 */
export function mayIssue(authority: Authority, iss: string): boolean {
  const inTemplate = iss.replace(TENANT_IN_PATH, '{tenantid}')
  return authority.acceptsIssuer(iss) || authority.acceptsIssuer(inTemplate)
}

/** The ID of the tenant that contains all personal Microsoft accounts. */
export const CONSUMERS_TENANT = '9188040d-6c67-4c5b-b112-36a304b66dad'

/** Returns whether an authority issues tokens of many tenants, whose issuers contain their IDs. */
export function isForMany({ tenant = '' }: Pick<Authority, 'tenant'>): boolean {
  return ['common', 'organizations'].includes(tenant.toLowerCase())
}

const GUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i

/** Returns whether a tenant is `common`, `organizations` or `consumers` and not a single tenant. */
export function isMetaTenant(tenant: string): boolean {
  return ['common', 'organizations', 'consumers'].includes(tenant.toLowerCase())
}

export function isGuid(value: unknown): value is string {
  return typeof value === 'string' && GUID.test(value)
}

/**
 * Checks that users of a tenant may sign in.
 *
 * @throws IdentityError `access_denied` with the tenant and the option that allows it.
 */
export function assertTenantAllowed(tid: string, policy: TenantPolicy): void {
  const tenant = tid.toLowerCase()
  if (policy === 'any') return
  if (policy === 'work') {
    if (tenant !== CONSUMERS_TENANT) return
    throw new IdentityError(
      'access_denied',
      'Personal accounts are not allowed to use this application.',
      { reason: 'tenant', hint: "To allow personal accounts, set tenants: 'any'." },
    )
  }
  if (policy.some((allowed) => allowed.toLowerCase() === tenant)) return
  throw new IdentityError(
    'access_denied',
    `The tenant ${tenant} is not allowed to use this application.`,
    { reason: 'tenant', hint: `To allow this tenant, add '${tenant}' to the list in tenants.` },
  )
}
