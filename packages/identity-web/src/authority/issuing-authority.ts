// An authority with its fetched metadata and keys.
import type { MaybePromise } from '../maybe-promise.ts'
import type { Authority } from './authority.ts'
import {
  createRemoteDocument,
  loadRequests,
  MAX_AGE,
  type RemoteDocument,
} from './provider-documents.ts'
import type { Transport } from './transport.ts'
import { candidateKeys, type KeySet, type ProviderKey } from './keys.ts'
import { CLOCK_TOLERANCE_SECONDS, type Clock } from './token-claims.ts'
import { fetchMetadata, type ProviderMetadata } from './metadata.ts'

/** The parts of a token's header that identify the key that signed it. */
export interface SigningHeader {
  readonly alg: string
  readonly kid?: string | undefined
  /** The extensions that a recipient must understand. */
  readonly crit?: unknown
}

/** A token that `decodeToken` has decoded. Each of its parts has the only valid spelling. */
export interface SignedToken {
  readonly token: string
  readonly header: SigningHeader
}

/** An authority with its metadata and its keys, which are fetched when needed and then cached. */
export interface IssuingAuthority {
  readonly authority: Authority
  readonly transport: Transport
  /** Returns the current Unix time in seconds. */
  readonly now: () => number
  /** Returns the clock for the times of issued tokens. */
  readonly clock: () => Clock
  metadata(): Promise<ProviderMetadata>
  /** Fetches the metadata and the keys, unless they are cached. */
  ready(): Promise<void>
  /** Returns the cached metadata if it is at most one day old. */
  cachedMetadata(): ProviderMetadata | undefined
  /**
   * Returns the keys that can have signed a token. If a cached key matches, the result is not a promise. Otherwise, the
   * keys are fetched again.
   */
  signingKeys(
    metadata: ProviderMetadata,
    header: SigningHeader,
  ): MaybePromise<readonly ProviderKey[]>
  /**
   * Fetches the keys again, even if they were fetched a moment ago. Call it after {@link signingKeys} did not find the
   * key of a token from the token endpoint. Do not use it for tokens of clients, because forged key IDs would cause
   * many requests.
   *
   * @throws IdentityError `provider_unavailable` if the keys cannot be fetched.
   */
  newestKeys(metadata: ProviderMetadata, header: SigningHeader): Promise<readonly ProviderKey[]>
  /**
   * Fetches the keys again, unless another request has just fetched them. Call it if none of the {@link signingKeys}
   * verifies a signature: some providers give a new key the ID of the old key.
   *
   * @param tried - The keys that do not fit.
   * @returns The newer keys that can have signed the token. The list is empty if the keys were not fetched again.
   */
  replacedKeys(
    metadata: ProviderMetadata,
    header: SigningHeader,
    tried: readonly ProviderKey[],
  ): Promise<readonly ProviderKey[]>
  /**
   * Returns a number that changes when a key is removed or the issuer changes. A token that was verified with the same
   * number does not have to be verified again.
   *
   * @returns `undefined` if a document is not cached or is more than one day old. It must be fetched first.
   */
  revision(): number | undefined
}

/**
 * The time in seconds after which the same unknown key ID may cause the keys to be fetched again. It doubles each time, up
 * to the maximum. It is short at first, because another server of the provider may already publish the key.
 */
const UNKNOWN_KEY_SECONDS = 60
const MAX_UNKNOWN_KEY_SECONDS = 300
const MAX_UNKNOWN_KEYS = 1000
/** The age in seconds at which keys are fetched again while one of them is missing in the newest document. */
const MISSING_KEY_MAX_AGE = 600

