import { exportJWK, generateKeyPair, type CryptoKey, type JWK } from 'jose'

/** A key of the provider, with the public part that it publishes. */
export interface ProviderKeyPair {
  readonly kid: string
  readonly privateKey: CryptoKey
  readonly publicJwk: JWK
}

interface BareKeyPair {
  readonly privateKey: CryptoKey
  readonly publicJwk: JWK
}

/** RSA keys are slow to generate, so all providers of a process share a few. Each use has its own key ID. */
const POOL_SIZE = 4
const pools = new Map<string, Promise<BareKeyPair>[]>()
const nextIndex = new Map<string, number>()
let lastKid = 0

/** Returns a key pair for an algorithm. Consecutive calls return different keys. */
export async function nextKey(algorithm: 'RS256' | 'ES256'): Promise<ProviderKeyPair> {
  const pool = pools.get(algorithm) ?? []
  pools.set(algorithm, pool)
  const index = (nextIndex.get(algorithm) ?? 0) % POOL_SIZE
  nextIndex.set(algorithm, index + 1)
  pool[index] ??= generate(algorithm)
  return { ...(await pool[index]), kid: `${algorithm}-${++lastKid}` }
}

async function generate(algorithm: string): Promise<BareKeyPair> {
  const { publicKey, privateKey } = await generateKeyPair(algorithm, { extractable: true })
  return { privateKey, publicJwk: await exportJWK(publicKey) }
}
