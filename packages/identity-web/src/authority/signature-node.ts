// Verifies signatures on Node.js.
import {
  constants,
  createPublicKey,
  verify,
  type JsonWebKey,
  type KeyObject,
  type VerifyKeyObjectInput,
} from 'node:crypto'
import type { MaybePromise } from '../maybe-promise.ts'
import { rsaSignatureLength, toPublicKey, type ProviderKey } from './keys.ts'
import type { SignedToken } from './issuing-authority.ts'

// Signatures with the synchronous functions of Node.js. An RS256 signature takes about 20 microseconds, and ES256 about 50.
// WebCrypto verifies on another thread, and the way there and back takes longer than that. It accepts the same tokens as
// signature-web.ts.

/** The settings with which Node.js verifies the signatures of an algorithm. */
interface Algorithm {
  /** The hash function. Not set for EdDSA, whose hash function is fixed. */
  readonly hash?: string
  /** The `asymmetricKeyType` of Node.js. */
  readonly keyType: string
  /** OpenSSL's name for the curve of an EC key. */
  readonly curve?: string
  readonly options?: Omit<VerifyKeyObjectInput, 'key'>
}

const rsa = (hash: string): Algorithm => ({ hash, keyType: 'rsa' })
// The salt is as long as the hash (RFC 7518, section 3.5).
const pss = (hash: string): Algorithm => ({
  hash,
  keyType: 'rsa',
  options: {
    padding: constants.RSA_PKCS1_PSS_PADDING,
    saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
  },
})
// A signature is two numbers of fixed length (RFC 7518, section 3.4), and not DER.
const ecdsa = (hash: string, curve: string): Algorithm => ({
  hash,
  keyType: 'ec',
  curve,
  options: { dsaEncoding: 'ieee-p1363' },
})
const eddsa: Algorithm = { keyType: 'ed25519' }

const ALGORITHMS: ReadonlyMap<string, Algorithm> = new Map([
  ['RS256', rsa('sha256')],
  ['RS384', rsa('sha384')],
  ['RS512', rsa('sha512')],
  ['PS256', pss('sha256')],
  ['PS384', pss('sha384')],
  ['PS512', pss('sha512')],
  ['ES256', ecdsa('sha256', 'prime256v1')],
  ['ES384', ecdsa('sha384', 'secp384r1')],
  ['ES512', ecdsa('sha512', 'secp521r1')],
  ['EdDSA', eddsa],
  ['Ed25519', eddsa],
])

/** Node.js reads these from the key, too. Another package could have added them to `Object.prototype`. */
const NO_OPTIONS = {
  padding: undefined,
  saltLength: undefined,
  dsaEncoding: undefined,
  context: undefined,
}

/** The minimum length of an RSA key, in bits (RFC 7518, section 3.3). */
const MIN_RSA_BITS = 2048
/** The maximum length, in bits, of an RSA key whose signatures are verified synchronously. */
const MAX_FAST_RSA_BITS = 4096

interface VerificationKey {
  readonly hash: string | undefined
  readonly input: KeyObject | VerifyKeyObjectInput
  /**
   * The length of a signature in base64url. It is set only for RSA keys, because Node.js checks the length for other
   * keys (RFC 7518, section 3.4).
   */
  readonly signatureLength: number | undefined
  /**
   * `true` if verifying a signature takes so long (P-384, P-521: up to a millisecond) that it would delay other
   * requests.
   */
  readonly isSlow: boolean
}

/**
 * Returns whether a key signed a token. The result is a promise only for keys whose signatures take long to verify.
 *
 * {@link decodeToken} must have decoded the token before, because the decoder of Node.js accepts several spellings of
 * the same bytes.
 *
 * @throws An error if the key is not valid.
 */
export function isSignedBy(
  { token, header: { alg } }: SignedToken,
  key: ProviderKey,
): MaybePromise<boolean> {
  const { hash, input, signatureLength, isSlow } = toVerificationKey(key, alg)
  const end = token.lastIndexOf('.')
  if (signatureLength !== undefined && signatureLength !== token.length - end - 1) return false
  if (isSlow) return verifyLater(token, { hash, input, end })
  return verify(
    hash,
    fill(signedBytes, token.slice(0, end), 'latin1'),
    input,
    fill(signatureBytes, token.slice(end + 1), 'base64url'),
  )
}

// Each token is verified immediately, so that all tokens can use the same memory. To allocate memory for each token would take
// longer than to copy it. It is large enough for every access token.
const signedBytes = Buffer.allocUnsafeSlow(16_384)
const signatureBytes = Buffer.allocUnsafeSlow(1024)

function fill(buffer: Buffer, value: string, encoding: 'latin1' | 'base64url'): Uint8Array {
  return value.length > buffer.length
    ? Buffer.from(value, encoding)
    : buffer.subarray(0, buffer.write(value, 0, encoding))
}

/** A signature that another thread verifies. */
interface SlowSignature extends Pick<VerificationKey, 'hash' | 'input'> {
  /** The position of the signature. */
  readonly end: number
}

function verifyLater(token: string, { hash, input, end }: SlowSignature): Promise<boolean> {
  const signed = Buffer.from(token.slice(0, end), 'latin1')
  const signature = Buffer.from(token.slice(end + 1), 'base64url')
  return new Promise((resolve, reject) => {
    verify(hash, signed, input, signature, (error, isValid) =>
      error === null ? resolve(isValid) : reject(error),
    )
  })
}

const verificationKeys = new WeakMap<ProviderKey, Map<string, VerificationKey>>()

function toVerificationKey(key: ProviderKey, name: string): VerificationKey {
  let byAlgorithm = verificationKeys.get(key)
  if (byAlgorithm === undefined)
    verificationKeys.set(key, (byAlgorithm = new Map<string, VerificationKey>()))
  let ready = byAlgorithm.get(name)
  if (ready === undefined) byAlgorithm.set(name, (ready = importKey(key, name)))
  return ready
}

function importKey(key: ProviderKey, name: string): VerificationKey {
  const algorithm = ALGORITHMS.get(name)
  if (algorithm === undefined) throw new TypeError(`The algorithm ${name} is not supported.`)
  const imported = createPublicKey({ key: toPublicKey(key) as JsonWebKey, format: 'jwk' })
  const { keyType, curve, hash, options } = algorithm
  const { modulusLength = 0, namedCurve } = imported.asymmetricKeyDetails ?? {}
  if (imported.asymmetricKeyType !== keyType || namedCurve !== curve)
    throw new TypeError(`The key cannot be used with ${name}.`)
  if (keyType === 'rsa' && modulusLength < MIN_RSA_BITS)
    throw new TypeError(`${name} requires a key of at least ${MIN_RSA_BITS} bits.`)
  // Node.js 24 needs 20 microseconds more to find the key in an object, so RSA and EdDSA pass the key itself.
  const input =
    options === undefined
      ? Object.assign(imported, NO_OPTIONS)
      : { ...NO_OPTIONS, ...options, key: imported }
  const signatureLength = keyType === 'rsa' ? rsaSignatureLength(modulusLength) : undefined
  return { hash, input, signatureLength, isSlow: takesLong(imported) }
}

function takesLong({
  asymmetricKeyDetails: { modulusLength = 0, namedCurve } = {},
}: KeyObject): boolean {
  return (
    modulusLength > MAX_FAST_RSA_BITS || namedCurve === 'secp384r1' || namedCurve === 'secp521r1'
  )
}
