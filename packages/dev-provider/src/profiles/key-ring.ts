import { randomUUID } from 'node:crypto'
import { exportJWK, generateKeyPair } from 'jose'

/** A signing key with its public half. */
export interface SigningKey {
  readonly kid: string
  readonly privateKey: CryptoKey
  readonly publicKey: CryptoKey
  readonly publicJwk: JsonWebKey
}

/** The keys of one provider. */
export interface KeyRing {
  /** Signs everything but personal accounts' tokens. */
  readonly main: () => SigningKey
  /** Signs tokens of the consumers tenant, and nothing else may be signed with it. */
  readonly consumers: () => SigningKey
  /** A key that is never published: an attacker's. */
  readonly stranger: () => Promise<SigningKey>
  /** All keys to publish, the rolled ones included while they are kept. */
  readonly published: () => readonly PublishedKey[]
  readonly roll: (keepOld: boolean) => Promise<void>
  readonly reset: () => void
}

/** A key in the key document, with the kind of tenant it signs for. */
export interface PublishedKey {
  readonly key: SigningKey
  readonly use: 'main' | 'consumers'
}

async function createSigningKey(): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true })
  const publicJwk = await exportJWK(publicKey)
  return { kid: randomUUID(), privateKey, publicKey, publicJwk }
}

type KeyPair = Record<PublishedKey['use'], SigningKey>

async function createPair(): Promise<KeyPair> {
  const [main, consumers] = await Promise.all([createSigningKey(), createSigningKey()])
  return { main, consumers }
}

// RSA keys are slow to make, and a test file may start dozens of providers.
let shared: Promise<KeyPair> | undefined
let stranger: Promise<SigningKey> | undefined

/** Makes the keys of a provider; the first pair is shared by all providers of the process. */
export async function createKeyRing(): Promise<KeyRing> {
  shared ??= createPair()
  const start = await shared
  let current = start
  let old: KeyPair[] = []
  return {
    main: () => current.main,
    consumers: () => current.consumers,
    stranger: () => (stranger ??= createSigningKey()),
    published: () =>
      [current, ...old].flatMap((pair) => [
        { key: pair.main, use: 'main' as const },
        { key: pair.consumers, use: 'consumers' as const },
      ]),
    roll: async (keepOld) => {
      const next = await createPair()
      old = keepOld ? [current, ...old] : []
      current = next
    },
    reset: () => {
      current = start
      old = []
    },
  }
}
