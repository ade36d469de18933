import { jsonResponse } from '../../fetch-api.ts'
import type { StoreCall, StoreResults } from './calls.ts'
import { createExpiringTable, type ExpiringTable } from './expiring-table.ts'
import type { SessionObjectState } from './platform.ts'

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

  readonly #table: ExpiringTable

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
