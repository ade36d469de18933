// The results of the methods of a store. Not every store throws when it fails.
import type { SessionStore } from './store.ts'

/** A store reported that it did not store or delete a value. */
export class StoreRejection extends Error {
  /** @param method - The method that reported it. */
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
 * @throws StoreRejection for `false`. A Keyv before version 5.4 returns it when its database fails.
 */
export function assertStored(result: unknown): unknown {
  if (result === false) throw new StoreRejection('set')
  return result
}

/** Whether the methods of a Keyv can throw the errors of its database. */
export type KeyvErrors = 'thrown' | 'hidden'

/** The members of a Keyv that a `SessionStore` does not have. */
interface KeyvParts {
  readonly throwOnErrors?: unknown
  /** The adapter of a database. */
  readonly store?: Pick<SessionStore, 'getMany'>
  on(event: 'error', listener: (error: unknown) => void): unknown
}

/**
 * Returns how a store reports errors, if it is a Keyv. Version 6 emits them, so `withKeyvErrors` can throw them. Version 5
 * hides them unless `throwOnErrors` is `true`, and the option exists since 5.4. Version 4 always throws.
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
 * Returns a store whose methods reject with the errors that a Keyv emits. The methods of Keyv 6, and the adapter for Redis
 * with every version, emit an error and then return as if the key were not stored, or as if the value had been stored. A
 * user would be signed out. Returns every other store unchanged.
 *
 * @param onLost - Called for an error while no method runs, such as a lost connection. A Keyv 6
 *   without a listener would end the process.
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

  /** A value that was read is right, although another call failed meanwhile. */
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
