// The two encrypted records of a session, under the hash of its id.
import { sha256 } from '../../base64.ts'
import { createRecentCache, deepFreeze } from '../../caches.ts'
import { createEncryption, encryptionPurpose } from '../../encryption/index.ts'
import { andThen, type MaybePromise } from '../../maybe-promise.ts'
import { NO_TOKENS, type SessionTokens } from '../../tokens.ts'
import { expiryOf, type Session } from '../session.ts'
import type { EndedSession, StrategyOptions } from '../strategy.ts'
import type { SetValue } from './refresh-lock.ts'
import type { ReliableStore } from '../../reliable-store.ts'

export interface StoreRecordsOptions extends StrategyOptions {
  readonly store: ReliableStore
  /** Called with the store key of a record that cannot be read. */
  readonly onCorrupt: (key: string) => void
}

export interface StoreKeys {
  readonly session: string
  readonly tokens: string
}

/**
 * A session's two records in the store: one contains the user and the times, and the other one contains the tokens. A
 * request that only extends the session therefore cannot overwrite tokens that another server has just refreshed.
 *
 * A record's encrypted content contains its store key, so a record that was copied to another key is rejected.
 */
export interface StoreRecords {
  decryptSession(storeKeys: StoreKeys, encrypted: string): MaybePromise<Session | undefined>
  /** Reads a session's record, even if the session has already ended. */
  readSession(storeKeys: StoreKeys): Promise<Session | undefined>
  setSession(storeKeys: StoreKeys, session: Session): Promise<void>
  readTokens(storeKeys: StoreKeys): MaybePromise<SessionTokens>
  /** @param set - The function that stores the value. The default is `set` of the store. */
  setTokens(storeKeys: StoreKeys, stored: EndedSession, set?: SetValue): Promise<void>
  /** Extends the life of the stored tokens without reading or writing their record. */
  touchTokens(storeKeys: StoreKeys, session: Session): MaybePromise<unknown>
  delete(storeKeys: StoreKeys): Promise<void>
}

/** A record's encrypted content. */
interface StoredRecord<T> {
  /** The store key for which the record was written. */
  readonly at: string
  readonly value: T
}

export function createStoreRecords(options: StoreRecordsOptions): StoreRecords {
  const { store, lifetimes, now } = options
  const purpose = encryptionPurpose('stored session', options.owner, options.name)
  const encryption = createEncryption(options.secrets, purpose)
  const tokensCache = createRecentCache<StoredRecord<SessionTokens>>(options.cacheEntries)

  function decrypt<T extends object>(key: string, encrypted: string): MaybePromise<T | undefined> {
    return andThen(encryption.decrypt(encrypted), (decrypted) => {
      const { at, value } = (decrypted ?? {}) as Partial<StoredRecord<T>>
      if (at === key && value !== undefined) return deepFreeze(value)
      options.onCorrupt(key)
      return undefined
    })
  }

  const encrypt = (at: string, value: object): MaybePromise<string> =>
    encryption.encrypt({ at, value })

  /** Returns the number of seconds until the session expires without another request. */
  const remaining = (session: Session): number => expiryOf(session, lifetimes) - now()

  const records: StoreRecords = {
    decryptSession: ({ session: key }, encrypted) => decrypt<Session>(key, encrypted),

    async readSession(storeKeys) {
      const [encrypted] = await store.getMany([storeKeys.session])
      return encrypted === undefined ? undefined : records.decryptSession(storeKeys, encrypted)
    },

    async setSession({ session: key }, session) {
      await store.set(key, await encrypt(key, session), remaining(session))
    },

    readTokens: ({ tokens: key }) =>
      andThen(store.getMany([key]), ([encrypted]) => {
        if (encrypted === undefined) return NO_TOKENS
        const cached = tokensCache.get(encrypted)
        // Compare the key also for a cached record. It may have been copied to the key of another session.
        if (cached?.at === key) return cached.value
        return andThen(decrypt<SessionTokens>(key, encrypted), (tokens) => {
          if (tokens === undefined) return NO_TOKENS
          tokensCache.set(encrypted, { at: key, value: tokens })
          return tokens
        })
      }),

    async setTokens(
      { tokens: key },
      { session, tokens },
      set = (value, ttlSeconds) => store.set(key, value, ttlSeconds),
    ) {
      const encrypted = await encrypt(key, tokens)
      // If the store cannot extend the life of the tokens, they stay until the absolute end of the session.
      await set(encrypted, store.touch === undefined ? session.endsAt - now() : remaining(session))
    },

    touchTokens: ({ tokens: key }, session) => store.touch?.(key, remaining(session)),

    async delete({ session, tokens }) {
      await store.delete(session)
      await store.delete(tokens)
    },
  }
  return records
}

/** @param id - The session ID in the cookie. */
export async function createStoreKeys(id: string): Promise<StoreKeys> {
  return toStoreKeys(`${SESSION_PREFIX}${await sha256(id)}`)
}

/** @param session - The store key of the session's record. */
export function toStoreKeys(session: string): StoreKeys {
  return { session, tokens: `identity:t:${session.slice(SESSION_PREFIX.length)}` }
}

const SESSION_PREFIX = 'identity:s:'
