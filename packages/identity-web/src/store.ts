// The store that an application provides for sessions, deny-lists and long-running processes.

/**
 * A string key-value store with expiry. A `Map` works in development, and a `Keyv` works unchanged.
 *
 * @public
 */
export interface TokenStore {
  /**
   * Returns the stored value of a key.
   *
   * @param key - The key that was passed to `set`.
   * @returns The value; `undefined` or `null` if the key is not stored.
   */
  get(key: string): unknown
  /**
   * Stores a value and replaces an earlier value of that key.
   *
   * @param key - At most 60 characters: letters, digits, `-`, `_` and `:`.
   * @param value - A string, which is encrypted.
   * @param ttlMs - Milliseconds after which the store may delete the value.
   * @returns `false` if the value was not stored, which counts as a failure of the store. Every other value is ignored.
   */
  set(key: string, value: string, ttlMs: number): unknown
  /**
   * Deletes a value. A key that is not stored is not an error.
   *
   * @param key - The key that was passed to `set`.
   * @returns `false` if the key was not stored. It is a failure of the store if the value is then still stored. Every other
   *   value is ignored.
   */
  delete(key: string): unknown
}

/**
 * A store for sessions that all servers of an application share: any object with `get`, `set` and `delete`, such as a
 * `Keyv`. The optional methods make it faster and safer.
 *
 * A method that fails must throw or reject. The request then gets a response with status 503. If `get` returned
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
   * Returns several values in one round trip. Without it, `get` is called for each key, in parallel.
   *
   * @param keys - The keys that were passed to `set`.
   * @returns The values in the order of the keys; `undefined` or `null` for keys that are not stored.
   */
  getMany?(keys: string[]): readonly unknown[] | Promise<readonly unknown[]>
  /**
   * Extends the life of a value without writing it again. Without it, tokens stay in the store until the absolute end
   * of their session.
   *
   * @param key - The key that was passed to `set`. A key that is not stored is not an error.
   * @param ttlMs - Milliseconds from now after which the store may delete the value.
   */
  touch?(key: string, ttlMs: number): unknown
  /**
   * Acquires a lock, so that only one server works on a key. Without it, two servers can refresh the tokens of a
   * session at the same moment. The second server then uses the tokens that the first one stored.
   *
   * @param key - The key, as it is passed to `set`.
   * @param ttlMs - Milliseconds after which the lock expires, if the server stops before it releases the lock.
   * @returns The lock, or `undefined` if another server has it. Do not wait for the other server.
   */
  lock?(key: string, ttlMs: number): Promise<StoreLock | undefined>
}

/**
 * A lock that this server has.
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
   * Stores a value under the locked key, unless another server got the lock in the meantime (a fencing token).
   * A server that was suspended must not overwrite newer values.
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
