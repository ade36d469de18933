import type { JWTPayload } from 'jose'
import { IdentityError } from '../errors.ts'
import { quote } from '../quote.ts'
import { expectedIssuer } from './issuer.ts'
import type { IssuingAuthority } from './issuing-authority.ts'
import { readToken } from './read-token.ts'
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
/** Clocks differ; seconds. */
const CLOCK_TOLERANCE = 60

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
  const { header, claims } = await readToken(token, refuse)
  assertType(header.typ)
  const issuer = expectedIssuer(issuing.authority, metadata, claims)
  if (claims.iss !== issuer) throw refuse(`its issuer is not ${issuer}`)
  await verifySignature(issuing, metadata, { token, header, claims })

  if (![claims.aud].flat().includes(clientId)) throw refuse('it is for another application (aud)')
  assertTimes(claims, issuing.now())
  assertEvent(claims['events'])
  // An ID token has one, a logout token must not: neither can be taken for the other.
  if (claims['nonce'] !== undefined) throw refuse('it has a nonce, as an ID token has')
  const { jti, sub } = claims
  const sid = claims['sid']
  if (!isName(jti)) throw refuse('it has no id (jti)')
  if (!isName(sub) && !isName(sid))
    throw refuse('it names neither a user (sub) nor a session (sid)')
  return { id: jti, ...(isName(sub) && { sub }), ...(isName(sid) && { sid }) }
}

// Providers from before the final specification say `JWT` or nothing; that of another kind of token is told by it.
function assertType(type: string | undefined): void {
  if (type === undefined) return
  const plain = type.toLowerCase().replace(/^application\//, '')
  if (plain !== 'logout+jwt' && plain !== 'jwt') {
    throw refuse(`its type ${quote(type)} is not logout+jwt (typ)`)
  }
}

function assertTimes({ iat, exp }: JWTPayload, now: number): void {
  if (typeof iat !== 'number') throw refuse('it does not say when it was issued (iat)')
  if (iat > now + CLOCK_TOLERANCE) throw refuse('it was issued in the future (iat)')
  if (iat + LOGOUT_TOKEN_AGE + CLOCK_TOLERANCE <= now) throw refuse('it is too old (iat)')
  if (exp !== undefined && !(typeof exp === 'number' && now < exp + CLOCK_TOLERANCE)) {
    throw refuse('it has expired (exp)')
  }
}

function assertEvent(events: unknown): void {
  const event =
    typeof events === 'object' && events !== null
      ? (events as Readonly<Record<string, unknown>>)[EVENT]
      : undefined
  if (typeof event !== 'object' || event === null || Array.isArray(event)) {
    throw refuse('it is not about a logout (events)')
  }
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}

function refuse(reason: string, cause?: unknown): IdentityError {
  return new IdentityError('invalid_token', `The logout token is refused: ${reason}.`, { cause })
}
