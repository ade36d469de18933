import type { SessionStore, StoreLock } from 'identity-web'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'

/** A store for the tests of a file. */
export interface StartedStore {
  readonly store: SessionStore
  close?(): Promise<unknown>
}

/** What a kind of store can do besides `get`, `set` and `delete`. */
export interface Abilities {
  /** @defaultValue `true` */
  readonly forgets?: boolean
  /** The shortest life that it can give a value, in milliseconds. */
  readonly shortest?: number
  readonly getMany?: boolean
  readonly touch?: boolean
  readonly lock?: boolean
}

const LONG = 60_000
/** Of the length and the characters that are allowed. */
const HARD_KEY = `identity:s:${'A-z_0:'.repeat(8)}:`

/** A store under test, and what its cases need. */
interface Subject {
  /** With every method, as if it could all; its cases run where it can. */
  readonly store: Required<SessionStore>
  readonly shortest: number
  /** A key that no other test uses. */
  newKey(): string
  /** What the store has; both ways to say "nothing" are `undefined`. */
  get(key: string): Promise<unknown>
  /** Waits until the store has forgotten. */
  forgotten(key: string): Promise<void>
}

/**
 * The same cases for every store.
 *
 * @param name - Which one.
 * @param start - Starts it.
 * @param abilities - What it must be able to do; what isn't named, it must not claim.
 */
export function storeContract(
  name: string,
  start: () => StartedStore | Promise<StartedStore>,
  abilities: Abilities,
): void {
  const { forgets = true, shortest = 300 } = abilities

  // At the same time, since most of their time is spent waiting for something to expire.
  describe.concurrent(`${name} as a store`, () => {
    let started: StartedStore
    let keys = 0
    const store = whole(() => started.store)
    const newKey = (): string => `identity:s:test-${keys++}`
    const get = async (key: string): Promise<unknown> => (await store.get(key)) ?? undefined
    const forgotten = (key: string): Promise<void> =>
      vi.waitFor(async () => expect(await get(key)).toBeUndefined(), {
        timeout: 5000,
        interval: 5,
      })
    const subject = { store, shortest, newKey, get, forgotten }

    beforeAll(async () => {
      started = await start()
    })
    afterAll(() => started.close?.())

    test('can do what it says, and says no more', () => {
      const can = (method: keyof SessionStore): boolean =>
        typeof started.store[method] === 'function'

      expect({ getMany: can('getMany'), touch: can('touch'), lock: can('lock') }).toEqual({
        getMany: abilities.getMany ?? false,
        touch: abilities.touch ?? false,
        lock: abilities.lock ?? false,
      })
    })

    test('has nothing under a key that was never set', async () => {
      expect(await get(newKey())).toBeUndefined()
    })

    test('gives back what was set, and what was set last', async () => {
      const key = newKey()

      await store.set(key, 'first', LONG)
      expect(await get(key)).toBe('first')
      await store.set(key, 'second', LONG)

      expect(await get(key)).toBe('second')
    })

    test('keeps every key to itself', async () => {
      const [one, other] = [newKey(), newKey()]

      await store.set(one, 'one', LONG)
      await store.set(other, 'other', LONG)
      await store.delete(one)

      expect(await get(one)).toBeUndefined()
      expect(await get(other)).toBe('other')
    })

    test('forgets what was deleted, and does not mind what is not there', async () => {
      const key = newKey()
      await store.set(key, 'value', LONG)

      await store.delete(key)
      await store.delete(key)

      expect(await get(key)).toBeUndefined()
    })

    test('takes every key that is allowed', async () => {
      expect(HARD_KEY).toHaveLength(60)
      for (const key of [HARD_KEY, HARD_KEY.toLowerCase(), '-', '_', ':', '0']) {
        await store.set(key, `value of ${key}`, LONG)
      }

      expect(await get(HARD_KEY)).toBe(`value of ${HARD_KEY}`)
      expect(await get(HARD_KEY.toLowerCase())).toBe(`value of ${HARD_KEY.toLowerCase()}`)
      expect(await get(':')).toBe('value of :')
    })

    test('gives back a session of 40 kB, and texts of any kind', async () => {
      const key = newKey()

      for (const value of ['x'.repeat(40_000), 'ä€😀 "\\\n\u2028', 'undefined', '{"a":1}', '0']) {
        await store.set(key, value, LONG)
        expect(await get(key)).toBe(value)
      }
    })

    test('takes times that are no whole numbers, and very short ones', async () => {
      const key = newKey()
      await store.set(key, 'value', LONG + 0.25)

      expect(await get(key)).toBe('value')
      await store.set(key, 'value', 0.25)
      if (forgets) await forgotten(key)
    })

    if (forgets) forgettingCases(subject)
    if (abilities.getMany) getManyCases(subject)
    if (abilities.touch) touchCases(subject)
    if (abilities.lock) lockCases(subject)
  })
}

