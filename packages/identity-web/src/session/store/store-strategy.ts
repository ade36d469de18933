import { random } from '../../base64.ts'
import { deepFreeze, createRecentCache } from '../../caches.ts'
import { ownString } from '../../text.ts'
import { andThen, type MaybePromise } from '../../maybe-promise.ts'
import { createEncryption, encryptionPurpose, sha256 } from '../../encryption/index.ts'
import { NO_TOKENS, type SessionTokens } from '../../tokens.ts'
import {
  deleteChunks,
  findCookie,
  readChunks,
  writeChunks,
  type CookieAttributes,
} from '../cookies.ts'
import { expiryOf, isLive, type Lifetimes, type Session } from '../session.ts'
import type { LockedTokens, SessionStrategy } from '../strategy.ts'
import {
  indicatesRevocation,
  type EndedSessions,
  type Revocations,
  type RevocationMarker,
} from './revocations.ts'
import { createRefreshLock } from './refresh-lock.ts'
import type { ReliableStore } from './reliable-store.ts'

/** The options of sessions in a store. */
export interface StoreStrategyOptions {
  readonly store: ReliableStore
  readonly revocations: Revocations
  readonly secrets: readonly string[]
  /**
   * A string that identifies the application: the client, its provider, and its origin or cookie domain. Sessions of
   * another owner cannot be decrypted.
   */
  readonly owner: string
  /** The name of the session cookie. */
  readonly name: string
  readonly attributes: CookieAttributes
  readonly lifetimes: Lifetimes
  /** The number of decrypted sessions in the cache, and the number of decrypted tokens. */
  readonly cacheEntries?: number | undefined
  /** The longest duration of a refresh in seconds. A lock expires after it. */
  readonly refreshSeconds: number
  /** Returns the Unix time in seconds. */
  readonly now: () => number
  /** Called with the store key of a record that cannot be read. */
  readonly onCorrupt: (key: string) => void
  /** Called after a session ended in this process. */
  readonly onEnd?: ((ended: EndedSessions) => void) | undefined
}

/** The encrypted content of a record. */
interface StoredRecord<T> {
  /** The store key for which the record was written. */
  readonly at: string
  readonly value: T
}

/** The store keys of a session. */
interface StoreKeys {
  readonly session: string
  readonly tokens: string
}

/** A session that an earlier request read. */
interface CacheEntry {
  readonly storeKeys: StoreKeys
  /** The encrypted record, to detect changes. */
  readonly encrypted: string
  /** The decrypted record. */
  readonly session: Session
  readonly markers: readonly RevocationMarker[]
  /** The keys of the record and its markers, which one call to the store reads. */
  readonly keys: readonly string[]
}

/** The session ID in the cookie: 256 random bits. */
const ID = /^[\w-]{43}$/

/**
 * Creates sessions in a store that all servers share. The cookie contains a random ID. The store contains the encrypted
 * session, and its key is the hash of the ID.
 *
 * An attacker who can read the store cannot use the sessions, because the IDs are not in it. The encrypted content
 * contains its store key, so a record that was copied to another key is rejected.
 *
 * The user and the times are in one record, the tokens are in another. A request that only extends the session therefore
 * cannot overwrite tokens that another server has just refreshed.
 */
