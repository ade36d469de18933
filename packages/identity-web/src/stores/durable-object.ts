// A store in Durable Objects of Cloudflare.
import { random } from '../base64.ts'
import { configurationError } from '../errors.ts'
import type { SessionStore, StoreLock } from '../store.ts'
import { jsonResponse } from '../fetch-api.ts'

export { IdentityError, type ErrorReason, type IdentityErrorCode } from '../errors.ts'
export type * from '../register.ts'
export type { SessionStore, StoreLock } from '../store.ts'

/**
 * Options of `durableObjectStore`.
 *
 * @public
 */
export interface DurableObjectStoreOptions {
  /**
   * The object's name. Set it when several applications share one namespace. If you change it, your users must sign in
   * again.
   *
   * @defaultValue `'sessions'`
   * @example
   * ```ts
   * import { durableObjectStore } from 'identity-web/durable-object'
   *
   * const store = durableObjectStore(env.SESSIONS, { name: 'shop' })
   * ```
   */
  readonly name?: string | undefined
  /**
   * The region where Cloudflare creates the object, such as `'weur'` or `'enam'`. Choose the region where most of your
   * users are, because each guarded request travels to the object, and an existing object does not move.
   *
   * @defaultValue a data center near the first request
   * @example
   * ```ts
   * import { durableObjectStore } from 'identity-web/durable-object'
   *
   * const store = durableObjectStore(env.SESSIONS, { locationHint: 'weur' })
   * ```
   */
  readonly locationHint?: string | undefined
}

/** A URL that the runtime accepts and the object ignores. */
const URL_OF_OBJECT = 'https://sessions.invalid/'

/**
 * Creates a session store in a Durable Object of Cloudflare Workers. It supports everything that a store can do:
 * several values in one request, and a lock, so that only one instance of your worker refreshes a session's tokens.
 *
 * One object contains all sessions. Each guarded request sends one request to it, and each read sees the last write.
 *
 * @param namespace - The binding of the class `IdentitySessions`, which your worker exports.
 * @param options - The name and the region of the object.
 * @returns The store for the option `session.store`.
 * @throws IdentityError `configuration` if the value is not a Durable Object namespace.
 *
 * @example
 * ```ts
 * export { IdentitySessions } from 'identity-web/durable-object'
 *
 * const auth = new Auth(app, (env: Bindings) => ({
 *   session: { store: durableObjectStore(env.SESSIONS) },
 * }))
 * ```
 * @public
 */
export function durableObjectStore(
  namespace: SessionObjectNamespace,
  options: DurableObjectStoreOptions = {},
): Required<SessionStore> {
  const { name = 'sessions', locationHint } = options
  // The type excludes other values, but a binding that wrangler does not know is undefined.
  if (typeof (Object(namespace) as SessionObjectNamespace).idFromName !== 'function') {
    throw configurationError(
      'durableObjectStore() requires a Durable Object namespace, for example durableObjectStore(env.SESSIONS). Export IdentitySessions from your worker. In wrangler.jsonc, add a binding of this class to durable_objects, and add the class to new_sqlite_classes.',
    )
  }

  async function send<const Call extends StoreCall>(
    call: Call,
  ): Promise<StoreResults[Call['method']]> {
    // A stub that failed once fails always, so each call gets its own.
    const stub = namespace.get(
      namespace.idFromName(name) as never,
      (locationHint === undefined ? undefined : { locationHint }) as never,
    )
    const response = await stub.fetch(URL_OF_OBJECT, { method: 'POST', body: JSON.stringify(call) })
    return (await response.json()) as StoreResults[Call['method']]
  }

  const getMany = (keys: readonly string[]): Promise<readonly (string | null)[]> =>
    send({ method: 'getMany', keys })

  return {
    async get(key) {
      const [value] = await getMany([key])
      return value
    },
    getMany,
    set: (key, value, ttlMs) => send({ method: 'set', key, value, ttlMs }),
    delete: (key) => send({ method: 'delete', key }),
    touch: (key, ttlMs) => send({ method: 'touch', key, ttlMs }),

    async lock(key, ttlMs): Promise<StoreLock | undefined> {
      const owner = random(16)
      if (!(await send({ method: 'lock', key, ttlMs, owner }))) return undefined
      return {
        set: (name_, value, lifetime) =>
          send({ method: 'set', key: name_, value, ttlMs: lifetime, owner }),
        async release() {
          await send({ method: 'release', key, owner })
        },
      }
    },
  }
}

