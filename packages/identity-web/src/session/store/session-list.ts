import { createEncryption, encryptionPurpose, sha256 } from '../../encryption/index.ts'
import { IdentityError } from '../../errors.ts'
import type { MaybePromise } from '../../maybe-promise.ts'
import { isLive, type Session } from '../session.ts'
import { tries } from './refresh-lock.ts'
import type { ReliableStore } from './reliable-store.ts'
import {
  indicatesRevocation,
  selectorsOf,
  selectsSession,
  type Revocations,
  type SessionSelector,
} from './revocations.ts'
import { createStoreRecords, toStoreKeys, type StoreRecordsOptions } from './store-records.ts'

export interface SessionListOptions extends StoreRecordsOptions {
  readonly revocations: Revocations
  /** The store, with a separate circuit breaker, because a list that cannot be stored must not affect sessions. */
  readonly listStore: ReliableStore
  /** A function that is called with the error if a new session could not be added to a list. */
  readonly onUnlisted: (error: IdentityError) => void
  /** A function that is called if a list cannot be decrypted. */
  readonly onUnreadableList: () => void
}

/** A session and the store key of its record. */
export interface ListedRecord {
  readonly key: string
  readonly session: Session
}

/**
 * The lists of the sessions that a user has. The store has a list for each identifier of a user: `sub`, `oid`, and the `id`
 * that `onLogin` returned.
 *
 * A list only says which records to read. The record of a session and its revocation markers decide whether the session is
 * valid and whose session it is, so a list that is old or incomplete cannot restore or reveal a session.
 */
export interface SessionLists {
  /** Adds a session that has just started. It does not reject. */
  add(record: ListedRecord): Promise<void>
  /** Returns the valid sessions of a user, the newest one first. */
  read(selector: SessionSelector): Promise<readonly ListedRecord[]>
  /** Ends one session. */
  end(record: ListedRecord): Promise<void>
  /**
   * Returns the string by which applications name a session. It is a hash of the random ID, so it does not depend on the
   * secret, and it does not reveal the ID.
   */
  handleOf(session: Session): Promise<string>
}

/** An entry of a list. */
interface ListEntry {
  /** The store key of the session's record. */
  readonly key: string
  readonly endsAt: number
}

const USER_KINDS: ReadonlySet<string> = new Set(['sub', 'oid', 'user'])
/** The maximum number of sessions in a list, and of keys in one call to the store. */
const MAX = 100
/** The maximum time in seconds that a server needs to change a list, and that a sign-in waits for another server. */
const LOCK_SECONDS = 2
const WAIT_SECONDS = 1

export function createSessionLists(options: SessionListOptions): SessionLists {
  const { owner, name, store, revocations, lifetimes, now } = options
  const records = createStoreRecords(options)
  const encrypted = createEncryptedLists(options)

  return {
    async add({ key, session }) {
      const selectors = selectorsOf(session).filter(([kind]) => USER_KINDS.has(kind))
      const entry = { key, endsAt: session.endsAt }
      const results = await Promise.allSettled(
        selectors.map(async ([kind, value]) =>
          addEntry(options, encrypted, { at: await encrypted.keyOf({ kind, value }), entry }),
        ),
      )
      const failed = results.find((result) => result.status === 'rejected')
      if (failed !== undefined) options.onUnlisted(failed.reason as IdentityError)
    },

    async read(selector) {
      const list = await encrypted.read(store, await encrypted.keyOf(selector))
      if (list.length === 0) return []
      const values = await store.getMany(list.map(({ key }) => key))
      const found: ListedRecord[] = []
      for (const [index, { key }] of list.entries()) {
        const value = values[index]
        if (value === undefined) continue
        const session = await records.decryptSession(toStoreKeys(key), value)
        if (session === undefined || !isLive(session, lifetimes, now())) continue
        // The user of a session can change after the session started.
        if (selectsSession(selector, session)) found.push({ key, session })
      }
      return unlessRevoked(options, found)
    },

    async end({ key, session }) {
      await revocations.revoke(session)
      await records.delete(toStoreKeys(key))
      options.onEnd?.({ kind: 'id', value: session.id })
    },

    handleOf: async ({ id }) => sha256(JSON.stringify(['session handle', owner, name, id])),
  }
}

