import { IdentityError } from '../errors.ts'
import type { SessionStore } from '../store.ts'

/**
 * A session as stores of express-session keep one: their lifetimes follow from its cookie.
 *
 * @public
 */
export interface ExpressSession {
  /** How long it lives, in each of the ways that stores ask for it. */
  readonly cookie: {
    /** Milliseconds. */
    readonly originalMaxAge: number | null
    /** Milliseconds. */
    readonly maxAge?: number | undefined
    /** The moment at which it ends. */
    readonly expires?: Date | string | null | undefined
  }
  /** What is stored, sealed. */
  readonly identity?: unknown
}

/**
 * A store of express-session, such as connect-redis, connect-pg-simple or connect-mongo, as far as it is used.
 *
 * @public
 */
export interface ExpressSessionStore {
  /**
   * Finds a session.
   *
   * @param sid - Its id.
   * @param callback - Is told what was found.
   */
  get(sid: string, callback: (error?: unknown, session?: ExpressSession | null) => void): unknown
  /**
   * Stores a session.
   *
   * @param sid - Its id.
   * @param session - The session.
   * @param callback - Is told that it is stored, or why not.
   */
  set(sid: string, session: ExpressSession, callback: (error?: unknown) => void): unknown
  /**
   * Forgets a session.
   *
   * @param sid - Its id.
   * @param callback - Is told that it is gone, or why not.
   */
  destroy(sid: string, callback: (error?: unknown) => void): unknown
  /**
   * Lets a session live on.
   *
   * @param sid - Its id.
   * @param session - The session, with its new lifetime.
   * @param callback - Is told that it will, or why not.
   */
  touch?(sid: string, session: ExpressSession, callback: (error?: unknown) => void): unknown
  /** Of stores that can be told to do nothing in `touch`. */
  readonly disableTouch?: unknown
}

/**
 * Keeps sessions in a store of express-session, where an application has one already.
 *
 * Such a store has no lock: two servers may refresh a session's tokens at the same moment, and the second takes what the
 * first one stored. For Redis, `redisStore` of `identity-web/redis` has one.
 *
 * @param store - The store, as it is given to express-session.
 * @returns What `session.store` takes.
 * @throws {@link IdentityError} `configuration` for what is no such store.
 *
 * @example
 * ```ts
 * const client = await createClient({ url: process.env.REDIS_URL }).connect()
 * const store = fromExpressStore(new RedisStore({ client, prefix: 'shop:' }))
 * ```
 * @public
 */
export function fromExpressStore(store: ExpressSessionStore): SessionStore {
  for (const method of ['get', 'set', 'destroy'] as const) {
    if (typeof (store as Partial<ExpressSessionStore> | undefined)?.[method] !== 'function') {
      throw new IdentityError(
        'configuration',
        `fromExpressStore() was given no store of express-session: it has no ${method}(). Give it the store itself, for example fromExpressStore(new RedisStore({ client })).`,
      )
    }
  }

  const read = (key: string): Promise<ExpressSession | null | undefined> =>
    call((callback) => store.get(key, callback))

  const adapted: SessionStore = {
    get: async (key) => (await read(key))?.identity,
    set: (key, value, ttl) =>
      call((callback) => store.set(key, { cookie: cookieOf(ttl), identity: value }, callback)),
    delete: (key) => call((callback) => store.destroy(key, callback)),
  }
  const { touch, disableTouch } = store
  if (typeof touch !== 'function' || disableTouch === true) return adapted

  return {
    ...adapted,
    async touch(key, ttl) {
      // Some stores write what they are given: with less than the whole session, they would lose it.
      const session = await read(key)
      if (session == null) return
      const { identity } = session
      const touched = { cookie: cookieOf(ttl), identity }
      await call((callback) => touch.call(store, key, touched, callback))
    },
  }
}

function cookieOf(ttl: number): ExpressSession['cookie'] {
  return { originalMaxAge: ttl, maxAge: ttl, expires: new Date(Date.now() + ttl) }
}

/** What goes to the callback, of a method that may also throw, or reject. */
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
