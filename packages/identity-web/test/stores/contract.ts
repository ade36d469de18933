import type { SessionStore, StoreLock } from 'identity-web'
import { afterAll, beforeAll, describe, expect, test as base, vi } from 'vitest'

/** A store for the tests of a file. */
export interface StartedStore {
  readonly store: SessionStore
  close?(): Promise<unknown>
}

/** The capabilities of a store besides `get`, `set` and `delete`. */
export interface Capabilities {
  /** @defaultValue `true` */
  readonly expires?: boolean
  /** The shortest lifetime of a value that it supports, in milliseconds. */
  readonly shortest?: number
  readonly getMany?: boolean
  readonly touch?: boolean
  readonly lock?: boolean
}

const LONG = 60_000
/** A key of the maximum length with all kinds of allowed characters. */
const LONGEST_KEY = `identity:s:${'A-z_0:'.repeat(8)}:`

let keyCount = 0
/** Returns a key that other tests do not use. */
const newKey = (): string => `identity:s:test-${keyCount++}`

/** Each test gets a new key. */
const test = base.extend('key', newKey)

/** A store under test, and helpers for its test cases. */
interface Subject {
  /** The store with every method. A test case runs only if the store supports its method. */
  readonly store: Required<SessionStore>
  readonly shortest: number
  /** Returns the stored value. Returns `undefined` also if the store returns `null`. */
  get(key: string): Promise<unknown>
  /** Waits until the value of a key has expired. */
  expired(key: string): Promise<void>
}

/**
 * Defines the test cases that every store must pass.
 *
 * @param name - The name of the store.
 * @param start - Starts the store.
 * @param capabilities - The capabilities that the store must have. It must not have others.
 */
export function storeContract(
  name: string,
  start: () => StartedStore | Promise<StartedStore>,
  capabilities: Capabilities,
): void {
  const { expires = true, shortest = 300 } = capabilities

  // The cases run concurrently, because they mostly wait for values to expire.
  describe.concurrent(`${name} as a store`, () => {
    let started: StartedStore
    const store = withAllMethods(() => started.store)
    const get = async (key: string): Promise<unknown> => (await store.get(key)) ?? undefined
    const expired = (key: string): Promise<void> =>
      vi.waitFor(async () => expect(await get(key)).toBeUndefined(), {
        timeout: 30_000,
        interval: 5,
      })
    const subject = { store, shortest, get, expired }

    beforeAll(async () => {
      started = await start()
    })
    afterAll(() => started.close?.())

    test('has exactly the expected methods', () => {
      const can = (method: keyof SessionStore): boolean =>
        typeof started.store[method] === 'function'

      expect({ getMany: can('getMany'), touch: can('touch'), lock: can('lock') }).toEqual({
        getMany: capabilities.getMany ?? false,
        touch: capabilities.touch ?? false,
        lock: capabilities.lock ?? false,
      })
    })

    test('returns undefined or null for a key that was never set', async () => {
      expect(await get(newKey())).toBeUndefined()
    })

    test('returns the value that was set last', async ({ key }) => {
      await store.set(key, 'first', LONG)
      expect(await get(key)).toBe('first')
      await store.set(key, 'second', LONG)

      expect(await get(key)).toBe('second')
    })

    test('separates the values of different keys', async () => {
      const [one, other] = [newKey(), newKey()]

      await store.set(one, 'one', LONG)
      await store.set(other, 'other', LONG)
      await store.delete(one)

      expect(await get(one)).toBeUndefined()
      expect(await get(other)).toBe('other')
    })

    test('deletes a value, and ignores a key that is not stored', async ({ key }) => {
      await store.set(key, 'value', LONG)

      await store.delete(key)
      await store.delete(key)

      expect(await get(key)).toBeUndefined()
    })

    test('accepts every key that is allowed', async () => {
      expect(LONGEST_KEY).toHaveLength(60)
      for (const key of [LONGEST_KEY, LONGEST_KEY.toLowerCase(), '-', '_', ':', '0']) {
        await store.set(key, `value of ${key}`, LONG)
      }

      expect(await get(LONGEST_KEY)).toBe(`value of ${LONGEST_KEY}`)
      expect(await get(LONGEST_KEY.toLowerCase())).toBe(`value of ${LONGEST_KEY.toLowerCase()}`)
      expect(await get(':')).toBe('value of :')
    })

    test('stores a session of 40 kB and strings of any kind', async ({ key }) => {
      for (const value of ['x'.repeat(40_000), 'ä€😀 "\\\n\u2028', 'undefined', '{"a":1}', '0']) {
        await store.set(key, value, LONG)
        expect(await get(key)).toBe(value)
      }
    })

    test('accepts fractional and very short times', async ({ key }) => {
      await store.set(key, 'value', LONG + 0.25)

      expect(await get(key)).toBe('value')
      await store.set(key, 'value', 0.25)
      if (expires) await expired(key)
    })

    if (expires) expiryCases(subject)
    if (capabilities.getMany) getManyCases(subject)
    if (capabilities.touch) touchCases(subject)
    if (capabilities.lock) lockCases(subject)
  })
}

