import type { AppSubject, Grant, Subject } from './issuer-profile.js'

/** The claim that contains the name of the policy. */
export type PolicyClaim = Readonly<Record<string, string>>

// The default of Azure AD B2C (configure-tokens).
const B2C_REFRESH_SECONDS = 14 * 24 * 3600

/**
 * Returns the claims of an ID token. They do not depend on the scopes, and do not include
 * `preferred_username` or `tid`.
 */
export function b2cIdTokenClaims(subject: Subject, policy: PolicyClaim): Record<string, unknown> {
  return { ver: '1.0', auth_time: subject.authTime, ...userClaims(subject), ...policy }
}

/** Returns the claims of an access token of a user, or of an app-only token. */
export function b2cAccessTokenClaims(
  subject: Subject | AppSubject,
  { names, target }: Grant,
  policy: PolicyClaim,
): Record<string, unknown> {
  const { clientId } = subject.app
  const common = { ver: '1.0', azp: clientId, ...policy }
  if (subject.tenantAccount === undefined) {
    const { roles } = subject
    return { ...common, sub: clientId, ...(roles.length > 0 && { roles }) }
  }
  return {
    ...common,
    ...userClaims(subject),
    auth_time: subject.authTime,
    // A token for the app itself does not contain scopes.
    ...(target.resource.uri !== '' && { scp: names.join(' ') }),
  }
}

/**
 * Changes a token response to the format of Azure AD B2C.
 *
 * The response contains an access token only when the request names a scope of
 * an API.
 */
export function shapeB2cTokens(
  body: Readonly<Record<string, unknown>>,
  { target }: Grant,
  issuedAt: number,
): Record<string, unknown> {
  const { access_token, expires_in, scope, id_token, refresh_token, client_info } = body
  const seconds = Number(expires_in)
  const hasAccess = target.isDefault || target.names.length > 0
  return {
    ...(hasAccess && {
      access_token,
      expires_in: seconds,
      expires_on: issuedAt + seconds,
      resource: target.resource.audience,
    }),
    token_type: 'Bearer',
    not_before: issuedAt,
    scope,
    ...(id_token !== undefined && { id_token }),
    ...(refresh_token !== undefined && {
      refresh_token,
      refresh_token_expires_in: B2C_REFRESH_SECONDS,
    }),
    ...(client_info !== undefined && { client_info }),
  }
}

function userClaims({ tenantAccount }: Subject): Record<string, unknown> {
  const { user } = tenantAccount
  return {
    sub: tenantAccount.oid,
    oid: tenantAccount.oid,
    name: user.name,
    ...(user.email !== undefined && { emails: [user.email] }),
  }
}
