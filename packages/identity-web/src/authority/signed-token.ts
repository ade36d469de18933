import type { JWTPayload } from 'jose'
import { isBase64Url } from '../base64.ts'
import { quote } from '../quote.ts'
import { assertKeyIssuer, type IssuerClaims } from './issuer.ts'
import type { IssuingAuthority, SigningHeader } from './issuing-authority.ts'
import { allowedAlgorithms, toCryptoKey, type ProviderKey } from './keys.ts'
import type { ProviderMetadata } from './metadata.ts'
import { isShallow } from './provider-documents.ts'
import { rejectionOf, type TokenRejection } from './token-rejection.ts'
import { IdentityError } from '../errors.ts'

const rejectSignature = rejectionOf('token')

/** A decoded token that is not verified yet. */
export interface UnverifiedToken {
  readonly token: string
  readonly header: SigningHeader
  readonly claims: IssuerClaims
  /** Whether the token endpoint returned it. Clients cannot choose its key ID. @defaultValue `false` */
  readonly isFromTokenEndpoint?: boolean
}

/**
 * Verifies the signature of a token.
 *
 * The provider must announce the algorithm, and the key must belong to the issuer of the token. Keys in the header of the
 * token (`jwk`, `jku`, `x5u`, `x5c`) are ignored.
 *
 * @returns The key that signed the token.
 * @throws IdentityError `invalid_token`. `provider_unavailable` if the keys cannot be fetched.
 */
export async function verifySignature(
  issuing: IssuingAuthority,
  metadata: ProviderMetadata,
  { token, header, claims, isFromTokenEndpoint = false }: UnverifiedToken,
): Promise<ProviderKey> {
  const algorithms = allowedAlgorithms(metadata.id_token_signing_alg_values_supported)
  if (!algorithms.includes(header.alg))
    throw rejectSignature(`its algorithm ${quote(header.alg)} is not allowed`)
  const known = await issuing.signingKeys(metadata, header)
  const candidates =
    known.length === 0 && isFromTokenEndpoint ? await issuing.newestKeys(metadata, header) : known
  let key = await findSigningKey(candidates, token, header.alg)
  if (key === undefined && candidates.length > 0) {
    const replaced = await issuing.replacedKeys(metadata, header, candidates)
    key = await findSigningKey(replaced, token, header.alg)
  }
  if (key === undefined) {
    throw rejectSignature(candidates.length === 0 ? 'its key is unknown' : 'its signature is wrong')
  }
  assertKeyIssuer(key, metadata, claims)
  return key
}

// The module is cached, because even a repeated import() costs some microseconds for each token.
let jose: typeof import('jose') | undefined

async function findSigningKey(
  candidates: readonly ProviderKey[],
  token: string,
  algorithm: string,
): Promise<ProviderKey | undefined> {
  const { compactVerify, errors } = (jose ??= await import('jose'))
  for (const candidate of candidates) {
    try {
      await compactVerify(token, await toCryptoKey(candidate, algorithm), {
        algorithms: [algorithm],
      })
      return candidate
    } catch (error) {
      if (!(error instanceof errors.JWSSignatureVerificationFailed)) {
        throw rejectSignature('it or its key is not valid', { cause: error })
      }
    }
  }
  return undefined
}

/** The header and the claims of a token. */
export interface TokenContents {
  readonly header: { readonly alg: string; readonly kid?: string; readonly typ?: string }
  readonly claims: JWTPayload
}

/**
 * Decodes a token without verifying it.
 *
 * @param reject - Creates the error if the token cannot be decoded.
 */
export async function readToken(token: string, reject: TokenRejection): Promise<TokenContents> {
  const { decodeJwt, decodeProtectedHeader } = await import('jose')
  if (token.split('.', 6).length === 5) {
    throw reject(
      'it is encrypted. Only signed tokens are supported, so remove the encryption from the registration of the application, for example id_token_encrypted_response_alg',
    )
  }
  // jose accepts several spellings of the same bytes.
  if (!token.split('.').every(isBase64Url)) throw reject('it is not a JSON Web Token')
  try {
    const { alg, kid, typ } = decodeProtectedHeader(token)
    if (typeof alg !== 'string') throw reject('it does not contain an algorithm (alg)')
    if (!isStringOrMissing(kid)) throw reject('its key ID (kid) is not a string')
    if (!isStringOrMissing(typ)) throw reject('its type (typ) is not a string')
    const claims = decodeJwt(token)
    if (!isShallow(claims)) throw reject('its claims have too many levels')
    return {
      header: { alg, ...(kid !== undefined && { kid }), ...(typ !== undefined && { typ }) },
      claims,
    }
  } catch (error) {
    throw IdentityError.is(error) ? error : reject('it is not a JSON Web Token', { cause: error })
  }
}

// jose does not check the types of these fields, and everyone can write a header.
function isStringOrMissing(value: unknown): value is string | undefined {
  return value === undefined || typeof value === 'string'
}