/** Returns a store with every method that calls a store which starts later. */
function withAllMethods(store: () => SessionStore): Required<SessionStore> {
  const missing = (method: string): Error => new Error(`The store does not have ${method}.`)
  return {
    get: (key) => store().get(key),
    set: (key, value, ttlMs) => store().set(key, value, ttlMs),
    delete: (key) => store().delete(key),
    getMany: (keys) => store().getMany?.(keys) ?? Promise.reject(missing('getMany')),
    touch: (key, ttlMs) => store().touch?.(key, ttlMs),
    lock: (key, ttlMs) => store().lock?.(key, ttlMs) ?? Promise.reject(missing('lock')),
  }
}

/** The test cases of stores that delete expired values. */
function expiryCases({ store, get, expired, shortest }: Subject): void {
  test('deletes expired values and keeps others', async () => {
    const [short, long] = [newKey(), newKey()]

    await store.set(short, 'short', shortest)
    await store.set(long, 'long', LONG)
    await expired(short)

    expect(await get(long)).toBe('long')
  })

  test('restarts the lifetime when a value is set again', async () => {
    const [short, renewed] = [newKey(), newKey()]
    await store.set(renewed, 'old', shortest)
    await store.set(short, 'short', shortest)

    await store.set(renewed, 'new', LONG)
    await expired(short)

    expect(await get(renewed)).toBe('new')
  })
}

/** The test cases of stores with `getMany`. */
function getManyCases({ store, expired, shortest }: Subject): void {
  describe('getMany', () => {
    const getMany = async (names: string[]): Promise<unknown[]> =>
      (await store.getMany(names)).map((value) => value ?? undefined)

    test('returns values in the order of the keys, also if some are missing', async () => {
      const [one, other, missing] = [newKey(), newKey(), newKey()]
      await store.set(one, 'one', LONG)
      await store.set(other, 'other', LONG)

      expect(await getMany([other, missing, one])).toEqual(['other', undefined, 'one'])
      expect(await getMany([missing])).toEqual([undefined])
    })

    test('does not return expired values', async () => {
      const [short, long] = [newKey(), newKey()]
      await store.set(short, 'short', shortest)
      await store.set(long, 'long', LONG)

      await expired(short)

      expect(await getMany([short, long])).toEqual([undefined, 'long'])
    })
  })
}

/** The test cases of stores with `touch`. */
function touchCases({ store, get, expired, shortest }: Subject): void {
  describe('touch', () => {
    test('extends the lifetime of a value without changing it', async () => {
      // A machine can be so slow that the value expires before the call. It then gets more time.
      for (let lifetime = shortest; ; lifetime *= 2) {
        const [touched, other] = [newKey(), newKey()]
        const startedAt = performance.now()
        await store.set(touched, 'touched', lifetime)
        await store.set(other, 'other', lifetime)
        await store.touch(touched, LONG)
        if (performance.now() - startedAt >= lifetime) continue

        await expired(other)

        expect(await get(touched)).toBe('touched')
        return
      }
    })

    test('can also shorten the lifetime', async ({ key }) => {
      await store.set(key, 'value', LONG)

      await store.touch(key, shortest)

      await expired(key)
    })

    test('does not restore a deleted value, and ignores a key that is not stored', async ({
      key,
    }) => {
      await store.set(key, 'value', LONG)
      await store.delete(key)

      await store.touch(key, LONG)

      expect(await get(key)).toBeUndefined()
    })
  })
}

