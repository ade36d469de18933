// Verifies that a UserInfo response belongs to the user.
import { IdentityError, withChanges } from '../errors.ts'
import { expectedIssuer } from './issuer.ts'
import type { IssuingAuthority } from './issuing-authority.ts'
import { parseProviderObject } from './transport.ts'
import { readToken, verifySignature } from './signed-token.ts'
import { rejectionOf, assertTimes } from './token-claims.ts'

export interface UserInfoResponse {
  readonly contentType: string
  readonly body: string
}

export interface UserInfoExpectations {
  readonly clientId: string
  /** The user of the verified ID token. */
  readonly sub: string
}

export type UserInfoClaims = Readonly<Record<string, unknown>> & { readonly sub: string }

const rejectUserInfo = rejectionOf('UserInfo response')

/**
 * Verifies a UserInfo response. The response must describe the user of the ID token, because someone could have
 * replaced the session's access token with the access token of another user.
 *
 * If the response is a JWT, its signature is verified as well.
 *
 * @throws IdentityError `invalid_token` for another user. `invalid_response` for a response that is not UserInfo, and
 *   for a JWT that fails a check.
 * @see {@link https://openid.net/specs/openid-connect-core-1_0.html#UserInfoResponse | OpenID Connect Core, section
 *   5.3}
 */
export async function verifyUserInfo(
  issuing: IssuingAuthority,
  { contentType, body }: UserInfoResponse,
  { clientId, sub }: UserInfoExpectations,
): Promise<UserInfoClaims> {
  const isJwt = contentType.split(';', 1)[0]?.trim().toLowerCase() === 'application/jwt'
  const claims = isJwt
    ? await verifySignedUserInfo(issuing, body.trim(), clientId).catch(rejectUnverified)
    : parseProviderObject(body)
  if (claims === undefined) throw notUserInfo('is not a JSON object')
  const { sub: subject } = claims
  if (typeof subject !== 'string' || subject === '') {
    throw notUserInfo('does not contain a user (sub)')
  }
  if (subject !== sub) throw rejectUserInfo('user', 'it belongs to another user (sub)')
  return { ...claims, sub }
}

// Only UserInfo of another user is an attack on the sign-in. A response that cannot be verified is not used.
function rejectUnverified(error: unknown): never {
  if (!IdentityError.is(error) || error.code !== 'invalid_token') throw error
  throw withChanges(error, { code: 'invalid_response' })
}

async function verifySignedUserInfo(
  issuing: IssuingAuthority,
  token: string,
  clientId: string,
): Promise<Readonly<Record<string, unknown>>> {
  if (token.split('.', 6).length === 5) {
    throw rejectUserInfo(
      'format',
      'it is encrypted. Remove userinfo_encrypted_response_alg from the registration of the application',
    )
  }
  const metadata = await issuing.metadata()
  const { header, claims } = readToken(token, rejectUserInfo)
  const algorithms = metadata.userinfo_signing_alg_values_supported
  await verifySignature(
    issuing,
    algorithms === undefined
      ? metadata
      : { ...metadata, id_token_signing_alg_values_supported: algorithms },
    { token, header, claims },
  )
  // Optional, but another kind of token, which the same key signs, would have other values.
  const { iss, aud } = claims
  if (iss !== undefined && iss !== expectedIssuer(issuing.authority, metadata, claims)) {
    throw rejectUserInfo('issuer', 'its issuer (iss) is not the provider')
  }
  if (aud !== undefined && ![aud].flat().includes(clientId)) {
    throw rejectUserInfo('audience', 'it is for another application (aud)')
  }
  assertTimes(claims, { ...issuing.clock(), required: [], reject: rejectUserInfo })
  return { ...claims }
}

function notUserInfo(problem: string): IdentityError {
  return new IdentityError('invalid_response', `The UserInfo response ${problem}.`)
}
