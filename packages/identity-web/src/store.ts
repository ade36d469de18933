// What a store is: what applications bring, and what sessions, deny-lists and long-running processes are kept in.

/**
 * Keeps texts for a while. A `Map` does for development, a `Keyv` fits as it is.
 *
 * @public
 */
export interface TokenStore {
  /**
   * Gives what was stored.
   *
   * @param key - As it was given to `set`.
   * @returns What was stored, `undefined` or `null` for nothing.
   */
  get(key: string): unknown
  /**
   * Stores a value, in place of an earlier one of that key.
   *
   * @param key - At most 60 characters: letters, digits, `-`, `_` and `:`.
   * @param value - A text; it is sealed.
   * @param ttl - Milliseconds after which the store may forget it.
   */
  set(key: string, value: string, ttl: number): unknown
  /**
   * Forgets a value; one that is not there is no error.
   *
   * @param key - As it was given to `set`.
   */
  delete(key: string): unknown
}

/**
 * Keeps sessions, shared by all servers of an application: anything with `get`, `set` and `delete`, such as a `Keyv`.
 * What it can do besides makes it better.
 *
 * A method that fails must throw or reject: sessions that can't be reached are answered 503, and one that "is not there"
 * signs its user out.
 *
 * @example
 * ```ts
 * const store: SessionStore = redisStore(await createClient().connect())
 * ```
 * @public
 */
export interface SessionStore extends TokenStore {
  /**
   * Gives several values in one round trip; without it they are asked for one by one, side by side.
   *
   * @param keys - As they were given to `set`.
   * @returns The values, in the order of the keys; `undefined` or `null` for what is not there.
   */
  getMany?(keys: string[]): readonly unknown[] | Promise<readonly unknown[]>
  /**
   * Lets a value live on without writing it again. Without it, tokens are kept until the latest end of their session.
   *
   * @param key - As it was given to `set`; one that is not there is no error.
   * @param ttl - Milliseconds from now after which the store may forget it.
   */
  touch?(key: string, ttl: number): unknown
  /**
   * Lets one of all servers work on a key. Without it, two servers may refresh a session's tokens at the same moment;
   * the one that comes second then takes what the first one stored.
   *
   * @param key - As it is given to `set`.
   * @param ttl - Milliseconds after which the lock ends by itself, for a server that died.
   * @returns The lock, or `undefined` at once where somebody else has it.
   */
  lock?(key: string, ttl: number): Promise<StoreLock | undefined>
}

/**
 * A lock that was got.
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
   * Stores a value under the key that was locked, unless somebody else got the lock since (a fencing token): a server
   * that was asleep must not write over what another one did meanwhile.
   *
   * @param key - The key that was locked.
   * @param value - As for `set`.
   * @param ttl - As for `set`.
   * @returns `false` where somebody else got the lock since, and nothing was stored.
   */
  set(key: string, value: string, ttl: number): Promise<boolean>
  /** Ends the lock, where it is still this one's. */
  release(): Promise<void>
}
