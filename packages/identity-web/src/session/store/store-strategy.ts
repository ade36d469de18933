// Sessions in a store that all servers share.
import { random } from '../../base64.ts'
import { createRecentCache } from '../../caches.ts'
import { andThen, type MaybePromise } from '../../maybe-promise.ts'
import { ownString } from '../../text.ts'
import { NO_TOKENS } from '../../tokens.ts'
import { deleteChunks, findCookie, readChunks, writeChunks } from '../cookies.ts'
import { isLive, type Session } from '../session.ts'
import type { LockedTokens, SessionStrategy } from '../strategy.ts'
import { createRefreshLock } from './refresh-lock.ts'
import { indicatesRevocation, type Revocations, type RevocationMarker } from './revocations.ts'
import {
  createStoreKeys,
  createStoreRecords,
  type StoreKeys,
  type StoreRecordsOptions,
} from './store-records.ts'

export interface StoreStrategyOptions extends StoreRecordsOptions {
  readonly revocations: Revocations
  /** The maximum duration of a refresh in seconds, after which a lock expires. */
  readonly refreshSeconds: number
  /** Called after a session was stored, with the store key of its record. It must not reject. */
  readonly onStart?: ((key: string, session: Session) => Promise<unknown>) | undefined
}

/** A session that an earlier request read. */
interface CacheEntry {
  readonly storeKeys: StoreKeys
  /** The encrypted record, which is compared with the store to detect changes. */
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
 * Creates sessions in a store that all servers share. The cookie contains a random ID, and the store contains the
 * encrypted session under the hash of the ID.
 *
 * An attacker who can read the store cannot use the sessions, because the IDs are not in it.
 */
export function createStoreStrategy(options: StoreStrategyOptions): SessionStrategy {
  const { store, revocations, name, attributes, lifetimes, now } = options
  const records = createStoreRecords(options)
  const cache = createRecentCache<CacheEntry>(options.cacheEntries)
  const refreshLock = createRefreshLock(store, options.refreshSeconds)

  function sessionIdOf(cookieHeader: string): string | undefined {
    const id = readChunks(cookieHeader, name)
    return id !== undefined && ID.test(id) ? id : undefined
  }

  function storeKeysOf(cookieHeader: string): MaybePromise<StoreKeys | undefined> {
    const id = sessionIdOf(cookieHeader)
    return id === undefined ? undefined : (cache.get(id)?.storeKeys ?? createStoreKeys(id))
  }

  /** Reads a record and its markers with one call to the store, and decrypts the record only if it changed. */
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

  /**
   * Handles a session that is not in the store. The store may have lost all sessions, so the ID of its data is read, at
   * most once in a few seconds.
   */
  async function missing(): Promise<undefined> {
    await revocations.checkData()
    return undefined
  }

  async function readRecord(
    id: string,
    storeKeys: StoreKeys,
    encrypted: string,
  ): Promise<Session | undefined> {
    const session = await records.decryptSession(storeKeys, encrypted)
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
      return andThen(records.delete(storeKeys), () => undefined)
    }
    return isLive(session, lifetimes, now()) ? session : undefined
  }

  async function storeSession(storeKeys: StoreKeys, session: Session): Promise<void> {
    await records.setSession(storeKeys, session)
    await revocations.keepFindable(session)
  }

  /** Returns whether a session is stored and not revoked. Other sessions must not be written again. */
  async function isActive(storeKeys: StoreKeys, session: Session): Promise<boolean> {
    const [record] = await store.getMany([storeKeys.session])
    return record !== undefined && !(await revocations.isRevoked(session))
  }

  async function end(cookieHeader: string): Promise<string[]> {
    const deletions = deleteChunks(cookieHeader, name, attributes)
    const storeKeys = await storeKeysOf(cookieHeader)
    if (storeKeys === undefined) return deletions
    const session = await records.readSession(storeKeys)
    // Revoke the session first, so that a concurrent write cannot restore it.
    if (session !== undefined) await revocations.revoke(session)
    await records.delete(storeKeys)
    if (session !== undefined) options.onEnd?.({ kind: 'id', value: session.id })
    return deletions
  }

  return {
    isListed: true,

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
      const session = await records.readSession(storeKeys)
      return session && { session, tokens: await records.readTokens(storeKeys) }
    },

    readTokens: (cookieHeader) =>
      andThen(storeKeysOf(cookieHeader), (storeKeys) =>
        storeKeys === undefined ? NO_TOKENS : records.readTokens(storeKeys),
      ),

    async start(cookieHeader, session, tokens) {
      const id = random(32)
      const storeKeys = await createStoreKeys(id)
      const started = await revocations.register(session)
      await records.setTokens(storeKeys, { session: started, tokens })
      await storeSession(storeKeys, started)
      await end(cookieHeader)
      await options.onStart?.(storeKeys.session, started)
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
      if (tokens === undefined) await records.touchTokens(storeKeys, session)
      // Another server may have stored newer tokens.
      else if ((await records.readTokens(storeKeys)).revision < tokens.revision) {
        await records.setTokens(storeKeys, { session, tokens })
      }
      await storeSession(storeKeys, session)
      return []
    },

    end,

    async withTokenLock(cookieHeader, session, { waits, run }) {
      const storeKeys = (await storeKeysOf(cookieHeader)) as StoreKeys
      return refreshLock.withLock(storeKeys.tokens, waits, async (lock) => {
        const tokens = await records.readTokens(storeKeys)
        const locked: LockedTokens = {
          tokens,
          reread: () =>
            lock.waitForNewer(
              async () => records.readTokens(storeKeys),
              ({ revision }) => revision > tokens.revision,
            ),
          async save(changed, newTokens) {
            const isStored = await lock.save(async (set) => {
              if (!(await isActive(storeKeys, session))) return false
              await records.setTokens(storeKeys, { session, tokens: newTokens }, set)
              return true
            })
            if (isStored) await storeSession(storeKeys, changed)
          },
        }
        return run(locked)
      })
    },
  }
}
