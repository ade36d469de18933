// The keys and algorithms that may verify a token.
import type { JWK } from 'jose'

/** A public key of a provider. Only Microsoft sets `issuer` and `cloud_instance_name`. */
export interface ProviderKey extends JWK {
  readonly issuer?: string
  readonly cloud_instance_name?: string
}

/** The keys of a provider. */
export interface KeySet {
  /** The keys of the newest document, and after them the missing keys. */
  readonly keys: readonly ProviderKey[]
  /** The keys of earlier documents, with the Unix time in seconds of the first document without them. */
  readonly missing: ReadonlyMap<ProviderKey, number>
  /** `true` if a missing key was published again. */
  readonly hasReturned: boolean
}

const PUBLIC_PARTS = ['kty', 'crv', 'n', 'e', 'x', 'y'] as const

/**
 * Returns the public part of a key. A key set can contain a private key by mistake, and an import would use the private
 * key. The use of the key (`use`, `key_ops`, `alg`) is checked by {@link candidateKeys}, in the same way on every
 * runtime.
 */
export function toPublicKey(key: ProviderKey): JWK {
  return Object.fromEntries(
    PUBLIC_PARTS.filter((part) => key[part] !== undefined).map((part) => [part, key[part]]),
  )
}

/** Returns whether two entries describe the same public key. A key ID alone does not identify a key. */
export function isSameKey(first: ProviderKey, second: ProviderKey): boolean {
  return PUBLIC_PARTS.every((part) => first[part] === second[part])
}

// The key type of each algorithm, and its curve, because a key of another curve cannot be imported for the algorithm (RFC
// 7518, section 3.4). Other algorithms are rejected, such as `none`, HS256, whose key would be a public string
// (CVE-2026-22817), and EdDSA with Ed448, which WebCrypto does not know.
const ALGORITHMS: ReadonlyMap<string, readonly [type: string, curve?: string]> = new Map([
  ['RS256', ['RSA']],
  ['RS384', ['RSA']],
  ['RS512', ['RSA']],
  ['PS256', ['RSA']],
  ['PS384', ['RSA']],
  ['PS512', ['RSA']],
  ['ES256', ['EC', 'P-256']],
  ['ES384', ['EC', 'P-384']],
  ['ES512', ['EC', 'P-521']],
  ['EdDSA', ['OKP', 'Ed25519']],
  ['Ed25519', ['OKP', 'Ed25519']],
])

/**
 * Returns the length of an RSA signature in base64url. It has as many bytes as the modulus (RFC 8017, sections 8.1.2 and
 * 8.2.2). OpenSSL and WebCrypto do not check this with PS256: they accept a signature without its leading zero byte, so
 * that the token has two spellings.
 *
 * @param modulusLength - In bits.
 */
export function rsaSignatureLength(modulusLength: number): number {
  return Math.ceil((Math.ceil(modulusLength / 8) * 4) / 3)
}

/** Returns the allowed signature algorithms: the announced algorithms of the provider that use a key pair. */
export function allowedAlgorithms(announced: readonly string[] | undefined): string[] {
  const allowed = (announced ?? []).filter((algorithm) => ALGORITHMS.has(algorithm))
  return allowed.length > 0 ? allowed : ['RS256']
}

interface KeyHeader {
  readonly alg?: string | undefined
  readonly kid?: string | undefined
}

const candidateCache = new WeakMap<readonly ProviderKey[], Map<string, readonly ProviderKey[]>>()
const MAX_CACHED_HEADERS = 100
/** Without a limit, each forged token without a key ID would be verified with every key of a large set. */
const MAX_CANDIDATES = 20

/** Returns the keys of a set that can have signed a token with this header, at most 20. The result is cached. */
export function candidateKeys(
  keys: readonly ProviderKey[],
  header: KeyHeader,
): readonly ProviderKey[] {
  const name = header.kid === undefined ? `${header.alg}` : `${header.alg} ${header.kid}`
  let byHeader = candidateCache.get(keys)
  if (byHeader === undefined)
    candidateCache.set(keys, (byHeader = new Map<string, readonly ProviderKey[]>()))
  let candidates = byHeader.get(name)
  if (candidates === undefined) {
    candidates = findCandidates(keys, header)
    // Headers without a matching key are not cached, so that forged headers cannot fill the cache.
    if (candidates.length > 0 && byHeader.size < MAX_CACHED_HEADERS) byHeader.set(name, candidates)
  }
  return candidates
}

function findCandidates(keys: readonly ProviderKey[], header: KeyHeader): ProviderKey[] {
  const [keyType, curve] = ALGORITHMS.get(header.alg ?? '') ?? []
  const fits = (key: ProviderKey): boolean =>
    keyType !== undefined &&
    key.kty === keyType &&
    (curve ?? key.crv) === key.crv &&
    (header.kid === undefined || key.kid === header.kid) &&
    (key.use ?? 'sig') === 'sig' &&
    (key.key_ops?.includes('verify') ?? true) &&
    (key.alg ?? header.alg) === header.alg
  return keys.filter(fits).slice(0, MAX_CANDIDATES)
}
