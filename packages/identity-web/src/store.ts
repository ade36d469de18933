// The interfaces of stores, and checks of their results.
import { defineSeam, type Seam } from './seam.ts'

// The store that an application provides for sessions, deny-lists and long-running processes.

/**
 * A string key-value store with expiry. A `Map` works in development, and a `Keyv` works unchanged.
 *
 * @public
 */
export interface TokenStore {
  /**
   * Returns the value that is stored under a key.
   *
   * @param key - The key that was passed to `set`.
   * @returns The value; `undefined` or `null` if the key is not stored.
   */
  get(key: string): unknown
  /**
   * Stores a value, which replaces the key's earlier value.
   *
   * @param key - At most 60 characters: letters, digits, `-`, `_` and `:`.
   * @param value - A string, which is encrypted.
   * @param ttlMs - Milliseconds after which the store may delete the value.
   * @returns `false` if the value was not stored, which counts as a store failure. Every other return value is ignored.
   */
  set(key: string, value: string, ttlMs: number): unknown
  /**
   * Deletes a value. A key that is not stored is not an error.
   *
   * @param key - The key that was passed to `set`.
   * @returns `false` if the key was not stored. If the value is still stored after that, the store has failed. Every
   *   other return value is ignored.
   */
  delete(key: string): unknown
}

/**
 * A store for sessions that all servers of an application share: any object with `get`, `set` and `delete`, such as a
 * `Keyv`. The optional methods make the store faster and safer.
 *
 * A method that fails must throw or reject, so that the request gets a response with status 503. If `get` returned
 * `undefined` instead, the user would be signed out.
 *
 * @example
 * ```ts
 * const store: SessionStore = redisStore(await createClient().connect())
 * ```
 * @public
 */
export interface SessionStore extends TokenStore {
  /**
   * Returns several values in one round trip. Without this method, `get` is called for each key, at most 20 times in
   * parallel.
   *
   * @param keys - The keys that were passed to `set`.
   * @returns The values in the order of the keys; `undefined` or `null` for keys that are not stored.
   */
  getMany?(keys: string[]): readonly unknown[] | Promise<readonly unknown[]>
  /**
   * Extends a value's life without writing it again. Without this method, tokens stay in the store until their
   * session's absolute end.
   *
   * @param key - The key that was passed to `set`. A key that is not stored is not an error.
   * @param ttlMs - Milliseconds from now after which the store may delete the value.
   */
  touch?(key: string, ttlMs: number): unknown
  /**
   * Acquires a lock, so that only one server works on a key. Without this method, two servers can refresh a session's
   * tokens at the same moment. The second server then uses the tokens that the first server stored.
   *
   * @param key - The key, as it is passed to `set`.
   * @param ttlMs - Milliseconds after which the lock expires, if the server stops before it releases the lock.
   * @returns The lock, or `undefined` if another server has it. Do not wait for the other server.
   */
  lock?(key: string, ttlMs: number): Promise<StoreLock | undefined>
}

/**
 * A lock that belongs to this server.
 *
 * @example
 * ```ts
 * const lock = await store.lock?.(key, 10_000)
 * if (lock !== undefined) {
 *   await lock.set(key, 'mine', 60_000)
 *   await lock.release()
 * }
 * ```
 * @public
 */
export interface StoreLock {
  /**
   * Stores a value under the locked key, unless another server got the lock in the meantime (a fencing token). A server
   * that was suspended therefore cannot overwrite newer values.
   *
   * @param key - The locked key.
   * @param value - The value, as for `set`.
   * @param ttlMs - Milliseconds, as for `set`.
   * @returns `false` if another server took the lock, so that the value was not stored.
   */
  set(key: string, value: string, ttlMs: number): Promise<boolean>
  /** Releases the lock if this server still has it. */
  release(): Promise<void>
}

/** The time in seconds that a call waits for a store, unless an option sets another one. */
export const STORE_TIMEOUT_SECONDS = 1

/**
 * Returns the problem with a store whose client waits longer than the library, as a whole message.
 *
 * @param seconds - The time for which the library waits for the store.
 */
type StoreProblem = (seconds: number) => string | undefined

/** The check of a store of this library. It is not a method of `SessionStore`, because only this library calls it. */
export const STORE_PROBLEM: Seam<StoreProblem> = /* @__PURE__ */ defineSeam('store-problem')

