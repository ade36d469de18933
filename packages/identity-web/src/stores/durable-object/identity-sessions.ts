import { jsonResponse } from '../../fetch-api.ts'
import type { SessionObjectState, SessionObjectStorage } from './cloudflare.ts'

/**
 * How long the object remembers the last owner of a lock after the lock expired, in milliseconds. It must be longer than a
 * server may be suspended between acquiring the lock and writing.
 */
const FENCE_TTL = 10 * 60 * 1000

/**
 * The class of the Durable Object that stores the sessions. Export it from your worker, and bind it with
 * `new_sqlite_classes`. Your code does not call it. `durableObjectStore` does.
 *
 * An alarm deletes expired sessions, at most once a minute.
 *
 * @example
 * ```ts
 * // The main file of the worker
 * export { IdentitySessions } from 'identity-web/durable-object'
 * ```
 * @public
 */
export class IdentitySessions {
  /** Tells the types of Cloudflare that this is the class of a Durable Object. It does not exist at run time. */
  declare readonly __DURABLE_OBJECT_BRAND: never

  readonly #table: ReturnType<typeof createExpiringTable>

  /**
   * Creates the table of the sessions. Cloudflare calls the constructor.
   *
   * @param state - The state of the object.
   * @throws An error of Cloudflare, if the class is bound with `new_classes` instead of `new_sqlite_classes`.
   *
   * @example
   * ```ts
   * // Only to extend the class
   * export class Sessions extends IdentitySessions {}
   * ```
   */
  constructor(state: SessionObjectState) {
    this.#table = createExpiringTable(state.storage)
  }

  /**
   * Responds to a call of `durableObjectStore`.
   *
   * @param request - The call.
   * @returns The result as JSON.
   * @throws The error of the storage. The user then gets a response with status 503.
   *
   * @example
   * ```ts
   * const stub = env.SESSIONS.get(env.SESSIONS.idFromName('sessions'))
   * await stub.fetch(url, { method: 'POST', body })
   * ```
   */
  async fetch(request: Request): Promise<Response> {
    const call = (await request.json()) as StoreCall
    // Cloudflare delivers another request only while this one waits, so a call is atomic.
    const result = this.#run(call)
    await this.#table.schedule()
    return jsonResponse(result)
  }

  /**
   * Deletes expired sessions. Cloudflare calls it.
   *
   * @throws The error of the storage. Cloudflare then repeats the alarm.
   *
   * @example
   * ```ts
   * await storage.setAlarm(time)
   * ```
   */
  async alarm(): Promise<void> {
    this.#table.sweep()
    await this.#table.schedule()
  }

  #run(call: StoreCall): StoreResults[StoreCall['method']] {
    const table = this.#table
    switch (call.method) {
      case 'getMany':
        return call.keys.map((key) => table.get(key))
      case 'set':
        if (call.owner !== undefined && table.get(fenceOf(call.key)) !== call.owner) return false
        table.set(call.key, call.value, call.ttlMs)
        return true
      case 'delete':
        table.delete(call.key)
        return true
      case 'touch':
        table.touch(call.key, call.ttlMs)
        return true
      case 'lock':
        return this.#lock(call.key, call.owner, call.ttlMs)
      case 'release':
        return this.#release(call.key, call.owner)
      default:
        // A worker of a later version may send it during a deployment. It must not look like a success.
        throw new Error('IdentitySessions does not know this call. Deploy the worker again.')
    }
  }

  /** Cloudflare may repeat a call whose connection broke. The repetition then finds the lock of the first call. */
  #lock(key: string, owner: string, ttlMs: number): boolean {
    const current = this.#table.get(lockOf(key))
    if (current !== null && current !== owner) return false
    this.#table.set(lockOf(key), owner, ttlMs)
    this.#table.set(fenceOf(key), owner, ttlMs + FENCE_TTL)
    return true
  }

  #release(key: string, owner: string): true {
    for (const name of [lockOf(key), fenceOf(key)])
      if (this.#table.get(name) === owner) this.#table.delete(name)
    return true
  }
}

// The keys of a store do not contain a space.
const lockOf = (key: string): string => `lock ${key}`
const fenceOf = (key: string): string => `fence ${key}`

/** A call of the store, as the worker sends it to the object. It has the arguments of the method with this name. */
export type StoreCall =
  | { readonly method: 'getMany'; readonly keys: readonly string[] }
  | {
      readonly method: 'set'
      readonly key: string
      readonly value: string
      readonly ttlMs: number
      /** The owner of the lock of this key, if the value may be stored only with the lock. */
      readonly owner?: string
    }
  | { readonly method: 'delete'; readonly key: string }
  | { readonly method: 'touch'; readonly key: string; readonly ttlMs: number }
  | {
      readonly method: 'lock'
      readonly key: string
      readonly ttlMs: number
      readonly owner: string
    }
  | { readonly method: 'release'; readonly key: string; readonly owner: string }

/** The result of each method, as JSON. */
export interface StoreResults {
  readonly getMany: readonly (string | null)[]
  /** `false` if another server acquired the lock in the meantime. */
  readonly set: boolean
  readonly delete: boolean
  readonly touch: boolean
  /** `false` if another server has the lock. */
  readonly lock: boolean
  readonly release: boolean
}

/** Milliseconds between two sweeps. Without a pause, each session would cause an alarm, and Cloudflare charges for them. */
const SWEEP_PAUSE = 60_000

/**
 * Creates the table of strings that expire, unless an earlier instance of the object created it. Every method is atomic,
 * because it does not wait.
 */
function createExpiringTable(storage: SessionObjectStorage) {
  const { sql } = storage
  sql.exec(
    'CREATE TABLE IF NOT EXISTS entries (key TEXT PRIMARY KEY, value TEXT NOT NULL, until REAL NOT NULL)',
  )
  sql.exec('CREATE INDEX IF NOT EXISTS entries_until ON entries (until)')
  let lastSweep = -Infinity
  let alarm = Infinity

  return {
    get(key: string): string | null {
      const rows = sql.exec(
        'SELECT value FROM entries WHERE key = ? AND until > ?',
        key,
        Date.now(),
      )
      const [row] = rows.toArray() as { readonly value: string }[]
      return row?.value ?? null
    },

    set(key: string, value: string, ttlMs: number): void {
      sql.exec(
        'INSERT INTO entries (key, value, until) VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value, until = excluded.until',
        key,
        value,
        Date.now() + ttlMs,
      )
    },

    delete(key: string): void {
      sql.exec('DELETE FROM entries WHERE key = ?', key)
    },

    touch(key: string, ttlMs: number): void {
      const now = Date.now()
      sql.exec('UPDATE entries SET until = ? WHERE key = ? AND until > ?', now + ttlMs, key, now)
    },

    /** Deletes the expired entries. */
    sweep(): void {
      lastSweep = Date.now()
      // An alarm happens once.
      alarm = Infinity
      sql.exec('DELETE FROM entries WHERE until <= ?', lastSweep)
    },

    /** Sets the alarm for the next `sweep`, if the last call requires another time. */
    async schedule(): Promise<void> {
      const rows = sql.exec('SELECT min(until) AS first FROM entries').toArray()
      const [{ first }] = rows as [{ readonly first: number | null }]
      if (first === null) return
      const next = Math.max(first, lastSweep + SWEEP_PAUSE)
      if (next >= alarm) return
      alarm = next
      await storage.setAlarm(next)
    },
  }
}
