// The lists of the sessions of a user.
import { sha256 } from '../../base64.ts'
import { createEncryption, encryptionPurpose } from '../../encryption/index.ts'
import { configurationError, IdentityError } from '../../errors.ts'
import { isLive, type Session } from '../session.ts'
import { tries, type ReliableStore } from '../../reliable-store.ts'
import {
  indicatesRevocation,
  selectorsOf,
  selectsSession,
  type Revocations,
  type SessionSelector,
} from './revocations.ts'
import { createStoreRecords, toStoreKeys, type StoreRecordsOptions } from './store-records.ts'

// The store has a list of sessions for each identifier of a user: `sub`, `oid`, and the `id` that `onLogin` returned. A list
// only says which records to read. The record of a session and its revocation markers decide whether the session is valid and
// whose session it is, so a list that is old or incomplete cannot restore or reveal a session.

export interface SessionListOptions extends StoreRecordsOptions {
  readonly revocations: Revocations
  /** The store, with a separate circuit breaker, because a list that cannot be stored must not affect sessions. */
  readonly listStore: ReliableStore
  /** Called if a session could not be added to a list, or if a list cannot be read. */
  readonly onUnlisted: (error: IdentityError) => void
}

/** A session and the store key of its record. */
export interface ListedRecord {
  readonly key: string
  readonly session: Session
  /**
   * The string by which applications identify the session. It is a hash of the random ID, so it does not depend on the
   * secret or reveal the ID.
   */
  readonly handle: string
}

/** An entry of a list. The newest entry of the list is first. */
interface ListEntry {
  /** The store key of the session's record. */
  readonly key: string
  readonly endsAt: number
}

/** The maximum number of sessions in a list. */
const MAX = 100
/** The maximum time in seconds that a server needs to change a list. */
const LOCK_SECONDS = 2
/** The maximum time in seconds that a sign-in waits for the lock of another server. */
const WAIT_SECONDS = 1

/** Adds a session that has just started to its user's lists. It does not reject. */
export async function addToLists(
  options: SessionListOptions,
  key: string,
  session: Session,
): Promise<void> {
  const users = selectorsOf(session).filter(([kind]) => kind !== 'sid' && kind !== 'tid')
  const entry: ListEntry = { key, endsAt: session.endsAt }
  const added = users.map(([kind, value]) => addEntry(options, { kind, value }, entry))
  await Promise.all(added).catch(options.onUnlisted)
}

export type AddToLists = typeof addToLists

/** Returns a user's valid sessions, the newest one first. */
export async function readSessions(
  options: SessionListOptions,
  selector: SessionSelector,
): Promise<ListedRecord[]> {
  const { owner, name, store } = options
  const list = await listOf(options, selector)
  const valid = await validOf(options, selector, await list.read(store))
  return Promise.all(
    valid.map(async ({ entry: { key }, session }) => {
      const handle = await sha256(JSON.stringify(['session handle', owner, name, session.id]))
      return { key, session, handle }
    }),
  )
}

/**
 * Returns a list's entries whose sessions are valid, with these sessions. One call to the store reads all records, and
 * a later one all markers, so a session that ends in the meantime is not valid.
 */
async function validOf(
  options: StoreRecordsOptions & Pick<SessionListOptions, 'revocations'>,
  selector: SessionSelector,
  entries: readonly ListEntry[],
): Promise<{ readonly entry: ListEntry; readonly session: Session }[]> {
  const { store, revocations, lifetimes, now } = options
  if (entries.length === 0) return []
  const values = await store.getMany(entries.map(({ key }) => key))
  const records = createStoreRecords(options)
  const stored = await Promise.all(
    entries.map(async (entry, index) => {
      const value = values[index]
      const session = value && (await records.decryptSession(toStoreKeys(entry.key), value))
      // The user of a session can change after the session started.
      if (!session || !selectsSession(selector, session)) return []
      return [{ entry, session, markers: await revocations.markersOf(session) }]
    }),
  )
  const found = stored.flat().filter(({ session }) => isLive(session, lifetimes, now()))
  // Sessions of a user share most of their markers.
  const keys = [...new Set(found.flatMap(({ markers }) => markers.map(({ key }) => key)))]
  if (keys.length === 0) return []
  const marked = await store.getMany(keys)
  const valueOf = new Map(keys.map((key, index) => [key, marked[index]]))
  return found.filter(
    ({ markers }) => !markers.some((one) => indicatesRevocation(one, valueOf.get(one.key))),
  )
}

export async function endSession(
  options: SessionListOptions,
  { key, session }: ListedRecord,
): Promise<void> {
  await options.revocations.revoke(session)
  await createStoreRecords(options).delete(toStoreKeys(key))
  options.onEnd?.({ kind: 'id', value: session.id })
}

async function addEntry(
  options: SessionListOptions,
  selector: SessionSelector,
  entry: ListEntry,
): Promise<void> {
  const { listStore: store, now } = options
  const list = await listOf(options, selector)
  for await (const _ of tries(WAIT_SECONDS)) {
    const lock = await store.lock?.(list.at, LOCK_SECONDS)
    if (lock === undefined && store.lock !== undefined) continue
    try {
      const live = (await list.read(store)).filter(({ endsAt }) => now() < endsAt)
      // If the list is full, sessions that have ended leave it first.
      const valid = live.length < MAX ? [] : await validOf({ ...options, store }, selector, live)
      const kept = live.length < MAX ? live : valid.map((one) => one.entry)
      const entries = [entry, ...kept].slice(0, MAX)
      const seconds = Math.max(...entries.map(({ endsAt }) => endsAt)) - now()
      // If another server took the lock in the meantime, the list must be read again.
      const value = await list.encrypt(entries)
      if ((await (lock ?? store).set(list.at, value, seconds)) !== false) return
    } finally {
      // If the release fails, the lock expires.
      await lock?.release().catch(() => undefined)
    }
  }
  const message = 'Other sign-ins of the same user kept the lock of the list.'
  throw new IdentityError('store_unavailable', message, { reason: 'store_timeout' })
}

/** Returns the key of a user's list, and the functions that decrypt and encrypt it. */
async function listOf(options: SessionListOptions, { kind, value }: SessionSelector) {
  const { owner, name, secrets } = options
  const at = `identity:list:${await sha256(JSON.stringify([owner, name, kind, value]))}`
  // The purpose contains the key, so a list that was copied from another user cannot be decrypted.
  const encryption = createEncryption(secrets, encryptionPurpose('session list', at))
  return {
    at,
    encrypt: async (entries: readonly ListEntry[]) => encryption.encrypt(entries),
    async read(store: ReliableStore): Promise<readonly ListEntry[]> {
      const [encrypted] = await store.getMany([at])
      if (encrypted === undefined) return []
      const entries = await encryption.decrypt(encrypted)
      // Another version of the library may have written the list.
      if (Array.isArray(entries)) return entries.filter(isEntry)
      options.onUnlisted(configurationError(UNREADABLE, { hint: HINT }))
      return []
    },
  }
}

function isEntry(value: unknown): value is ListEntry {
  const { key, endsAt } = Object(value) as Partial<ListEntry>
  return typeof key === 'string' && typeof endsAt === 'number'
}

const UNREADABLE = 'A list of sessions in the store cannot be read.'
const HINT =
  'Use the same session.secret (IDENTITY_SESSION_SECRET) on all servers. To replace the secret, keep the old one in the list: Auth({ session: { secret: [new, old] } }).'
