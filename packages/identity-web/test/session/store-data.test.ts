import { describe, expect, test } from 'vitest'
import { memoryStore } from 'identity-web'
import type { SessionStore } from 'identity-web/express'
import { createReliableStore } from '../../src/reliable-store.ts'
import { SESSION_STORE } from '../../src/web/runtime/sessions.ts'
import { createStoreData, type StoreData } from '../../src/session/store/store-data.ts'
import { createClock, type Clock } from '../../../dev-provider/test/support/clock.ts'
import { CountingStore } from '../support/counting-store.ts'
import { ExpiringStore } from '../support/expiring-store.ts'

const shared = memoryStore()

/** A server whose writes take some milliseconds. */
function server(key: string, writeMs: number): StoreData {
  const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, writeMs))
  const set = async (name: string, value: string, ttlMs: number): Promise<void> => {
    await pause()
    shared.set(name, value, ttlMs)
  }
  const store = createReliableStore({ ...shared, set }, { timeoutSeconds: 1, words: SESSION_STORE })
  return createStoreData(store, {
    key: () => key,
    lifetimes: { idle: 100, absolute: 1000 },
    slack: 100,
    now: () => 1_700_000_000,
    onLoss: () => expect.unreachable('The store has its data.'),
  })
}

const HOUR = 3600

/** A server whose sessions last eight hours, and the losses that it reports. The ID of the data lives for 18 hours. */
function dayServer(store: SessionStore, clock: Clock): StoreData & { readonly losses: number } {
  let losses = 0
  const data = createStoreData(
    createReliableStore(store, { timeoutSeconds: 1, words: SESSION_STORE }),
    {
      key: () => 'identity:data:1',
      lifetimes: { idle: 8 * HOUR, absolute: 8 * HOUR },
      slack: HOUR,
      now: () => Math.floor(clock.now() / 1000),
      onLoss: () => (losses += 1),
    },
  )
  return Object.defineProperty(data as StoreData & { losses: number }, 'losses', {
    get: () => losses,
  })
}

/** A store that expires values by the clock, with `touch`. */
class TouchableStore extends ExpiringStore {
  touch(key: string, ttlMs: number): void {
    const value = this.get(key)
    if (typeof value === 'string') this.set(key, value, ttlMs)
  }
}

const valueIn = (store: ExpiringStore): string | undefined =>
  store.get('identity:data:1') as string | undefined

function stoppedClock(): Clock {
  return createClock(() => 1_700_000_000_000)
}

test('servers that create the ID of the data at the same moment agree on it', async () => {
  const servers = [server('data', 1), server('data', 20), server('data', 5)]

  const ids = await Promise.all(servers.map((one) => one.idFor(undefined)))

  expect(new Set(ids).size).toBe(1)
  for (const one of servers) expect(one.isIntact(ids[0], String(shared.get('data')))).toBe(true)
})

test('servers without locks whose writes take different times agree on the ID', async () => {
  const clock = stoppedClock()
  const store = new CountingStore()
  let write = (): void => undefined
  const slow = new Promise<void>((resolve) => (write = resolve))
  const delayed = (until: Promise<void>): SessionStore => ({
    get: (name) => store.get(name),
    delete: (name) => store.delete(name),
    set: async (name, value, ttlMs) => {
      await until
      store.set(name, value, ttlMs)
    },
  })
  const first = dayServer(delayed(Promise.resolve()), clock)
  const second = dayServer(delayed(slow), clock)
  const third = dayServer(delayed(slow), clock)

  const creating = [first.idFor(undefined), second.idFor(undefined)]
  await expect.poll(() => store.entries.size, { interval: 2 }).toBe(1)
  const early = [...store.entries.values()][0]
  creating.push(first.idFor(early), third.idFor(early))
  write()
  const ids = await Promise.all(creating)

  const [value] = store.entries.values()
  expect(value).not.toBe(early)
  for (const id of ids) expect(first.isIntact(id, value)).toBe(true)
  await Promise.all([first, second, third].map((one) => one.idFor(value)))
  expect([first.losses, second.losses, third.losses]).toEqual([0, 0, 0])
})

test('an ID that expired because users did not sign in for a day is not a loss', async () => {
  const clock = stoppedClock()
  const store = new ExpiringStore(clock)
  const data = dayServer(store, clock)
  const monday = await data.idFor(valueIn(store))
  clock.advance(8.9 * HOUR)
  await data.idFor(valueIn(store))

  clock.advance(15 * HOUR)
  await data.check()
  const tuesday = await data.idFor(valueIn(store))

  expect(tuesday).not.toBe(monday)
  expect(data.losses).toBe(0)
})