/** A store that isn't started yet. */
function whole(store: () => SessionStore): Required<SessionStore> {
  const lacks = (method: string): Error => new Error(`The store has no ${method}.`)
  return {
    get: (key) => store().get(key),
    set: (key, value, ttl) => store().set(key, value, ttl),
    delete: (key) => store().delete(key),
    getMany: (keys) => store().getMany?.(keys) ?? Promise.reject(lacks('getMany')),
    touch: (key, ttl) => store().touch?.(key, ttl),
    lock: (key, ttl) => store().lock?.(key, ttl) ?? Promise.reject(lacks('lock')),
  }
}

/** Of stores that forget. */
function forgettingCases({ store, get, newKey, forgotten, shortest }: Subject): void {
  test('forgets what is too old, and nothing else', async () => {
    const [short, long] = [newKey(), newKey()]

    await store.set(short, 'short', shortest)
    await store.set(long, 'long', LONG)
    await forgotten(short)

    expect(await get(long)).toBe('long')
  })

  test('counts the time anew when a value is set anew', async () => {
    const [short, renewed] = [newKey(), newKey()]
    await store.set(renewed, 'old', shortest)
    await store.set(short, 'short', shortest)

    await store.set(renewed, 'new', LONG)
    await forgotten(short)

    expect(await get(renewed)).toBe('new')
  })
}

/** Of stores that give several values at once. */
function getManyCases({ store, newKey, forgotten, shortest }: Subject): void {
  describe('getMany', () => {
    const getMany = async (wanted: string[]): Promise<unknown[]> =>
      (await store.getMany(wanted)).map((value) => value ?? undefined)

    test('gives values in the order of the keys, with nothing where nothing is', async () => {
      const [one, other, missing] = [newKey(), newKey(), newKey()]
      await store.set(one, 'one', LONG)
      await store.set(other, 'other', LONG)

      expect(await getMany([other, missing, one])).toEqual(['other', undefined, 'one'])
      expect(await getMany([missing])).toEqual([undefined])
    })

    test('does not give what is too old', async () => {
      const [short, long] = [newKey(), newKey()]
      await store.set(short, 'short', shortest)
      await store.set(long, 'long', LONG)

      await forgotten(short)

      expect(await getMany([short, long])).toEqual([undefined, 'long'])
    })
  })
}

/** Of stores that let a value live on. */
function touchCases({ store, get, newKey, forgotten, shortest }: Subject): void {
  describe('touch', () => {
    test('lets a value live on, as it is', async () => {
      const [touched, other] = [newKey(), newKey()]
      await store.set(touched, 'touched', shortest)
      await store.set(other, 'other', shortest)

      await store.touch(touched, LONG)
      await forgotten(other)

      expect(await get(touched)).toBe('touched')
    })

    test('can also make its life shorter', async () => {
      const key = newKey()
      await store.set(key, 'value', LONG)

      await store.touch(key, shortest)

      await forgotten(key)
    })

    test('brings nothing back, and does not mind what is not there', async () => {
      const key = newKey()
      await store.set(key, 'value', LONG)
      await store.delete(key)

      await store.touch(key, LONG)

      expect(await get(key)).toBeUndefined()
    })
  })
}

