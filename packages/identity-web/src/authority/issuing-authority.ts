import type { Authority } from './authority.ts'
import type { Transport } from './fetch-document.ts'
import { fetchKeys, type ProviderKey } from './keys.ts'
import { fetchMetadata, type ProviderMetadata } from './metadata.ts'
import { createRemoteDocument, type RemoteDocument } from './remote-document.ts'

/** An authority with its documents: the metadata and the keys, fetched when needed and kept fresh. */
export interface IssuingAuthority {
  readonly authority: Authority
  readonly transport: Transport
  /** Unix time in seconds. */
  readonly now: () => number
  metadata(): Promise<ProviderMetadata>
  /** The keys of the provider; `renew` asks for newer ones than those that lacked a key. */
  keys(metadata: ProviderMetadata, renew?: boolean): Promise<readonly ProviderKey[]>
}

export function createIssuingAuthority(
  authority: Authority,
  transport: Transport,
  now: () => number,
): IssuingAuthority {
  const metadata = createRemoteDocument(() => fetchMetadata(transport, authority), now)
  const keySets = new Map<string, RemoteDocument<readonly ProviderKey[]>>()

  return {
    authority,
    transport,
    now,
    metadata: metadata.get,
    keys({ jwks_uri: url }, renew = false) {
      let keys = keySets.get(url)
      if (keys === undefined) {
        keySets.clear() // The metadata moved: the old key set is of no more use.
        keys = createRemoteDocument(() => fetchKeys(transport, url), now)
        keySets.set(url, keys)
      }
      return renew ? keys.renew() : keys.get()
    },
  }
}
