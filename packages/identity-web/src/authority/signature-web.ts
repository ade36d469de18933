// Verifies signatures with jose, on other runtimes.
import { getOrCreate } from '../caches.ts'
import type { CryptoKey, JWK } from 'jose'
import { loadLater } from '../load-later.ts'
import { rsaSignatureLength, toPublicKey, type ProviderKey } from './keys.ts'
import type { SignedToken } from './issuing-authority.ts'

// Signatures with jose and WebCrypto, for all runtimes except Node.js. It accepts the same tokens as signature-node.ts.

const loadJose = loadLater('the signature of a token', () => import('jose'))

/**
 * Returns whether a key signed a token.
 *
 * @throws An error if the token or the key is not valid.
 */
export async function isSignedBy(
  { token, header: { alg } }: SignedToken,
  key: ProviderKey,
): Promise<boolean> {
  const { compactVerify, errors } = await loadJose()
  try {
    const cryptoKey = await toCryptoKey(key, alg)
    await compactVerify(token, cryptoKey, { algorithms: [alg] })
    return hasWholeLength(token, cryptoKey)
  } catch (error) {
    if (error instanceof errors.JWSSignatureVerificationFailed) return false
    throw error
  }
}

// WebCrypto checks the length of ECDSA and EdDSA signatures.
function hasWholeLength(token: string, { algorithm }: CryptoKey): boolean {
  const { modulusLength } = algorithm as Partial<RsaHashedKeyAlgorithm>
  const length = token.length - token.lastIndexOf('.') - 1
  return modulusLength === undefined || length === rsaSignatureLength(modulusLength)
}

const cryptoKeys = new WeakMap<ProviderKey, Map<string, Promise<CryptoKey>>>()

/** Returns the imported key. The result is cached for each algorithm. */
export function toCryptoKey(key: ProviderKey, algorithm: string): Promise<CryptoKey> {
  const byAlgorithm = getOrCreate(cryptoKeys, key, () => new Map<string, Promise<CryptoKey>>())
  return getOrCreate(byAlgorithm, algorithm, () => importPublicKey(toPublicKey(key), algorithm))
}

async function importPublicKey(key: JWK, algorithm: string): Promise<CryptoKey> {
  const { importJWK } = await loadJose()
  return (await importJWK(key, algorithm)) as CryptoKey
}
