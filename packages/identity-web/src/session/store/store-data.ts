// Detects that a store lost its data.
import { random } from '../../base64.ts'
import type { MaybePromise } from '../../maybe-promise.ts'
import type { Lifetimes } from '../session.ts'
import type { ReliableStore } from '../../reliable-store.ts'

/**
 * Detects that a store lost its data, for example after `FLUSHALL` or a restart without a file.
 *
 * The store contains an ID of its data, which is kept longer than every session that started with this ID. If the ID is
 * missing or different, the store lost its data after the session started, and may also have lost the marker that ended
 * the session.
 */
export interface StoreData {
  key(): MaybePromise<string>
  /**
   * Returns the ID, and creates it if it is missing. Called when a session starts.
   *
   * @param stored - The value that the store has now.
   */
  idFor(stored: string | undefined): Promise<string>
  /**
   * Returns whether the store still has the data with the given ID. Reports a loss once.
   *
   * @param stored - The value that the store has now.
   */
  isIntact(id: string | undefined, stored: string | undefined): boolean
  /**
   * Reads the ID, at most once in a few seconds, and reports a loss if it is not the ID that this process knows. If
   * this process does not know an ID yet, it remembers this one.
   */
  check(): Promise<void>
  /** Returns the longest absolute lifetime of a session that any server used, in seconds. */
  longestLifetime(stored: string | undefined): number
}

export interface StoreDataOptions {
  readonly key: () => MaybePromise<string>
  readonly lifetimes: Lifetimes
  /** The time in seconds for which the ID is kept after its sessions have expired. */
  readonly slack: number
  /** Returns the Unix time in seconds. */
  readonly now: () => number
  /** Called once for each loss that this process detects. */
  readonly onLoss: () => void
}

interface StoredData {
  readonly id: string
  /** The time at which the ID was written, as Unix time in seconds. */
  readonly writtenAt: number
  /** The longest absolute lifetime of its sessions, in seconds. */
  readonly longest: number
}

/** The last value that this process read. */
interface KnownData extends StoredData {
  readonly value: string
  /** The Unix time in seconds until which the value stays in the store. Another server may have extended this time. */
  readonly expiresAt: number
}

/** The maximum time in seconds that a server needs to create the ID. */
const LOCK_SECONDS = 2
/**
 * The number of times that a server looks for the ID that another server creates. The next constant is the pause in
 * seconds.
 */
const TRIES = 20
const RETRY_PAUSE_SECONDS = 0.025
/**
 * The time in seconds after which a server reads a new ID again, if the store does not have locks. Until the write
 * of another server has ended, that server can replace the ID.
 */
const SETTLE_SECONDS = 0.1
/** The age in seconds up to which an ID counts as new. */
const NEW_SECONDS = 2
/** The minimum time between two checks, in seconds, because unauthenticated requests can cause checks. */
const CHECK_SECONDS = 5

