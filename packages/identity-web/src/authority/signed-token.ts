// Decodes a token, and verifies its signature.
import type { JWTPayload } from 'jose'
import { isSignedBy } from '#signature'
import { isBase64Url, stringFromBase64Url } from '../base64.ts'
import { andThen, isThenable, type MaybePromise } from '../maybe-promise.ts'
import { quote } from '../text.ts'
import { assertKeyIssuer, type IssuerClaims } from './issuer.ts'
import type { IssuingAuthority, SignedToken, SigningHeader } from './issuing-authority.ts'
import { allowedAlgorithms, type ProviderKey } from './keys.ts'
import type { ProviderMetadata } from './metadata.ts'
import { isShallow, parseObject } from './transport.ts'
import { rejectionOf, type TokenRejection } from './token-claims.ts'

const rejectSignature = rejectionOf('token')

/** The parts of a token, decoded but not verified. Anyone can write them, so their values can have any type. */
export interface TokenParts {
  readonly header: Readonly<Record<string, unknown>>
  readonly claims: Readonly<Record<string, unknown>>
}

/**
 * Decodes a token in the compact form, without verifying it. Each part must have its only valid spelling, because the
 * signature does not cover its own spelling.
 *
 * @returns `undefined` if the string is not a JSON Web Token.
 */
export function decodeToken(token: string): TokenParts | undefined {
  const [first = '', second = '', signature, more] = token.split('.', 4)
  if (signature === undefined || more !== undefined || !isBase64Url(signature)) return undefined
  const header = toHeader(first)
  if (header === undefined) return undefined
  const claims = toObject(second)
  return claims && { header, claims }
}

type JsonObject = Readonly<Record<string, unknown>>

// Nearly all tokens of a provider have the same header. One entry is enough, and forged headers cannot fill it.
let latest: { readonly encoded: string; readonly header: JsonObject } | undefined

function toHeader(encoded: string): JsonObject | undefined {
  if (latest?.encoded === encoded) return latest.header
  const header = toObject(encoded)
  if (header !== undefined) latest = { encoded, header }
  return header
}

// Without a prototype, so that a property that another package adds to all objects does not become a claim.
function toObject(encoded: string): JsonObject | undefined {
  const parsed = parseObject(stringFromBase64Url(encoded) ?? '')
  // A copy without a prototype would be a dictionary, whose properties are several times as slow.
  return parsed && (Object.setPrototypeOf(parsed, null) as JsonObject)
}

/** A decoded token that is not verified yet. */
export interface UnverifiedToken extends SignedToken {
  readonly claims: IssuerClaims
  /**
   * `true` if the token endpoint returned the token, so that clients cannot choose its key ID. @defaultValue `false`
   */
  readonly isFromTokenEndpoint?: boolean
}

/**
 * Verifies the signature of a token.
 *
 * The provider must announce the algorithm, and the key must belong to the issuer of the token. Keys in the header of the
 * token (`jwk`, `jku`, `x5u`, `x5c`) are ignored.
 *
 * @returns The key that signed the token. On Node.js, the result is not a promise if the keys are cached.
 * @throws IdentityError `invalid_token`. `provider_unavailable` if the keys cannot be fetched.
 */
export function verifySignature(
  issuing: IssuingAuthority,
  metadata: ProviderMetadata,
  unverified: UnverifiedToken,
): MaybePromise<ProviderKey> {
  const { header, claims } = unverified
  const algorithms = allowedAlgorithms(metadata.id_token_signing_alg_values_supported)
  if (!algorithms.includes(header.alg))
    throw rejectSignature('signature', `its algorithm ${quote(header.alg)} is not allowed`)
  return andThen(issuing.signingKeys(metadata, header), (known) =>
    andThen(findSigningKey(known, unverified), (found) =>
      andThen(found ?? findReplacedKey({ issuing, metadata, known }, unverified), (key) => {
        assertKeyIssuer(key, metadata, claims)
        return key
      }),
    ),
  )
}