test.each([
  ['that did not expire', [16.9]],
  ['whose life a sign-in extended', [9, 16.9]],
  ['whose life sign-ins extended twice', [10, 10, 16.9]],
])('an ID %s is a loss if it is missing', async (_, pauses) => {
  const lossesWith = async (Store: typeof ExpiringStore): Promise<number> => {
    const clock = stoppedClock()
    const store = new Store(clock)
    const data = dayServer(store, clock)
    await data.idFor(undefined)
    for (const hours of pauses.slice(0, -1)) {
      clock.advance(hours * HOUR)
      await data.idFor(valueIn(store))
    }
    clock.advance((pauses.at(-1) ?? 0) * HOUR)
    expect(valueIn(store)).toBeDefined()

    store.entries.clear()
    await data.idFor(valueIn(store))
    return data.losses
  }

  expect(await Promise.all([ExpiringStore, TouchableStore].map(lossesWith))).toEqual([1, 1])
})

test('a session that lost its ID of the data is a loss at any time', async () => {
  const clock = stoppedClock()
  const store = new ExpiringStore(clock)
  const data = dayServer(store, clock)
  const id = await data.idFor(undefined)
  clock.advance(100 * HOUR)

  expect(data.isIntact(id, undefined)).toBe(false)
  expect(data.losses).toBe(1)
})

test('a server without sign-ins learns the ID at its first check, and then notices a loss', async () => {
  const clock = stoppedClock()
  const store = new TouchableStore(clock)
  const id = await dayServer(store, clock).idFor(undefined)
  const data = dayServer(store, clock)

  await data.check()
  expect(data.losses).toBe(0)
  // The check extends the life of the ID, so that this server knows it for longer.
  clock.advance(10 * HOUR)
  await data.check()
  clock.advance(16 * HOUR)
  expect(valueIn(store)).toContain(id)
  store.entries.clear()
  await data.check()

  expect(data.losses).toBe(1)
})

test('checks read the store once in five seconds', async () => {
  const clock = stoppedClock()
  const store = new ExpiringStore(clock)
  const data = dayServer(store, clock)
  await data.idFor(undefined)
  const before = store.count('get')

  for (let request = 0; request < 20; request++) await data.check()
  expect(store.count('get')).toBe(before + 1)

  clock.advance(5)
  await data.check()
  // After the clock was set back by an hour.
  clock.advance(-HOUR)
  await data.check()
  expect(store.count('get')).toBe(before + 3)
})

/** A store that records its writes with their lifetimes in seconds, and the servers that use it. */
function openStore({ canTouch = true } = {}) {
  const { touch, ...memory } = memoryStore()
  const writes: [kind: string, seconds: number][] = []
  const time = { now: 1_700_000_000 }
  const losses: number[] = []
  const store = createReliableStore(
    {
      ...memory,
      set(name, value, ttlMs) {
        writes.push(['set', ttlMs / 1000])
        memory.set(name, value, ttlMs)
      },
      ...(canTouch && {
        touch(name: string, ttlMs: number) {
          writes.push(['touch', ttlMs / 1000])
          touch(name, ttlMs)
        },
      }),
    },
    { timeoutSeconds: 1, words: SESSION_STORE },
  )
  return {
    writes,
    time,
    losses,
    stored: () => String(memory.get('data')),
    /** A server whose sessions end after some seconds. */
    open: (absolute: number): StoreData =>
      createStoreData(store, {
        key: () => 'data',
        lifetimes: { idle: 100, absolute },
        slack: 100,
        now: () => time.now,
        onLoss: () => losses.push(time.now),
      }),
  }
}

describe('the ID of the data', () => {
  test('keeps the longest lifetime of a session that the settings had', async () => {
    const { open, stored, writes } = openStore()
    const id = await open(1000).idFor(undefined)

    expect(await open(5000).idFor(stored())).toBe(id)
    expect(await open(1000).idFor(stored())).toBe(id)

    expect(open(1000).longestLifetime(stored())).toBe(5000)
    expect(writes).toEqual([
      ['set', 2200],
      ['set', 10_200],
    ])
  })

  test.each([
    [true, 'touch'],
    [false, 'set'],
  ] as const)(
    'is extended by a sign-in in the second half of its life, and not before: touch is %s',
    async (canTouch, kind) => {
      const { open, stored, writes, time } = openStore({ canTouch })
      const data = open(1000)
      const id = await data.idFor(undefined)
      time.now += 1099
      expect(await data.idFor(stored())).toBe(id)
      expect(writes).toEqual([['set', 2200]])

      time.now += 1

      expect(await data.idFor(stored())).toBe(id)
      expect(writes.slice(1)).toEqual([[kind, 2200]])
    },
  )

  test('is not lost because a session does not contain one', async () => {
    const { open, stored, losses } = openStore()
    const data = open(1000)
    await data.idFor(undefined)

    expect(data.isIntact(undefined, stored())).toBe(false)
    expect(losses).toEqual([])
    expect(data.isIntact('another', stored())).toBe(false)
    expect(data.isIntact('another', stored())).toBe(false)
    expect(losses).toHaveLength(1)
  })
})
