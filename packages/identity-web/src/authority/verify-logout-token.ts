// Verifies a logout token of a back-channel logout.
import { own, isObject } from '../own.ts'
import { quote } from '../text.ts'
import { expectedIssuer } from './issuer.ts'
import type { IssuingAuthority } from './issuing-authority.ts'
import { readToken, verifySignature } from './signed-token.ts'
import {
  rejectionOf,
  CLOCK_TOLERANCE_SECONDS,
  assertTimes,
  isWithin,
  type Clock,
} from './token-claims.ts'

/**
 * The sessions that a logout token ends: all sessions of a user (`sub`), or the sessions that belong to one session at
 * the provider (`sid`).
 */
export interface LogoutToken {
  readonly id: string
  readonly sub?: string
  readonly sid?: string
}

const EVENT = 'http://schemas.openid.net/event/backchannel-logout'
/**
 * The maximum age of a logout token in seconds. During this time, its ID is stored, so that it cannot be used twice.
 */
export const LOGOUT_TOKEN_AGE = 300

const rejectLogoutToken = rejectionOf('logout token')

/**
 * Verifies a logout token, and that it is not an ID token.
 *
 * @throws IdentityError `invalid_token`. `provider_unavailable` if the keys cannot be fetched.
 * @see {@link https://openid.net/specs/openid-connect-backchannel-1_0.html#Validation | OpenID Connect Back-Channel Logout, section 2.6}
 */
export async function verifyLogoutToken(
  issuing: IssuingAuthority,
  token: string,
  clientId: string,
): Promise<LogoutToken> {
  const metadata = await issuing.metadata()
  const { header, claims } = readToken(token, rejectLogoutToken)
  assertType(header.typ)
  const issuer = expectedIssuer(issuing.authority, metadata, claims)
  if (claims.iss !== issuer) throw rejectLogoutToken('issuer', `its issuer is not ${issuer}`)
  await verifySignature(issuing, metadata, { token, header, claims })

  if (![claims.aud].flat().includes(clientId))
    throw rejectLogoutToken('audience', 'it is for another application (aud)')
  // Not the tolerance of the options, because a longer window would allow to send a logout token twice.
  const clock: Clock = { now: issuing.now(), tolerance: CLOCK_TOLERANCE_SECONDS }
  assertTimes(claims, { ...clock, required: ['iat'], reject: rejectLogoutToken })
  if (!isWithin(Number(claims.iat), LOGOUT_TOKEN_AGE - 1, clock))
    throw rejectLogoutToken('time', 'it is too old (iat)')
  assertEvent(claims['events'])
  // A nonce is not allowed, so that an ID token cannot be used as a logout token.
  if (claims['nonce'] !== undefined)
    throw rejectLogoutToken('kind', 'it contains a nonce, which only an ID token may contain')
  const { jti, sub } = claims
  const sid = claims['sid']
  if (!isNonEmptyString(jti)) throw rejectLogoutToken('format', 'it does not contain an ID (jti)')
  if (!isNonEmptyString(sub) && !isNonEmptyString(sid))
    throw rejectLogoutToken('user', 'it does not contain a user (sub) or a session (sid)')
  return { id: jti, ...(isNonEmptyString(sub) && { sub }), ...(isNonEmptyString(sid) && { sid }) }
}

// Older providers set the type `JWT` or do not set a type. Other types belong to other kinds of tokens.
function assertType(type: string | undefined): void {
  if (type === undefined) return
  const plain = type.toLowerCase().replace(/^application\//, '')
  if (plain !== 'logout+jwt' && plain !== 'jwt') {
    throw rejectLogoutToken('kind', `its type ${quote(type)} is not logout+jwt (typ)`)
  }
}

function assertEvent(events: unknown): void {
  if (!isObject(events) || !isObject(own(events, EVENT))) {
    throw rejectLogoutToken('kind', 'it does not contain the logout event (events)')
  }
}

function isNonEmptyString(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}