/** The test cases of stores with `lock`. */
function lockCases({ store, get, expired, shortest }: Subject): void {
  describe('lock', () => {
    const lock = async (key: string, ttlMs = LONG): Promise<StoreLock | undefined> =>
      store.lock(key, ttlMs)
    const mustLock = async (key: string, ttlMs = LONG): Promise<StoreLock> => {
      const got = await lock(key, ttlMs)
      if (got === undefined) throw new Error(`${key} is locked`)
      return got
    }
    /** Waits until a lock has expired, and acquires the next one. */
    const lockAfter = (key: string, ttlMs = LONG): Promise<StoreLock> =>
      vi.waitFor(() => mustLock(key, ttlMs), { timeout: 30_000, interval: 5 })

    test('has one owner at a time, and can be acquired again after its release', async ({
      key,
    }) => {
      const first = await mustLock(key)
      expect(await lock(key)).toBeUndefined()
      await first.release()

      expect(await lock(key)).toBeDefined()
    })

    test('is acquired by one of fifty concurrent calls', async ({ key }) => {
      const locks = await Promise.all(Array.from({ length: 50 }, () => lock(key)))

      expect(locks.filter((got) => got !== undefined)).toHaveLength(1)
    })

    test('locks only its key, with or without a value', async () => {
      const [one, other] = [newKey(), newKey()]
      await store.set(other, 'value', LONG)

      await mustLock(one)

      expect(await lock(other)).toBeDefined()
      expect(await get(one)).toBeUndefined()
      expect(await get(other)).toBe('value')
    })

    test('expires', async ({ key }) => {
      await mustLock(key, shortest)

      await lockAfter(key)
    })

    test('accepts fractional times', async ({ key }) => {
      const owned = await mustLock(key, 1000.5)

      expect(await owned.set(key, 'value', 1000.5)).toBe(true)
    })

    test('stores the value of its owner for the given lifetime', async ({ key }) => {
      const owned = await mustLock(key)

      expect(await owned.set(key, 'mine', LONG)).toBe(true)
      expect(await get(key)).toBe('mine')
      expect(await owned.set(key, 'mine', shortest)).toBe(true)

      await expired(key)
    })

    test('still stores the value of its owner after it expired, if it was not acquired again', async () => {
      const [key, witness] = [newKey(), newKey()]
      const owned = await mustLock(key, shortest)
      await store.set(witness, 'value', shortest)
      await expired(witness)

      expect(await owned.set(key, 'late', LONG)).toBe(true)

      expect(await get(key)).toBe('late')
    })

    test('rejects the value of an earlier owner after a later one acquired it', async ({ key }) => {
      const asleep = await mustLock(key, shortest)
      const later = await lockAfter(key)
      await later.set(key, 'later', LONG)

      expect(await asleep.set(key, 'too late', LONG)).toBe(false)
      await later.release()
      expect(await asleep.set(key, 'too late', LONG)).toBe(false)

      expect(await get(key)).toBe('later')
    })

    test('cannot be released by an earlier owner', async ({ key }) => {
      const asleep = await mustLock(key, shortest)
      const later = await lockAfter(key)

      await asleep.release()

      expect(await lock(key)).toBeUndefined()
      expect(await later.set(key, 'later', LONG)).toBe(true)
    })

    test('can be released twice', async ({ key }) => {
      const first = await mustLock(key)

      await first.release()
      const second = await mustLock(key)
      await first.release()

      expect(await lock(key)).toBeUndefined()
      await second.release()
    })

    test('does not change the value', async ({ key }) => {
      await store.set(key, 'value', LONG)

      const owned = await mustLock(key)
      await store.set(key, 'set without it', LONG)
      await owned.release()

      expect(await get(key)).toBe('set without it')
    })
  })
}

/** Returns a Keyv that is closed together with its server. */
export function keyvOf(
  keyv: SessionStore & { disconnect(): Promise<void> },
  server: { close(): Promise<unknown> },
): StartedStore {
  return {
    store: keyv,
    async close() {
      await keyv.disconnect()
      await server.close()
    },
  }
}