/** The keys that did not sign a token, and the provider that may have newer ones. */
interface KnownKeys {
  readonly issuing: IssuingAuthority
  readonly metadata: ProviderMetadata
  readonly known: readonly ProviderKey[]
}

/** Looks for the key of a token in newer keys of the provider. */
async function findReplacedKey(
  { issuing, metadata, known }: KnownKeys,
  unverified: UnverifiedToken,
): Promise<ProviderKey> {
  const { header, isFromTokenEndpoint = false } = unverified
  let candidates = known
  let key: ProviderKey | undefined
  if (known.length === 0 && isFromTokenEndpoint) {
    candidates = await issuing.newestKeys(metadata, header)
    key = await findSigningKey(candidates, unverified)
  }
  if (key === undefined && candidates.length > 0) {
    const replaced = await issuing.replacedKeys(metadata, header, candidates)
    key = await findSigningKey(replaced, unverified)
  }
  if (key === undefined) {
    throw candidates.length === 0
      ? rejectSignature('key', 'its key is unknown')
      : rejectSignature('signature', 'its signature is wrong')
  }
  return key
}

/** Returns the first key of the list that signed the token. */
function findSigningKey(
  candidates: readonly ProviderKey[],
  signed: SignedToken,
): MaybePromise<ProviderKey | undefined> {
  for (const [index, candidate] of candidates.entries()) {
    const isFound = isSigner(candidate, signed)
    if (isThenable(isFound)) return findSigningKeyLater(candidates.slice(index), signed, isFound)
    if (isFound === true) return candidate
  }
  return undefined
}

/** @param first - The check of the first key, which has already started. */
async function findSigningKeyLater(
  candidates: readonly ProviderKey[],
  signed: SignedToken,
  first: PromiseLike<boolean>,
): Promise<ProviderKey | undefined> {
  for (const [index, candidate] of candidates.entries()) {
    // In sequence, because the first key usually fits.
    // oxlint-disable-next-line no-await-in-loop
    if ((await (index === 0 ? first : isSigner(candidate, signed))) === true) return candidate
  }
  return undefined
}

function isSigner(key: ProviderKey, signed: SignedToken): MaybePromise<boolean> {
  try {
    // An extension changes the meaning of the token, and this library does not know any (RFC 7515, section 4.1.11).
    if (signed.header.crit !== undefined)
      throw new TypeError('The header contains extensions (crit).')
    const result = isSignedBy(signed, key)
    return isThenable(result) ? isSignerLater(result) : result
  } catch (error) {
    return rejectInvalid(error)
  }
}

async function isSignerLater(result: PromiseLike<boolean>): Promise<boolean> {
  try {
    return await result
  } catch (error) {
    return rejectInvalid(error)
  }
}

function rejectInvalid(cause: unknown): never {
  throw rejectSignature('signature', 'it or its key is not valid', { cause })
}

export interface TokenContents {
  readonly header: SigningHeader & { readonly typ: string | undefined }
  readonly claims: JWTPayload
}

/**
 * Decodes a token without verifying it.
 *
 * @param reject - Creates the error if the token cannot be decoded.
 */
export function readToken(token: string, reject: TokenRejection): TokenContents {
  if (token.split('.', 6).length === 5) {
    throw reject(
      'format',
      'it is encrypted. identity-web supports only signed tokens. Turn off the encryption in the registration of the application, for example remove id_token_encrypted_response_alg',
    )
  }
  const parts = decodeToken(token)
  if (parts === undefined) throw reject('format', 'it is not a JSON Web Token')
  const { alg, kid, typ, crit } = parts.header
  if (typeof alg !== 'string') throw reject('format', 'it does not contain an algorithm (alg)')
  if (!isStringOrMissing(kid)) throw reject('format', 'its key ID (kid) is not a string')
  if (!isStringOrMissing(typ)) throw reject('format', 'its type (typ) is not a string')
  if (!isShallow(parts.claims)) throw reject('format', 'its claims have too many levels')
  return { header: { alg, kid, typ, crit }, claims: parts.claims }
}

// Everyone can write a header.
function isStringOrMissing(value: unknown): value is string | undefined {
  return value === undefined || typeof value === 'string'
}