/** Of stores that can lock. */
function lockCases({ store, get, newKey, forgotten, shortest }: Subject): void {
  describe('lock', () => {
    const lock = async (key: string, ttl = LONG): Promise<StoreLock | undefined> =>
      store.lock(key, ttl)
    const mustLock = async (key: string, ttl = LONG): Promise<StoreLock> => {
      const got = await lock(key, ttl)
      if (got === undefined) throw new Error(`${key} is locked`)
      return got
    }
    /** Waits until a lock has ended by itself, and takes the next one. */
    const lockAfter = (key: string, ttl = LONG): Promise<StoreLock> =>
      vi.waitFor(() => mustLock(key, ttl), { timeout: 5000, interval: 5 })

    test('is had by one at a time, and by the next when it is released', async () => {
      const key = newKey()

      const first = await mustLock(key)
      expect(await lock(key)).toBeUndefined()
      await first.release()

      expect(await lock(key)).toBeDefined()
    })

    test('is had by one of fifty who ask at once', async () => {
      const key = newKey()

      const locks = await Promise.all(Array.from({ length: 50 }, () => lock(key)))

      expect(locks.filter((got) => got !== undefined)).toHaveLength(1)
    })

    test('locks a key and no other, whether it has a value or not', async () => {
      const [one, other] = [newKey(), newKey()]
      await store.set(other, 'value', LONG)

      await mustLock(one)

      expect(await lock(other)).toBeDefined()
      expect(await get(one)).toBeUndefined()
      expect(await get(other)).toBe('value')
    })

    test('ends by itself', async () => {
      const key = newKey()
      await mustLock(key, shortest)

      await lockAfter(key)
    })

    test('takes times that are no whole numbers', async () => {
      const key = newKey()

      const held = await mustLock(key, 1000.5)

      expect(await held.set(key, 'value', 1000.5)).toBe(true)
    })

    test('stores what its owner sets, for as long as it says', async () => {
      const key = newKey()
      const held = await mustLock(key)

      expect(await held.set(key, 'mine', LONG)).toBe(true)
      expect(await get(key)).toBe('mine')
      expect(await held.set(key, 'mine', shortest)).toBe(true)

      await forgotten(key)
    })

    test('still stores what its owner sets when it has ended and nobody else had it', async () => {
      const [key, witness] = [newKey(), newKey()]
      const held = await mustLock(key, shortest)
      await store.set(witness, 'value', shortest)
      await forgotten(witness)

      expect(await held.set(key, 'late', LONG)).toBe(true)

      expect(await get(key)).toBe('late')
    })

    test('refuses what an earlier owner sets, while a later one has it and ever after', async () => {
      const key = newKey()
      const asleep = await mustLock(key, shortest)
      const later = await lockAfter(key)
      await later.set(key, 'later', LONG)

      expect(await asleep.set(key, 'too late', LONG)).toBe(false)
      await later.release()
      expect(await asleep.set(key, 'too late', LONG)).toBe(false)

      expect(await get(key)).toBe('later')
    })

    test('is not ended by an earlier owner', async () => {
      const key = newKey()
      const asleep = await mustLock(key, shortest)
      const later = await lockAfter(key)

      await asleep.release()

      expect(await lock(key)).toBeUndefined()
      expect(await later.set(key, 'later', LONG)).toBe(true)
    })

    test('may be released twice', async () => {
      const key = newKey()
      const first = await mustLock(key)

      await first.release()
      const second = await mustLock(key)
      await first.release()

      expect(await lock(key)).toBeUndefined()
      await second.release()
    })

    test('leaves the value alone', async () => {
      const key = newKey()
      await store.set(key, 'value', LONG)

      const held = await mustLock(key)
      await store.set(key, 'set without it', LONG)
      await held.release()

      expect(await get(key)).toBe('set without it')
    })
  })
}
