import type { AppSubject, Grant, Subject } from './issuer-profile.js'

/** The claim that names the policy. */
export type PolicyClaim = Readonly<Record<string, string>>

// Azure AD B2C's default (configure-tokens).
const REFRESH_SECONDS = 14 * 24 * 3600

/** The claims of an ID token: always all of them, whatever the scopes, and no `preferred_username` or `tid`. */
export function b2cIdTokenClaims(subject: Subject, policy: PolicyClaim): Record<string, unknown> {
  return { ver: '1.0', auth_time: subject.authTime, ...userClaims(subject), ...policy }
}

/** The claims of an access token. Without a user it is the app's own. */
export function b2cAccessTokenClaims(
  subject: Subject | AppSubject,
  { names, target }: Grant,
  policy: PolicyClaim,
): Record<string, unknown> {
  const { clientId } = subject.app
  const common = { ver: '1.0', azp: clientId, ...policy }
  if (subject.seat === undefined) {
    const { roles } = subject
    return { ...common, sub: clientId, ...(roles.length > 0 && { roles }) }
  }
  return {
    ...common,
    ...userClaims(subject),
    auth_time: subject.authTime,
    // A token for the app itself has no scopes to name.
    ...(target.resource.uri !== '' && { scp: names.join(' ') }),
  }
}

/**
 * A token response in Azure AD B2C's shape: times are texts, and there is an access token only for a scope that asks
 * for one.
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
      expires_in: String(seconds),
      expires_on: String(issuedAt + seconds),
      resource: target.resource.audience,
    }),
    token_type: 'Bearer',
    not_before: String(issuedAt),
    scope,
    ...(id_token !== undefined && { id_token }),
    ...(refresh_token !== undefined && {
      refresh_token,
      refresh_token_expires_in: String(REFRESH_SECONDS),
    }),
    ...(client_info !== undefined && { client_info }),
  }
}

function userClaims({ seat }: Subject): Record<string, unknown> {
  const { user } = seat
  return {
    sub: seat.oid,
    oid: seat.oid,
    name: user.name,
    ...(user.email !== undefined && { emails: [user.email] }),
  }
}
