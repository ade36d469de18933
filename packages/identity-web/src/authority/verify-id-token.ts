// Verifies an ID token: signature, nonce, audience, times.
import type { JWTPayload } from 'jose'
import { toBase64Url } from '../base64.ts'
import { NO_SUBJECT } from '../tokens.ts'
import { ownMembers } from '../own.ts'
import { assertPolicy, assertTenant, expectedIssuer } from './issuer.ts'
import type { IssuingAuthority } from './issuing-authority.ts'
import { readToken, verifySignature } from './signed-token.ts'
import { rejectionOf, assertTimes, isWithin, type Clock } from './token-claims.ts'

export interface IdTokenExpectations {
  readonly clientId: string
  /** The nonce of the sign-in. Not set for a refreshed ID token. */
  readonly nonce?: string
  /** The maximum age of the user's authentication, in seconds. */
  readonly maxAgeSeconds?: number | undefined
  /** The access token of the same response, which `at_hash` must match. */
  readonly accessToken?: string | undefined
  /** The user that a refreshed ID token must belong to. */
  readonly user?: TokenUser
}

/** A user. Issuer and subject together are unique, because a subject is unique only at its issuer. */
export interface TokenUser {
  readonly iss: string
  readonly sub: string
  /** The object ID of the user in a Microsoft tenant. */
  readonly oid?: unknown
}

/** Returns whether two subjects of one tenant are the same user. */
export function isSameSubject(
  one: Pick<TokenUser, 'sub' | 'oid'>,
  other: Pick<TokenUser, 'sub' | 'oid'>,
): boolean {
  if (one.sub !== other.sub || hasOtherObjectId(one, other)) return false
  return one.sub !== NO_SUBJECT || (one.oid !== undefined && other.oid !== undefined)
}

function hasOtherObjectId(one: Pick<TokenUser, 'oid'>, other: Pick<TokenUser, 'oid'>): boolean {
  return one.oid !== undefined && other.oid !== undefined && one.oid !== other.oid
}

export type VerifiedClaims = JWTPayload & {
  readonly iss: string
  readonly sub: string
  readonly exp: number
}

const rejectIdToken = rejectionOf('ID token')

/**
 * Verifies an ID token of the token endpoint: its signature, and then all claims that OpenID Connect and Microsoft require to check.
 *
 * @throws IdentityError `invalid_token`. `access_denied` if users of the tenant may not sign in. `provider_unavailable` if
 *   the keys cannot be fetched.
 * @see {@link https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation}
 */
export async function verifyIdToken(
  issuing: IssuingAuthority,
  token: string,
  expectations: IdTokenExpectations,
): Promise<VerifiedClaims> {
  const expected = ownMembers(expectations)
  const metadata = await issuing.metadata()
  const { header, claims } = readToken(token, rejectIdToken)
  const issuer = expectedIssuer(issuing.authority, metadata, claims)
  if (claims.iss !== issuer) throw rejectIdToken('issuer', `its issuer is not ${issuer}`)

  // Otherwise, sign-ins and refreshes would fail soon after the provider has replaced its keys. Clients cannot choose the
  // key ID, because every ID token comes from the token endpoint.
  await verifySignature(issuing, metadata, { token, header, claims, isFromTokenEndpoint: true })
  assertTenant(issuing.authority, claims)
  assertPolicy(issuing.authority, claims)

  assertAudience(claims, expected.clientId)
  if (typeof claims.sub !== 'string' || claims.sub === '')
    throw rejectIdToken('user', 'it does not contain a user (sub)')
  const { user } = expected
  // A refreshed ID token comes directly from the provider, so its times are not checked. Otherwise, a wrong clock of this
  // server would end the session.
  if (user === undefined) {
    const clock = issuing.clock()
    const required = ['exp', 'iat'] as const
    assertTimes(claims, { ...clock, required, isNew: true, reject: rejectIdToken })
    assertAge(claims['auth_time'], expected.maxAgeSeconds, clock)
  } else if (typeof claims.exp !== 'number')
    throw rejectIdToken('time', 'it does not contain an expiry time (exp)')
  if (
    user !== undefined &&
    (claims.sub !== user.sub ||
      claims.iss !== user.iss ||
      hasOtherObjectId({ oid: claims['oid'] }, user))
  ) {
    throw rejectIdToken('user', 'it belongs to another user')
  }
  if (expected.nonce !== undefined && claims['nonce'] !== expected.nonce) {
    throw rejectIdToken('nonce', 'its nonce is not the nonce of this sign-in')
  }
  if (claims['at_hash'] !== undefined && expected.accessToken !== undefined) {
    await assertAccessTokenHash(claims['at_hash'], expected.accessToken, header.alg)
  }
  return { ...claims } as VerifiedClaims
}

function assertAudience(claims: JWTPayload, clientId: string): void {
  const audiences = Array.isArray(claims.aud) ? claims.aud : [claims.aud]
  if (!audiences.includes(clientId))
    throw rejectIdToken('audience', 'it is for another application (aud)')
  const party = claims['azp']
  if (party !== undefined ? party !== clientId : audiences.length > 1) {
    throw rejectIdToken('client', 'it was issued to another application (azp)')
  }
}

function assertAge(authTime: unknown, maxAgeSeconds: number | undefined, clock: Clock): void {
  if (maxAgeSeconds === undefined) return
  if (typeof authTime !== 'number' || !isWithin(authTime, maxAgeSeconds, clock)) {
    throw rejectIdToken('time', 'the user did not authenticate as recently as required (auth_time)')
  }
}

/** @see {@link https://openid.net/specs/openid-connect-core-1_0.html#CodeIDToken} */
async function assertAccessTokenHash(
  hash: unknown,
  accessToken: string,
  algorithm: string,
): Promise<void> {
  const bits = /(256|384|512)$/.exec(algorithm)?.[1]
  // The specification does not define a hash for Ed25519. Providers use SHA-512.
  const digest = await crypto.subtle.digest(
    `SHA-${bits ?? '512'}`,
    new TextEncoder().encode(accessToken),
  )
  const half = new Uint8Array(digest.slice(0, digest.byteLength / 2))
  const expected = toBase64Url(half)
  if (hash !== expected)
    throw rejectIdToken('signature', 'its at_hash does not match the access token')
}