// The parts of Cloudflare's API that the store uses. The library does not depend on the types of Cloudflare.

/**
 * The methods of a Durable Object namespace that this library calls. A binding with the type `DurableObjectNamespace`
 * fits.
 *
 * @public
 */
export interface SessionObjectNamespace {
  /**
   * Returns an object's ID.
   *
   * @param name - The object's name.
   */
  idFromName(name: string): unknown
  /**
   * Returns a stub, which sends requests to an object.
   *
   * @param id - The object's ID.
   * @param options - Where Cloudflare creates the object.
   */
  get(id: never, options?: never): SessionObjectStub
}

/**
 * The method of a Durable Object's stub that this library calls.
 *
 * @public
 */
interface SessionObjectStub {
  /**
   * Sends a request to the object.
   *
   * @param url - A URL that the runtime accepts. The object ignores it.
   * @param init - The method and the body.
   */
  fetch(
    url: string,
    init: { readonly method: string; readonly body: string },
  ): Promise<{
    /** Returns the value that the body contains as JSON. */
    json(): Promise<unknown>
  }>
}

/**
 * The part of `DurableObjectState` that {@link IdentitySessions} uses.
 *
 * @public
 */
export interface SessionObjectState {
  /** The object's storage. */
  readonly storage: SessionObjectStorage
}

/**
 * The part of `DurableObjectStorage` that {@link IdentitySessions} uses.
 *
 * @public
 */
interface SessionObjectStorage {
  /** The object's SQLite database. */
  readonly sql: {
    /**
     * Runs a statement.
     *
     * @param query - The statement.
     * @param bindings - The values for its parameters.
     */
    exec(
      query: string,
      ...bindings: (string | number)[]
    ): {
      /** Returns the result's rows. */
      toArray(): object[]
    }
  }
  /**
   * Sets the time of the next alarm, and replaces an earlier alarm.
   *
   * @param time - The Unix time in milliseconds.
   */
  setAlarm(time: number): Promise<void>
}

/**
 * The time in milliseconds for which the object remembers a lock's last owner after the lock expired. A server may be
 * suspended between acquiring the lock and writing, and this time must be longer than the suspension.
 */
const FENCE_TTL = 10 * 60 * 1000

/**
 * The Durable Object class that stores the sessions. Export it from your worker, and bind it with `new_sqlite_classes`.
 * Your code does not call it, because `durableObjectStore` does.
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
  /** Marks the class as a Durable Object for Cloudflare's types, and exists only in types. */
  declare readonly __DURABLE_OBJECT_BRAND: never

  readonly #table: ReturnType<typeof createExpiringTable>

  /**
   * Creates the table for the sessions. Cloudflare calls the constructor.
   *
   * @param state - The object's state.
   * @throws Cloudflare's error, if the class is bound with `new_classes` instead of `new_sqlite_classes`.
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
   * Responds to a call from `durableObjectStore`.
   *
   * @param request - The call.
   * @returns The result as JSON.
   * @throws The storage's error. The user then gets a response with status 503.
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
   * @throws The storage's error. Cloudflare then repeats the alarm.
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

  /**
   * Acquires a lock. Cloudflare may repeat a call whose connection broke, so the repeated call accepts the first call's
   * lock.
   */
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

/** A store call, as the worker sends it to the object. It has the arguments of the method with this name. */
type StoreCall =
  | { readonly method: 'getMany'; readonly keys: readonly string[] }
  | {
      readonly method: 'set'
      readonly key: string
      readonly value: string
      readonly ttlMs: number
      /** The owner of the key's lock, if only this owner may store the value. */
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

/** Each method's result, as JSON. */
interface StoreResults {
  readonly getMany: readonly (string | null)[]
  /** `false` if another server acquired the lock in the meantime. */
  readonly set: boolean
  readonly delete: boolean
  readonly touch: boolean
  /** `false` if another server has the lock. */
  readonly lock: boolean
  readonly release: boolean
}

/**
 * The time in milliseconds between two sweeps. Without a pause, each session would cause an alarm, and Cloudflare
 * charges for alarms.
 */
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
