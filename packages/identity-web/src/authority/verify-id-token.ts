import type { JWTPayload } from 'jose'
import { toBase64Url } from '../base64.ts'
import { NO_SUBJECT } from '../tokens.ts'
import { assertPolicy, assertTenant, expectedIssuer } from './issuer.ts'
import type { IssuingAuthority } from './issuing-authority.ts'
import { readToken } from './read-token.ts'
import { rejectionOf } from './token-rejection.ts'
import { assertTimes, isWithin } from './token-times.ts'
import { verifySignature } from './verify-signature.ts'

/** What an ID token is held against. */
export interface IdTokenExpectations {
  readonly clientId: string
  /** The nonce of the sign-in; a refreshed ID token has none to check. */
  readonly nonce?: string
  /** The age of the authentication that was asked for, in seconds. */
  readonly maxAge?: number | undefined
  /** The access token that came with it, for `at_hash`. */
  readonly accessToken?: string | undefined
  /** A refreshed ID token must be of this user. */
  readonly user?: TokenUser
}

/** A user, unique everywhere: a subject is unique at its issuer only. */
export interface TokenUser {
  readonly iss: string
  readonly sub: string
  /** Microsoft's id of the user, in the tenant. */
  readonly oid?: unknown
}

/** Whether the subjects of one tenant are the same user. */
export function isSameSubject(
  one: Pick<TokenUser, 'sub' | 'oid'>,
  other: Pick<TokenUser, 'sub' | 'oid'>,
): boolean {
  if (one.sub !== other.sub || hasOtherId(one, other)) return false
  return one.sub !== NO_SUBJECT || (one.oid !== undefined && other.oid !== undefined)
}

function hasOtherId(one: Pick<TokenUser, 'oid'>, other: Pick<TokenUser, 'oid'>): boolean {
  return one.oid !== undefined && other.oid !== undefined && one.oid !== other.oid
}

/** A verified ID token's claims. */
export type VerifiedClaims = JWTPayload & {
  readonly iss: string
  readonly sub: string
  readonly exp: number
}

const rejectIdToken = rejectionOf('ID token')

/**
 * Verifies an ID token: its signature whatever channel it came through, then every claim that OpenID Connect
 * and Microsoft ask to check.
 *
 * @throws IdentityError `invalid_token`; `access_denied` for a tenant that may not sign in;
 *   `provider_unavailable` when the keys can't be had.
 * @see {@link https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation}
 */
export async function verifyIdToken(
  issuing: IssuingAuthority,
  token: string,
  expected: IdTokenExpectations,
): Promise<VerifiedClaims> {
  const metadata = await issuing.metadata()
  const { header, claims } = await readToken(token, rejectIdToken)
  const issuer = expectedIssuer(issuing.authority, metadata, claims)
  if (claims.iss !== issuer) throw rejectIdToken(`its issuer is not ${issuer}`)

  await verifySignature(issuing, metadata, { token, header, claims })
  assertTenant(issuing.authority, claims)
  assertPolicy(issuing.authority, claims)

  assertAudience(claims, expected.clientId)
  if (typeof claims.sub !== 'string' || claims.sub === '')
    throw rejectIdToken('it names no user (sub)')
  const { user } = expected
  // A refresh was answered at this very moment, by the provider itself: a wrong clock here must not end a session.
  if (user === undefined) {
    const now = issuing.now()
    assertTimes(claims, { now, required: ['exp', 'iat'], reject: rejectIdToken })
    assertAge(claims['auth_time'], expected.maxAge, now)
  } else if (typeof claims.exp !== 'number')
    throw rejectIdToken('it does not say when it expires (exp)')
  if (
    user !== undefined &&
    (claims.sub !== user.sub || claims.iss !== user.iss || hasOtherId({ oid: claims['oid'] }, user))
  ) {
    throw rejectIdToken('it is of another user')
  }
  if (expected.nonce !== undefined && claims['nonce'] !== expected.nonce) {
    throw rejectIdToken('its nonce is not that of this sign-in')
  }
  if (claims['at_hash'] !== undefined && expected.accessToken !== undefined) {
    await assertAccessTokenHash(claims['at_hash'], expected.accessToken, header.alg)
  }
  return claims as VerifiedClaims
}

function assertAudience(claims: JWTPayload, clientId: string): void {
  const audiences = Array.isArray(claims.aud) ? claims.aud : [claims.aud]
  if (!audiences.includes(clientId)) throw rejectIdToken('it is for another application (aud)')
  const party = claims['azp']
  if (party !== undefined ? party !== clientId : audiences.length > 1) {
    throw rejectIdToken('it was given to another application (azp)')
  }
}

function assertAge(authTime: unknown, maxAge: number | undefined, now: number): void {
  if (maxAge === undefined) return
  if (typeof authTime !== 'number' || !isWithin(authTime, maxAge, now)) {
    throw rejectIdToken('the user did not authenticate as recently as was asked (auth_time)')
  }
}

/** @see {@link https://openid.net/specs/openid-connect-core-1_0.html#CodeIDToken} */
async function assertAccessTokenHash(
  hash: unknown,
  accessToken: string,
  algorithm: string,
): Promise<void> {
  const bits = /(256|384|512)$/.exec(algorithm)?.[1]
  // Ed25519 has no hash of its own in the specification; providers use SHA-512.
  const digest = await crypto.subtle.digest(
    `SHA-${bits ?? '512'}`,
    new TextEncoder().encode(accessToken),
  )
  const half = new Uint8Array(digest.slice(0, digest.byteLength / 2))
  const expected = toBase64Url(half)
  if (hash !== expected) throw rejectIdToken('its at_hash is not that of the access token')
}