export function createStoreData(store: ReliableStore, options: StoreDataOptions): StoreData {
  const { key, lifetimes, slack, now, onLoss } = options
  let known: KnownData | undefined
  const reported = new Set<string>()
  let creating: Promise<string> | undefined
  let checkedAt = -Infinity

  function report(lost: string): void {
    if (reported.has(lost)) return
    reported.add(lost)
    onLoss()
  }

  // Twice the lifetime of a session, so that a sign-in in the second half of this time can extend its life.
  const ttlOf = ({ longest }: Pick<StoredData, 'longest'>): number => 2 * (longest + slack)

  /** @param found - The data that the store has now. */
  function reportIfLost(found: StoredData | undefined): void {
    if (known === undefined || known.id === found?.id) return
    // An ID expires if users do not sign in for a long time. That is not a loss. The clocks of servers can differ.
    if (now() + slack < known.expiresAt) report(known.id)
  }

  /**
   * Remembers the store's current value, and reports a loss if the store does not have the known value anymore.
   */
  function observe(stored: string | undefined): KnownData | undefined {
    if (known !== undefined && stored === known.value) return known
    const data = parse(stored)
    reportIfLost(data)
    if (stored === undefined || data === undefined) return undefined
    known = { ...data, value: stored, expiresAt: data.writtenAt + ttlOf(data) }
    return known
  }

  async function write(data: Pick<StoredData, 'id' | 'longest'>): Promise<string> {
    const value = `${data.id} ${now()} ${data.longest}`
    await store.set(await key(), value, ttlOf(data))
    return value
  }

  async function read(): Promise<string | undefined> {
    const [stored] = await store.getMany([await key()])
    return stored
  }

  /** Looks again for the ID that a sign-in did not find, and reports a loss if the ID is not in the store. */
  async function findAgain(): Promise<string | undefined> {
    const before = known
    const stored = await read()
    const found = parse(stored)
    // Another request may have read a newer value in the meantime.
    if (known === before) reportIfLost(found)
    return found === undefined ? undefined : stored
  }

  const writeNew = (): Promise<string> => write({ id: random(12), longest: lifetimes.absolute })

  async function create(): Promise<string> {
    // Two servers that create an ID at the same moment would end each other's first sessions.
    for (let tries = 0; store.lock !== undefined && tries < TRIES; tries++) {
      const lock = await store.lock(await key(), LOCK_SECONDS)
      const found = await findAgain()
      if (found !== undefined) {
        await lock?.release()
        return found
      }
      if (lock !== undefined) {
        try {
          return await writeNew()
        } finally {
          await lock.release()
        }
      }
      await pause(RETRY_PAUSE_SECONDS)
    }
    return settle((await findAgain()) ?? (await writeNew()))
  }

  /** Waits until other servers do not replace a new ID anymore. */
  async function settle(value: string): Promise<string> {
    let last = value
    for (let tries = 0; tries < TRIES; tries++) {
      await pause(SETTLE_SECONDS)
      const found = await read()
      if (parse(found) === undefined || found === last) break
      last = found as string
    }
    return last
  }

  function mayBeReplaced({ id, writtenAt }: StoredData): boolean {
    return store.lock === undefined && id !== known?.id && now() < writtenAt + NEW_SECONDS
  }

  async function extend({ id, longest, expiresAt }: KnownData): Promise<void> {
    if (longest < lifetimes.absolute) observe(await write({ id, longest: lifetimes.absolute }))
    else if (now() >= expiresAt - longest - slack) {
      // `touch` cannot restore an ID that was lost in the meantime.
      if (store.touch === undefined) observe(await write({ id, longest }))
      else {
        await store.touch(await key(), ttlOf({ longest }))
        if (known?.id === id) known = { ...known, expiresAt: now() + ttlOf({ longest }) }
      }
    }
  }

  return {
    key,

    async idFor(stored) {
      const found = parse(stored)
      const isUsable = found !== undefined && !mayBeReplaced(found)
      if (!isUsable) creating ??= create().finally(() => (creating = undefined))
      const data = observe(isUsable ? stored : await creating) as KnownData
      await extend(data)
      return data.id
    },

    isIntact(id, stored) {
      // The first part of the value. Nearly every request takes this way.
      if (id !== undefined && stored?.startsWith(id) === true && stored[id.length] === ' ') {
        if (known === undefined) observe(stored)
        return true
      }
      // A session without an ID started before the deny-list was configured.
      if (id !== undefined) report(id)
      return false
    },

    async check() {
      // The clock can jump back.
      if (creating !== undefined || Math.abs(now() - checkedAt) < CHECK_SECONDS) return
      checkedAt = now()
      const before = known
      const stored = await read()
      // A sign-in may have read or created a newer value in the meantime.
      if (known !== before) return
      const data = observe(stored)
      if (data !== undefined) await extend(data)
    },

    longestLifetime: (stored) => Math.max(lifetimes.absolute, parse(stored)?.longest ?? 0),
  }
}

function pause(seconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, seconds * 1000))
}

function parse(stored: string | undefined): StoredData | undefined {
  const [, id, writtenAt, longest] = /^([\w-]+) (\d+) (\d+(?:\.\d+)?)$/.exec(stored ?? '') ?? []
  return id === undefined
    ? undefined
    : { id, writtenAt: Number(writtenAt), longest: Number(longest) }
}