/** The lists as the store contains them. */
interface EncryptedLists {
  keyOf(selector: SessionSelector): Promise<string>
  /** Returns an empty list if the list cannot be decrypted. */
  read(from: ReliableStore, key: string): Promise<readonly ListEntry[]>
  encrypt(list: StoredList): MaybePromise<string>
}

/** The content of a list before its encryption. */
interface StoredList {
  /** The store key for which the list was written. */
  readonly at: string
  readonly entries: readonly ListEntry[]
}

function createEncryptedLists(options: SessionListOptions): EncryptedLists {
  const { owner, name, secrets } = options
  const encryption = createEncryption(secrets, encryptionPurpose('session list', owner, name))
  return {
    async keyOf({ kind, value }) {
      return `identity:list:${await sha256(JSON.stringify([owner, name, kind, value]))}`
    },

    async read(from, key) {
      const [encrypted] = await from.getMany([key])
      if (encrypted === undefined) return []
      const list = (await encryption.decrypt(encrypted)) as StoredList | undefined
      // The list of another key belongs to another user.
      if (list?.at === key) return list.entries
      options.onUnreadableList()
      return []
    },

    encrypt: (list) => encryption.encrypt(list),
  }
}

async function addEntry(
  { listStore, now }: SessionListOptions,
  encrypted: EncryptedLists,
  { at, entry }: { readonly at: string; readonly entry: ListEntry },
): Promise<void> {
  for await (const _ of tries(WAIT_SECONDS)) {
    const lock = await listStore.lock?.(at, LOCK_SECONDS)
    if (lock === undefined && listStore.lock !== undefined) continue
    try {
      const list = await encrypted.read(listStore, at)
      const live = list.filter(({ endsAt }) => now() < endsAt)
      const kept = live.length < MAX ? live : await storedOf(listStore, live)
      const entries = [entry, ...kept].slice(0, MAX)
      const value = await encrypted.encrypt({ at, entries })
      const seconds = Math.max(...entries.map(({ endsAt }) => endsAt)) - now()
      // If another server took the lock in the meantime, the list must be read again.
      if ((await (lock ?? listStore).set(at, value, seconds)) !== false) return
    } finally {
      // If the release fails, the lock expires.
      await lock?.release().catch(() => undefined)
    }
  }
  throw new IdentityError(
    'store_unavailable',
    'Other sign-ins of the same user kept the lock of the list.',
    { reason: 'store_timeout' },
  )
}

/** Returns the entries whose sessions are stored. The others have ended. */
async function storedOf(
  store: ReliableStore,
  entries: readonly ListEntry[],
): Promise<readonly ListEntry[]> {
  const values = await store.getMany(entries.map(({ key }) => key))
  return entries.filter((_, index) => values[index] !== undefined)
}

/** Returns the sessions that no marker revokes. */
async function unlessRevoked(
  { revocations, store }: SessionListOptions,
  found: readonly ListedRecord[],
): Promise<ListedRecord[]> {
  const markers = await Promise.all(
    found.map(async ({ session }) => revocations.markersOf(session)),
  )
  const keys = [...new Set(markers.flat().map(({ key }) => key))]
  const values = new Map<string, string | undefined>()
  for (let start = 0; start < keys.length; start += MAX) {
    const some = keys.slice(start, start + MAX)
    const stored = await store.getMany(some)
    for (const [index, key] of some.entries()) values.set(key, stored[index])
  }
  return found.filter(
    (_, index) =>
      !markers[index]?.some((marker) => indicatesRevocation(marker, values.get(marker.key))),
  )
}