export function createStoreStrategy(options: StoreStrategyOptions): SessionStrategy {
  const { store, revocations, secrets, owner, name, attributes, lifetimes, now } = options
  const encryption = createEncryption(secrets, encryptionPurpose('stored session', owner, name))
  const cache = createRecentCache<CacheEntry>(options.cacheEntries)
  const tokensCache = createRecentCache<StoredRecord<SessionTokens>>(options.cacheEntries)
  const refreshLock = createRefreshLock(store, options.refreshSeconds)

  function sessionIdOf(cookieHeader: string): string | undefined {
    const id = readChunks(cookieHeader, name)
    return id !== undefined && ID.test(id) ? id : undefined
  }

  function storeKeysOf(cookieHeader: string): MaybePromise<StoreKeys | undefined> {
    const id = sessionIdOf(cookieHeader)
    return id === undefined ? undefined : (cache.get(id)?.storeKeys ?? createStoreKeys(id))
  }

  function decrypt<T extends object>(encrypted: string, key: string): MaybePromise<T | undefined> {
    return andThen(encryption.decrypt(encrypted), (decrypted) => {
      const { at, value } = (decrypted ?? {}) as Partial<StoredRecord<T>>
      if (at === key && value !== undefined) return deepFreeze(value)
      options.onCorrupt(key)
      return undefined
    })
  }

  /** Reads a record and its markers with one call to the store. Decrypts the record only if it changed. */
  function readAgain(id: string, entry: CacheEntry): MaybePromise<Session | undefined> {
    return andThen(store.getMany(entry.keys), (values) => {
      const [encrypted] = values
      if (encrypted === undefined) return missing()
      if (encrypted !== entry.encrypted) return readRecord(id, entry.storeKeys, encrypted)
      return unlessEnded(entry, values)
    })
  }

  async function readFirst(id: string): Promise<Session | undefined> {
    const storeKeys = await createStoreKeys(id)
    const [encrypted] = await store.getMany([storeKeys.session])
    if (encrypted === undefined) return missing()
    // A server that knows the ID of the data can detect a loss, even if users did not sign in there.
    const [session] = await Promise.all([
      readRecord(id, storeKeys, encrypted),
      revocations.checkData(),
    ])
    return session
  }

  /** The store may have lost the session together with all others. Reads the ID of its data once in a few seconds. */
  async function missing(): Promise<undefined> {
    await revocations.checkData()
    return undefined
  }

  async function readRecord(
    id: string,
    storeKeys: StoreKeys,
    encrypted: string,
  ): Promise<Session | undefined> {
    const session = await decrypt<Session>(encrypted, storeKeys.session)
    if (session === undefined) return undefined
    const markers = await revocations.markersOf(session)
    const markerKeys = markers.map(({ key }) => key)
    const keys = [storeKeys.session, ...markerKeys]
    const entry: CacheEntry = { storeKeys, encrypted, session, markers, keys }
    cache.set(ownString(id), entry)
    return unlessEnded(entry, [encrypted, ...(await store.getMany(markerKeys))])
  }

  /** @param values - The record and the values of the markers, in the order of `keys`. */
  function unlessEnded(
    { session, markers, storeKeys }: CacheEntry,
    values: readonly (string | undefined)[],
  ): MaybePromise<Session | undefined> {
    if (markers.some((marker, index) => indicatesRevocation(marker, values[index + 1]))) {
      return andThen(deleteRecords(storeKeys), () => undefined)
    }
    return isLive(session, lifetimes, now()) ? session : undefined
  }

  async function deleteRecords(storeKeys: StoreKeys): Promise<void> {
    await store.delete(storeKeys.session)
    await store.delete(storeKeys.tokens)
  }

  /** Returns the number of seconds until the session expires without another request. */
  function remaining(session: Session): number {
    return expiryOf(session, lifetimes) - now()
  }

  async function setSession(storeKeys: StoreKeys, session: Session): Promise<void> {
    const encrypted = await encryption.encrypt({ at: storeKeys.session, value: session })
    await store.set(storeKeys.session, encrypted, remaining(session))
    await revocations.keepFindable(session)
  }

  // If the store cannot extend the life of the tokens, they stay until the absolute end of the session.
  function remainingOfTokens(session: Session): number {
    return store.touch === undefined ? session.endsAt - now() : remaining(session)
  }

  function readStoredTokens(storeKeys: StoreKeys): MaybePromise<SessionTokens> {
    return andThen(store.getMany([storeKeys.tokens]), ([encrypted]) => {
      if (encrypted === undefined) return NO_TOKENS
      const cached = tokensCache.get(encrypted)
      // Compare the key also for a cached record. It may have been copied to the key of another session.
      if (cached?.at === storeKeys.tokens) return cached.value
      return andThen(decrypt<SessionTokens>(encrypted, storeKeys.tokens), (tokens) => {
        if (tokens === undefined) return NO_TOKENS
        tokensCache.set(encrypted, { at: storeKeys.tokens, value: tokens })
        return tokens
      })
    })
  }

  async function setTokens(
    storeKeys: StoreKeys,
    session: Session,
    tokens: SessionTokens,
  ): Promise<void> {
    const encrypted = await encryptTokens(storeKeys, tokens)
    await store.set(storeKeys.tokens, encrypted, remainingOfTokens(session))
  }

  function encryptTokens(storeKeys: StoreKeys, tokens: SessionTokens): MaybePromise<string> {
    return encryption.encrypt({ at: storeKeys.tokens, value: tokens })
  }

  /** Returns whether a session is stored and not revoked. Other sessions must not be written again. */
  async function isActive(storeKeys: StoreKeys, session: Session): Promise<boolean> {
    const [record] = await store.getMany([storeKeys.session])
    return record !== undefined && !(await revocations.isRevoked(session))
  }

  /** Returns the record of a session, which may have been ended. */
  async function readStoredSession(storeKeys: StoreKeys): Promise<Session | undefined> {
    const [encrypted] = await store.getMany([storeKeys.session])
    return encrypted === undefined ? undefined : decrypt<Session>(encrypted, storeKeys.session)
  }

  async function end(cookieHeader: string): Promise<string[]> {
    const deletions = deleteChunks(cookieHeader, name, attributes)
    const storeKeys = await storeKeysOf(cookieHeader)
    if (storeKeys === undefined) return deletions
    const session = await readStoredSession(storeKeys)
    // Revoke the session first, so that a concurrent write cannot restore it.
    if (session !== undefined) await revocations.revoke(session)
    await deleteRecords(storeKeys)
    if (session !== undefined) options.onEnd?.({ kind: 'id', value: session.id })
    return deletions
  }

  return {
    read(cookieHeader) {
      const id = sessionIdOf(cookieHeader)
      if (id === undefined) return undefined
      const entry = cache.get(id)
      return entry === undefined ? readFirst(id) : readAgain(id, entry)
    },

    findUnreadable: (cookieHeader) =>
      findCookie(cookieHeader, name) === undefined || sessionIdOf(cookieHeader) !== undefined
        ? undefined
        : { name, reason: 'damaged', deletions: deleteChunks(cookieHeader, name, attributes) },

    async readEnded(cookieHeader) {
      const storeKeys = await storeKeysOf(cookieHeader)
      if (storeKeys === undefined) return undefined
      const session = await readStoredSession(storeKeys)
      return session && { session, tokens: await readStoredTokens(storeKeys) }
    },

    readTokens: (cookieHeader) =>
      andThen(storeKeysOf(cookieHeader), (storeKeys) =>
        storeKeys === undefined ? NO_TOKENS : readStoredTokens(storeKeys),
      ),

    async start(cookieHeader, session, tokens) {
      const id = random(32)
      const storeKeys = await createStoreKeys(id)
      const started = await revocations.register(session)
      await setTokens(storeKeys, started, tokens)
      await setSession(storeKeys, started)
      await end(cookieHeader)
      return [
        ...writeChunks(cookieHeader, {
          ...attributes,
          name,
          value: id,
          maxAge: started.endsAt - now(),
        }),
        // Delete the tokens of a session in cookies, in case the application used cookies before.
        ...deleteChunks(cookieHeader, `${name}-tokens`, attributes),
      ]
    },

    async update(cookieHeader, session, tokens) {
      const storeKeys = await storeKeysOf(cookieHeader)
      if (storeKeys === undefined || !(await isActive(storeKeys, session))) return []
      if (tokens === undefined) await store.touch?.(storeKeys.tokens, remaining(session))
      // Another server may have stored newer tokens.
      else if ((await readStoredTokens(storeKeys)).revision < tokens.revision) {
        await setTokens(storeKeys, session, tokens)
      }
      await setSession(storeKeys, session)
      return []
    },

    end,

    async withTokenLock(cookieHeader, session, { waits, run }) {
      const storeKeys = (await storeKeysOf(cookieHeader)) as StoreKeys
      return refreshLock.withLock(storeKeys.tokens, waits, async (lock) => {
        const tokens = await readStoredTokens(storeKeys)
        const locked: LockedTokens = {
          tokens,
          reread: () =>
            lock.waitForNewer(
              async () => readStoredTokens(storeKeys),
              ({ revision }) => revision > tokens.revision,
            ),
          async save(changed, newTokens) {
            const isStored = await lock.save(async (set) => {
              if (!(await isActive(storeKeys, session))) return false
              await set(await encryptTokens(storeKeys, newTokens), remainingOfTokens(session))
              return true
            })
            if (isStored) await setSession(storeKeys, changed)
          },
        }
        return run(locked)
      })
    },
  }
}

async function createStoreKeys(id: string): Promise<StoreKeys> {
  const hash = await sha256(id)
  return { session: `identity:s:${hash}`, tokens: `identity:t:${hash}` }
}