export function createIssuingAuthority(
  authority: Authority,
  transport: Transport,
  now: () => number,
): IssuingAuthority {
  let revision = 0
  let rules: string | undefined
  let currentKeys: ReadonlySet<string> = new Set()
  let keys: { readonly url: string; readonly document: RemoteDocument<KeySet> } | undefined
  const unknownKeyIds = createUnknownKeyIds(now)
  // Anyone can send a token of a client or a logout token, so their key IDs must not prevent a sign-in.
  const unknownAtTokenEndpoint = createUnknownKeyIds(now)
  const metadata = createRemoteDocument(loadMetadata, now)

  async function loadMetadata(): Promise<ProviderMetadata> {
    const loaded = await fetchMetadata(transport, authority)
    const { issuer, access_token_issuer: other, jwks_uri, cloud_instance_name: cloud } = loaded
    const rulesNow = JSON.stringify([issuer, other, jwks_uri, cloud])
    if (rules !== undefined && rules !== rulesNow) revision++
    rules = rulesNow
    return loaded
  }

  function createKeyDocument(url: string): RemoteDocument<KeySet> {
    async function load(before: KeySet | undefined): Promise<KeySet> {
      const { fetchDocument, nextKeySet } = await loadRequests()
      const document = await fetchDocument(transport, 'keys', url)
      const set = nextKeySet(before, { url, document, now: now() })
      const keysNow = new Set(set.keys.map((key) => JSON.stringify(key)))
      if ([...currentKeys].some((key) => !keysNow.has(key))) revision++
      currentKeys = keysNow
      return set
    }
    return createRemoteDocument(load, now, ({ missing }) =>
      missing.size > 0 ? MISSING_KEY_MAX_AGE : MAX_AGE,
    )
  }

  function keySet({ jwks_uri: url }: ProviderMetadata): RemoteDocument<KeySet> {
    // If the metadata contains another URL, the cached keys are not valid anymore.
    if (keys?.url !== url) keys = { url, document: createKeyDocument(url) }
    return keys.document
  }

  async function findSigningKeys(
    set: RemoteDocument<KeySet>,
    header: SigningHeader,
  ): Promise<readonly ProviderKey[]> {
    const current = await set.get()
    const candidates = candidateKeys(current.keys, header)
    if (candidates.length > 0 || unknownKeyIds.has(header)) return candidates
    // The provider can have started to sign with a new key.
    const refreshed = await set.refresh()
    const found = candidateKeys(refreshed.keys, header)
    // The key ID is unknown only if newer keys were fetched. The provider may have been unavailable.
    if (found.length === 0 && refreshed !== current) unknownKeyIds.add(header)
    return found
  }

  return {
    authority,
    transport,
    now,
    clock: () => ({
      now: now(),
      tolerance: transport.clockToleranceSeconds ?? CLOCK_TOLERANCE_SECONDS,
    }),
    metadata: metadata.get,
    cachedMetadata: metadata.cached,

    async ready() {
      await keySet(await metadata.get()).get()
    },

    signingKeys(of, header) {
      const set = keySet(of)
      const cached = set.cached()
      const found = cached === undefined ? [] : candidateKeys(cached.keys, header)
      return found.length > 0 ? found : findSigningKeys(set, header)
    },

    async newestKeys(of, header) {
      if (unknownAtTokenEndpoint.has(header)) return []
      const found = candidateKeys((await keySet(of).fetchNow()).keys, header)
      if (found.length === 0) unknownAtTokenEndpoint.add(header)
      return found
    },

    // The key ID is known, so the pause between two requests is the only limit. A longer one would let an attacker, whose
    // tokens name this key ID, delay the repair.
    async replacedKeys(of, header, tried) {
      const set = keySet(of)
      const untried = (from: KeySet): readonly ProviderKey[] =>
        candidateKeys(from.keys, header).filter((key) => !tried.includes(key))
      const newer = untried(await set.get())
      return newer.length > 0 ? newer : untried(await set.refresh())
    },

    revision() {
      return metadata.cached() === undefined || keys?.document.cached() === undefined
        ? undefined
        : revision
    },
  }
}

/** Creates a list of key IDs for which the keys are not fetched again soon, so that they cannot cause many requests. */
function createUnknownKeyIds(now: () => number) {
  const ids = new Map<string, { readonly at: number; readonly seconds: number }>()
  const short = ({ kid = '' }: SigningHeader): string => kid.slice(0, 200)
  return {
    has(header: SigningHeader): boolean {
      const unknown = ids.get(short(header))
      return unknown !== undefined && Math.abs(now() - unknown.at) < unknown.seconds
    },
    add(header: SigningHeader): void {
      const doubled = 2 * (ids.get(short(header))?.seconds ?? UNKNOWN_KEY_SECONDS / 2)
      if (ids.size >= MAX_UNKNOWN_KEYS) ids.clear()
      ids.set(short(header), { at: now(), seconds: Math.min(doubled, MAX_UNKNOWN_KEY_SECONDS) })
    },
  }
}
