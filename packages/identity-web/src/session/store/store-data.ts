import { random } from '../../base64.ts'
import type { MaybePromise } from '../../maybe-promise.ts'
import type { Lifetimes } from '../session.ts'
import type { ReliableStore } from './reliable-store.ts'

/**
 * Detects that a store lost its data, for example after `FLUSHALL` or a restart without a file.
 *
 * The store contains an ID of its data. The ID outlives every session that started with it. If it is missing, or if it is
 * another one, then the store lost its data after the session started, and with it perhaps the end of that session.
 */
export interface StoreData {
  /** Returns the key of the ID. */
  key(): MaybePromise<string>
  /**
   * Returns the ID, and creates it if it is missing. Called when a session starts.
   *
   * @param stored - The value that the store has now.
   */
  idFor(stored: string | undefined): Promise<string>
  /**
   * Returns whether the store still has the data of an ID. Reports a loss once.
   *
   * @param stored - The value that the store has now.
   */
  isIntact(id: string | undefined, stored: string | undefined): boolean
  /** Reports a loss if the store does not have the ID anymore that this process knows. */
  check(): Promise<void>
  /** Returns the longest absolute lifetime of a session that any server used, in seconds. */
  longestLifetime(stored: string | undefined): number
}

/** The options of {@link createStoreData}. */
export interface StoreDataOptions {
  readonly key: () => MaybePromise<string>
  readonly lifetimes: Lifetimes
  /** Seconds that the ID outlives its sessions. */
  readonly slack: number
  /** Returns the Unix time in seconds. */
  readonly now: () => number
  /** Called once for each loss that this process detects. */
  readonly onLoss: () => void
}

/** The stored value. */
interface StoredData {
  readonly id: string
  /** When it was written, as Unix time in seconds. */
  readonly writtenAt: number
  /** The longest absolute lifetime of its sessions, in seconds. */
  readonly longest: number
}

/** Seconds for which a server may need to create the ID. */
const LOCK_SECONDS = 2
/** How often a server looks for the ID that another server creates, and the pause in milliseconds. */
const TRIES = 20
const PAUSE = 25

/** Creates the detection of lost data. */
export function createStoreData(store: ReliableStore, options: StoreDataOptions): StoreData {
  const { key, lifetimes, slack, now, onLoss } = options
  /** The last ID that this process read. */
  let known: string | undefined
  const reported = new Set<string>()
  let creating: Promise<string> | undefined

  function report(lost: string): void {
    if (reported.has(lost)) return
    reported.add(lost)
    onLoss()
  }

  async function write(data: Omit<StoredData, 'writtenAt'>): Promise<void> {
    const value = `${data.id} ${now()} ${data.longest}`
    // Twice the lifetime of a session, so that a sign-in in the second half of this time can extend its life.
    await store.set(await key(), value, 2 * (data.longest + slack))
  }

  async function read(): Promise<StoredData | undefined> {
    const [stored] = await store.getMany([await key()])
    return parse(stored)
  }

  async function create(): Promise<string> {
    // Two servers that create an ID at the same moment would end each other's first sessions.
    for (let tries = 0; store.lock !== undefined && tries < TRIES; tries++) {
      const lock = await store.lock(await key(), LOCK_SECONDS)
      const found = await read()
      if (found !== undefined) {
        await lock?.release()
        return found.id
      }
      if (lock !== undefined) {
        try {
          return await writeNew()
        } finally {
          await lock.release()
        }
      }
      await new Promise((resolve) => setTimeout(resolve, PAUSE))
    }
    return writeNew()
  }

  async function writeNew(): Promise<string> {
    const id = random(12)
    await write({ id, longest: lifetimes.absolute })
    // Without locks, another server may have replaced it in the meantime.
    return (await read())?.id ?? id
  }

  async function extend({ id, longest, writtenAt }: StoredData): Promise<void> {
    if (longest < lifetimes.absolute) await write({ id, longest: lifetimes.absolute })
    else if (now() >= writtenAt + longest + slack) {
      // `touch` cannot restore an ID that was lost in the meantime.
      if (store.touch === undefined) await write({ id, longest })
      else await store.touch(await key(), 2 * (longest + slack))
    }
  }

  return {
    key,

    async idFor(stored) {
      const data = parse(stored)
      if (known !== undefined && known !== data?.id) report(known)
      if (data !== undefined) {
        await extend(data)
        known = data.id
        return data.id
      }
      creating ??= create().finally(() => (creating = undefined))
      known = await creating
      return known
    },

    isIntact(id, stored) {
      // The first part of the value. Nearly every request takes this way.
      if (id !== undefined && stored?.startsWith(id) === true && stored[id.length] === ' ') {
        known = id
        return true
      }
      // A session without an ID started before the deny-list was configured.
      if (id !== undefined) report(id)
      return false
    },

    async check() {
      const before = known
      if (before === undefined || reported.has(before)) return
      if ((await read())?.id !== before) report(before)
    },

    longestLifetime: (stored) => Math.max(lifetimes.absolute, parse(stored)?.longest ?? 0),
  }
}

function parse(stored: string | undefined): StoredData | undefined {
  const [, id, writtenAt, longest] = /^([\w-]+) (\d+) (\d+(?:\.\d+)?)$/.exec(stored ?? '') ?? []
  return id === undefined
    ? undefined
    : { id, writtenAt: Number(writtenAt), longest: Number(longest) }
}
