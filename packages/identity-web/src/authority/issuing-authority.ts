import type { Authority } from './authority.ts'
import type { Transport } from './fetch-document.ts'
import { candidateKeys, fetchKeys, type ProviderKey } from './keys.ts'
import { fetchMetadata, type ProviderMetadata } from './metadata.ts'
import { createRemoteDocument, type RemoteDocument } from './remote-document.ts'

/** What of a token's header says which key signed it. */
export interface SigningHeader {
  readonly alg: string
  readonly kid?: string
}

/** An authority with its documents: the metadata and the keys, fetched when needed and kept fresh. */
export interface IssuingAuthority {
  readonly authority: Authority
  readonly transport: Transport
  /** Unix time in seconds. */
  readonly now: () => number
  metadata(): Promise<ProviderMetadata>
  /** The metadata at once, where it is there and no older than a day. */
  peek(): ProviderMetadata | undefined
  /** The keys that may have signed a token; newer ones than those we have are asked for where none of them fits. */
  signingKeys(metadata: ProviderMetadata, header: SigningHeader): Promise<readonly ProviderKey[]>
  /**
   * Counts the changes that took something back: a key that left, another issuer. A token that was verified under the
   * same count is as good as then.
   *
   * @returns `undefined` while the documents are missing, or older than a day: they have to be fetched first.
   */
  revision(): number | undefined
}

/** For a key id that the provider's newest keys don't have, it isn't asked again for this long; seconds. */
const UNKNOWN_KEY_SECONDS = 300
const MAX_UNKNOWN_KEYS = 1000

export function createIssuingAuthority(
  authority: Authority,
  transport: Transport,
  now: () => number,
): IssuingAuthority {
  let revision = 0
  let rules: string | undefined
  let currentKeys: ReadonlySet<string> = new Set()
  let keys:
    { readonly url: string; readonly document: RemoteDocument<readonly ProviderKey[]> } | undefined
  const unknownKeyIds = new Map<string, number>()
  const metadata = createRemoteDocument(loadMetadata, now)

  async function loadMetadata(): Promise<ProviderMetadata> {
    const loaded = await fetchMetadata(transport, authority)
    const { issuer, access_token_issuer: other, jwks_uri, cloud_instance_name: cloud } = loaded
    const rulesNow = JSON.stringify([issuer, other, jwks_uri, cloud])
    if (rules !== undefined && rules !== rulesNow) revision++
    rules = rulesNow
    return loaded
  }

  async function loadKeys(url: string): Promise<readonly ProviderKey[]> {
    const loaded = await fetchKeys(transport, url)
    const keysNow = new Set(loaded.map((key) => JSON.stringify(key)))
    if ([...currentKeys].some((key) => !keysNow.has(key))) revision++
    currentKeys = keysNow
    return loaded
  }

  function keySet({ jwks_uri: url }: ProviderMetadata): RemoteDocument<readonly ProviderKey[]> {
    // Where the metadata moved, the old key set is of no more use.
    if (keys?.url !== url) {
      keys = { url, document: createRemoteDocument(() => loadKeys(url), now) }
    }
    return keys.document
  }

  return {
    authority,
    transport,
    now,
    metadata: metadata.get,
    peek: metadata.cached,

    async signingKeys(of, header) {
      const set = keySet(of)
      const current = await set.get()
      const candidates = candidateKeys(current, header)
      if (candidates.length > 0 || isUnknownKeyId(header)) return candidates
      // The provider may have begun to sign with a new key.
      const renewed = await set.refresh()
      const found = candidateKeys(renewed, header)
      // Only what newer keys lack is unknown: they may not have been to be had.
      if (found.length === 0 && renewed !== current) addUnknownKeyId(header)
      return found
    },

    revision() {
      return metadata.cached() === undefined || keys?.document.cached() === undefined
        ? undefined
        : revision
    },
  }

  // Forged key ids must not make us ask the provider, nor fill our memory.
  function isUnknownKeyId({ kid = '' }: SigningHeader): boolean {
    return (
      Math.abs(now() - (unknownKeyIds.get(kid.slice(0, 200)) ?? -Infinity)) < UNKNOWN_KEY_SECONDS
    )
  }

  function addUnknownKeyId({ kid = '' }: SigningHeader): void {
    if (unknownKeyIds.size >= MAX_UNKNOWN_KEYS) unknownKeyIds.clear()
    unknownKeyIds.set(kid.slice(0, 200), now())
  }
}
