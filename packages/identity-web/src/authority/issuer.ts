import { IdentityError } from '../errors.ts'
import type { Authority } from './authority.ts'
import type { ProviderKey } from './keys.ts'
import type { ProviderMetadata } from './metadata.ts'
import { assertTenantAllowed, isGuid } from './tenants.ts'
import { rejectionOf } from './token-rejection.ts'

const rejectToken = rejectionOf('token')

const TEMPLATE = /\{tenantid\}/i

/** The claims that say who issued a token. */
export interface IssuerClaims {
  readonly iss?: unknown
  readonly tid?: unknown
  /** Azure AD B2C: the policy, under either name. */
  readonly tfp?: unknown
  readonly acr?: unknown
}

/**
 * The issuer that a token must have, by the metadata's issuer and, where that is Microsoft's template
 * `…/{tenantid}/v2.0`, the token's own tenant.
 *
 * @throws IdentityError `invalid_token` for a `tid` that is no tenant id.
 * @see {@link https://learn.microsoft.com/entra/identity-platform/access-tokens#multitenant-applications}
 */
export function expectedIssuer(
  authority: Authority,
  metadata: ProviderMetadata,
  claims: IssuerClaims,
): string {
  if (authority.tenants === undefined) return metadata.issuer
  // Two spellings of one claim: which of them counts must not be a matter of the parser.
  for (const name of Object.keys(claims)) {
    if (name.length === 3 && name !== 'tid' && name.toLowerCase() === 'tid') {
      throw rejectToken('it names its tenant twice')
    }
  }
  if (!isGuid(claims.tid)) throw rejectToken('its tid is not a tenant id')
  const issuer = metadata.issuer.replace(TEMPLATE, claims.tid)
  // https://host/tenant/…
  if (issuer.split('/', 4)[3]?.toLowerCase() !== claims.tid.toLowerCase()) {
    throw rejectToken('its tid is not the tenant of the authority')
  }
  return issuer
}

/**
 * Holds a token's tenant against who may sign in. Only once the signature is verified: a forged token must not tell
 * anybody which tenants are let in.
 *
 * @throws IdentityError `access_denied`.
 */
export function assertTenant(authority: Authority, claims: IssuerClaims): void {
  if (authority.tenants !== undefined) assertTenantAllowed(String(claims.tid), authority.tenants)
}

/**
 * Holds an Azure AD B2C token against the policy that was asked for one: all policies of a tenant share issuer and
 * audience, and a token of the policy that edits profiles must not sign anybody in.
 *
 * @throws IdentityError `invalid_token`.
 */
export function assertPolicy(authority: Authority, claims: IssuerClaims): void {
  if (authority.policy === undefined) return
  const policy = claims.tfp ?? claims.acr
  if (typeof policy !== 'string' || policy.toLowerCase() !== authority.policy.toLowerCase()) {
    throw rejectToken('its policy (tfp or acr) is not the one that was asked')
  }
}

/**
 * Holds the key that signed a token against the token's issuer: Microsoft publishes keys of several issuers
 * and clouds in one document, and each may sign only for its own.
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
    if (issuer !== claims.iss) throw rejectToken('its key belongs to another issuer')
  }
  const cloud = metadata.cloud_instance_name
  if (
    key.cloud_instance_name !== undefined &&
    cloud !== undefined &&
    key.cloud_instance_name !== cloud
  ) {
    throw rejectToken('its key belongs to another cloud')
  }
}

/**
 * Checks the `iss` of an authorization response, the defence against mix-up attacks.
 *
 * @throws IdentityError `invalid_response`.
 * @see {@link https://www.rfc-editor.org/rfc/rfc9207 | RFC 9207}
 */
export function assertResponseIssuer(metadata: ProviderMetadata, iss: string | null): void {
  if (iss === null) {
    if (metadata.authorization_response_iss_parameter_supported !== true) return
    throw new IdentityError(
      'invalid_response',
      'The authorization response lacks its iss parameter.',
    )
  }
  const [before = '', after] = metadata.issuer.split(TEMPLATE)
  const matches =
    after === undefined
      ? iss === metadata.issuer
      : iss.startsWith(before) &&
        iss.endsWith(after) &&
        isGuid(iss.slice(before.length, -after.length))
  if (!matches) {
    throw new IdentityError(
      'invalid_response',
      'The authorization response comes from another issuer.',
    )
  }
}
