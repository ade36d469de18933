import { KeyObject, X509Certificate } from 'node:crypto'
import { exportJWK, generateKeyPair } from 'jose'
import { createCertificate } from '../protocol/x509.js'

/** A signing key with its public key. */
export interface SigningKey {
  /** The thumbprint of the certificate, as at Entra ID. */
  readonly kid: string
  /** The certificate in DER, for `x5c`. */
  readonly certificate: string
  readonly privateKey: CryptoKey
  readonly publicKey: CryptoKey
  readonly publicJwk: JsonWebKey
}

/** The keys of one provider. */
export interface KeyRing {
  /** Returns the key that signs all tokens except those of personal accounts. */
  readonly main: () => Promise<SigningKey>
  /** Returns the key that signs the tokens of personal accounts. */
  readonly consumers: () => Promise<SigningKey>
  /** Returns a key that is never published. It simulates the key of an attacker. */
  readonly stranger: () => Promise<SigningKey>
  /** Returns all keys to publish, including old keys that are kept. */
  readonly published: () => Promise<readonly PublishedKey[]>
  /**
   * Returns the published keys without waiting. The list is empty until the first keys exist, and
   * tokens do not exist before them.
   */
  readonly existing: () => readonly PublishedKey[]
  readonly roll: (keepOld: boolean) => Promise<void>
  readonly reset: () => void
}

/** A key in the key document, with the kind of tenant whose tokens it signs. */
export interface PublishedKey {
  readonly key: SigningKey
  readonly use: 'main' | 'consumers'
}

async function createSigningKey(): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true })
  const publicJwk = await exportJWK(publicKey)
  const keys = { privateKey: KeyObject.from(privateKey), publicKey: KeyObject.from(publicKey) }
  const content = { keys, commonName: 'identity-web-dev', nowMs: Date.now() }
  const { raw, fingerprint } = new X509Certificate(createCertificate(content).cert)
  const kid = Buffer.from(fingerprint.replaceAll(':', ''), 'hex').toString('base64url')
  return { kid, certificate: raw.toString('base64'), privateKey, publicKey, publicJwk }
}

/** The keys that a provider starts with. */
export type KeyPair = Record<PublishedKey['use'], SigningKey>

/** Generates keys. */
export async function createPair(): Promise<KeyPair> {
  const [main, consumers] = await Promise.all([createSigningKey(), createSigningKey()])
  return { main, consumers }
}

// RSA keys take long to generate, and a test file can start dozens of providers.
let shared: Promise<KeyPair> | undefined
let stranger: Promise<SigningKey> | undefined

/**
 * Creates the keys of a provider. All providers of the process start with the same keys, except those with stored keys.
 *
 * The keys are generated in other threads while the provider starts. The first request that needs a
 * key waits for it.
 */
export function createKeyRing(stored?: KeyPair): KeyRing {
  const start = stored === undefined ? (shared ??= createPair()) : Promise.resolve(stored)
  let current = start
  let existing: KeyPair[] = []
  let old: Promise<KeyPair>[] = []
  const update = async (): Promise<void> => {
    existing = await Promise.all([current, ...old])
  }
  // A failure reaches the requests that need a key.
  update().catch(() => {})
  return {
    main: async () => (await current).main,
    consumers: async () => (await current).consumers,
    stranger: () => (stranger ??= createSigningKey()),
    published: async () => toPublished(await Promise.all([current, ...old])),
    existing: () => toPublished(existing),
    roll: async (keepOld) => {
      const next = createPair()
      await next
      old = keepOld ? [current, ...old] : []
      current = next
      await update()
    },
    reset: () => {
      current = start
      old = []
      update().catch(() => {})
    },
  }
}

function toPublished(pairs: readonly KeyPair[]): PublishedKey[] {
  return pairs.flatMap((pair) => [
    { key: pair.main, use: 'main' as const },
    { key: pair.consumers, use: 'consumers' as const },
  ])
}
