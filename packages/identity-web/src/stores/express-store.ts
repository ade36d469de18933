// A store from one of express-session.
import { configurationError } from '../errors.ts'
import type { SessionStore } from '../store.ts'

/**
 * A session as stores of express-session expect it. The property `cookie` tells the store how long to keep the session.
 *
 * @public
 */
export interface ExpressSession {
  /** The session's lifetime, in each form that stores use. */
  readonly cookie: {
    /** The lifetime in milliseconds. */
    readonly originalMaxAge: number | null
    /** The lifetime in milliseconds. */
    readonly maxAge?: number | undefined
    /** The time at which the session expires. */
    readonly expires?: Date | string | null | undefined
  }
  /** The stored value, encrypted. */
  readonly identity?: unknown
}

/**
 * The methods of an express-session store that this library calls. Examples of such stores are connect-redis,
 * connect-pg-simple and connect-mongo.
 *
 * @public
 */
export interface ExpressSessionStore {
  /**
   * Finds a session.
   *
   * @param sid - The session id.
   * @param callback - Receives the session.
   */
  get(sid: string, callback: (error?: unknown, session?: ExpressSession | null) => void): unknown
  /**
   * Stores a session.
   *
   * @param sid - The session id.
   * @param session - The session.
   * @param callback - Receives the error, if there is one.
   */
  set(sid: string, session: ExpressSession, callback: (error?: unknown) => void): unknown
  /**
   * Deletes a session.
   *
   * @param sid - The session id.
   * @param callback - Receives the error, if there is one.
   */
  destroy(sid: string, callback: (error?: unknown) => void): unknown
  /**
   * Extends a session's life.
   *
   * @param sid - The session id.
   * @param session - The session, with its new lifetime.
   * @param callback - Receives the error, if there is one.
   */
  touch?(sid: string, session: ExpressSession, callback: (error?: unknown) => void): unknown
  /** `true` if the store is configured to ignore `touch`. @defaultValue `false` */
  readonly disableTouch?: unknown
}

/**
 * Converts an express-session store to a store for `session.store`.
 *
 * Because an express-session store does not have a lock, two servers may refresh a session's tokens at the same moment.
 * The second server then uses the tokens that the first server stored. For Redis, prefer `redisStore` from
 * `identity-web/redis`, which has a lock.
 *
 * @param store - The store, as you pass it to express-session.
 * @returns The store for the option `session.store`.
 * @throws IdentityError `configuration` if the value is not an express-session store.
 *
 * @example
 * ```ts
 * const client = await createClient({ url: process.env.REDIS_URL }).connect()
 * const store = fromExpressStore(new RedisStore({ client, prefix: 'shop:' }))
 * const auth = new Auth(app, { session: { store } })
 * ```
 * @public
 */
export function fromExpressStore(store: ExpressSessionStore): SessionStore {
  for (const method of ['get', 'set', 'destroy'] as const) {
    if (typeof (store as Partial<ExpressSessionStore> | undefined)?.[method] !== 'function') {
      throw configurationError(
        `fromExpressStore() requires a store of express-session, but its argument has no method ${method}(). Pass the store itself, for example fromExpressStore(new RedisStore({ client })).`,
      )
    }
  }

  const read = (key: string): Promise<ExpressSession | null | undefined> =>
    call((callback) => store.get(key, callback))

  const adapted: SessionStore = {
    get: async (key) => (await read(key))?.identity,
    set: (key, value, ttlMs) =>
      call((callback) => store.set(key, { cookie: cookieOf(ttlMs), identity: value }, callback)),
    delete: (key) => call((callback) => store.destroy(key, callback)),
  }
  const { touch, disableTouch } = store
  if (typeof touch !== 'function' || disableTouch === true) return adapted

  return {
    ...adapted,
    async touch(key, ttlMs) {
      // Some stores write the session that they get here, so it must be the whole session.
      const session = await read(key)
      if (session == null) return
      const { identity } = session
      const touched = { cookie: cookieOf(ttlMs), identity }
      await call((callback) => touch.call(store, key, touched, callback))
    },
  }
}

function cookieOf(ttlMs: number): ExpressSession['cookie'] {
  return { originalMaxAge: ttlMs, maxAge: ttlMs, expires: new Date(Date.now() + ttlMs) }
}

/** Calls a method that takes a callback, and returns its result. The method may also throw or reject. */
function call<T = unknown>(
  method: (callback: (error?: unknown, result?: T) => void) => unknown,
): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const returned = method((error, result) => {
      if (error == null) resolve(result)
      else reject(error instanceof Error ? error : new Error('The store failed.', { cause: error }))
    })
    Promise.resolve(returned).catch(reject)
  })
}