// The results of the methods of a store. Not every store throws when it fails.

/** The error of a store that reported that it did not store or delete a value. */
export class StoreRejection extends Error {
  /** @param method - The method that returned `false`. */
  constructor(method: 'set' | 'delete') {
    super(
      method === 'set'
        ? 'set returned false, so the value was not stored'
        : 'delete returned false, and the value is still stored',
    )
  }
}

/**
 * Passes on the result of `set`.
 *
 * @throws StoreRejection for `false`. A Keyv before version 5.4 returns `false` when its database fails.
 */
export function assertStored(result: unknown): unknown {
  if (result === false) throw new StoreRejection('set')
  return result
}

/**
 * Tells how a Keyv reports errors of its database: `'thrown'` if its methods can throw them, otherwise `'hidden'`.
 */
export type KeyvErrors = 'thrown' | 'hidden'

/** The members of a Keyv that a `SessionStore` does not have. */
interface KeyvParts {
  readonly throwOnErrors?: unknown
  /** The database's adapter. */
  readonly store?: Pick<SessionStore, 'getMany'>
  on(event: 'error', listener: (error: unknown) => void): unknown
}

/**
 * Returns how a store reports errors, if it is a Keyv. Version 4 always throws. Version 5 hides errors unless
 * `throwOnErrors` is `true`, an option that exists since 5.4. Version 6 emits them, so `withKeyvErrors` can throw them.
 *
 * @returns `undefined` if the store is not a Keyv of version 5 or later.
 */
export function keyvErrorsOf(store: object): KeyvErrors | undefined {
  const has = (...keys: string[]): boolean => keys.every((key) => key in store)
  if (has('throwOnErrors') || has('opts', 'hooks', 'stats'))
    return (store as Partial<KeyvParts>).throwOnErrors === true ? 'thrown' : 'hidden'
  return has('getRaw', 'hooks', 'stats') ? 'thrown' : undefined
}

/**
 * Returns a store whose methods reject with the errors that a Keyv emits. Returns every other store unchanged. The
 * methods of Keyv 6, and the adapter for Redis with every version, emit an error and then return as if the key were not
 * stored, or as if the value had been stored. Without this function, a user would be signed out.
 *
 * @param onLost - Called for an error while no method runs, such as a lost connection. A Keyv 6 without a listener
 *   would end the process.
 */
export function withKeyvErrors(
  store: SessionStore,
  onLost: (error: unknown) => void,
): SessionStore {
  if (keyvErrorsOf(store) === undefined) return store
  const keyv = store as SessionStore & Partial<KeyvParts>
  let running = 0
  let errors = 0
  let latest: unknown
  keyv.on?.('error', (error) => {
    errors += 1
    latest = error
    if (running === 0) onLost(error)
  })

  /**
   * Calls a method and throws the errors that were emitted during the call. A value that was read is valid, even if
   * another call failed during that time.
   */
  async function call<T>(method: () => T, isCertain?: (result: Awaited<T>) => boolean) {
    const before = errors
    running += 1
    try {
      const result = await method()
      if (errors === before || isCertain?.(result)) return result
    } finally {
      running -= 1
    }
    throw latest
  }

  const { touch, lock } = keyv
  return {
    get: async (key) => call(() => keyv.get(key), isStored),
    set: async (key, value, ttlMs) => call(() => keyv.set(key, value, ttlMs)),
    delete: async (key) => call(() => keyv.delete(key)),
    // A Keyv has `getMany` even if its adapter does not. Version 5 then calls `get` of the adapter for each key and ignores
    // errors, even with `throwOnErrors`.
    ...(keyv.getMany !== undefined &&
      typeof keyv.store?.getMany === 'function' && {
        getMany: async (keys: string[]) =>
          call(
            () => keyv.getMany?.(keys) ?? [],
            (values) => values.every(isStored),
          ),
      }),
    // A subclass can have them.
    ...(touch && {
      touch: async (key: string, ttlMs: number) => call(() => touch.call(keyv, key, ttlMs)),
    }),
    ...(lock && {
      lock: async (key: string, ttlMs: number) => call(() => lock.call(keyv, key, ttlMs)),
    }),
  }
}

function isStored(value: unknown): boolean {
  return value !== undefined && value !== null
}
