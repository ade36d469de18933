import { quote } from '../quote.ts'
import { expectedIssuer } from './issuer.ts'
import type { IssuingAuthority } from './issuing-authority.ts'
import { readToken } from './read-token.ts'
import { rejectionOf } from './token-rejection.ts'
import { assertTimes, isWithin } from './token-times.ts'
import { verifySignature } from './verify-signature.ts'

/** Who signed out at the provider: all their sessions (`sub`), or those of one session there (`sid`). */
export interface LogoutToken {
  readonly id: string
  readonly sub?: string
  readonly sid?: string
}

const EVENT = 'http://schemas.openid.net/event/backchannel-logout'
/** How old a logout token may be, and so how long it is remembered; seconds. */
export const LOGOUT_TOKEN_AGE = 300

const rejectLogoutToken = rejectionOf('logout token')

/**
 * Verifies a logout token, by all that tells it from an ID token and from one that was sent before.
 *
 * @throws IdentityError `invalid_token`; `provider_unavailable` when the keys can't be had.
 * @see {@link https://openid.net/specs/openid-connect-backchannel-1_0.html#Validation | OpenID Connect Back-Channel Logout, section 2.6}
 */
export async function verifyLogoutToken(
  issuing: IssuingAuthority,
  token: string,
  clientId: string,
): Promise<LogoutToken> {
  const metadata = await issuing.metadata()
  const { header, claims } = await readToken(token, rejectLogoutToken)
  assertType(header.typ)
  const issuer = expectedIssuer(issuing.authority, metadata, claims)
  if (claims.iss !== issuer) throw rejectLogoutToken(`its issuer is not ${issuer}`)
  await verifySignature(issuing, metadata, { token, header, claims })

  if (![claims.aud].flat().includes(clientId))
    throw rejectLogoutToken('it is for another application (aud)')
  const now = issuing.now()
  assertTimes(claims, { now, required: ['iat'], reject: rejectLogoutToken })
  if (!isWithin(Number(claims.iat), LOGOUT_TOKEN_AGE - 1, now))
    throw rejectLogoutToken('it is too old (iat)')
  assertEvent(claims['events'])
  // An ID token has one, a logout token must not: neither can be taken for the other.
  if (claims['nonce'] !== undefined) throw rejectLogoutToken('it has a nonce, as an ID token has')
  const { jti, sub } = claims
  const sid = claims['sid']
  if (!isNonEmptyString(jti)) throw rejectLogoutToken('it has no id (jti)')
  if (!isNonEmptyString(sub) && !isNonEmptyString(sid))
    throw rejectLogoutToken('it names neither a user (sub) nor a session (sid)')
  return { id: jti, ...(isNonEmptyString(sub) && { sub }), ...(isNonEmptyString(sid) && { sid }) }
}

// Providers from before the final specification say `JWT` or nothing; that of another kind of token is told by it.
function assertType(type: string | undefined): void {
  if (type === undefined) return
  const plain = type.toLowerCase().replace(/^application\//, '')
  if (plain !== 'logout+jwt' && plain !== 'jwt') {
    throw rejectLogoutToken(`its type ${quote(type)} is not logout+jwt (typ)`)
  }
}

function assertEvent(events: unknown): void {
  const event =
    typeof events === 'object' && events !== null
      ? (events as Readonly<Record<string, unknown>>)[EVENT]
      : undefined
  if (typeof event !== 'object' || event === null || Array.isArray(event)) {
    throw rejectLogoutToken('it is not about a logout (events)')
  }
}

function isNonEmptyString(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}
