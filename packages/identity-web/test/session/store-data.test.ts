import { describe, expect, test } from 'vitest'
import { memoryStore } from 'identity-web'
import { createReliableStore } from '../../src/session/index.ts'
import { createStoreData, type StoreData } from '../../src/session/store/store-data.ts'

const shared = memoryStore()

/** A server whose writes take some milliseconds. */
function server(key: string, writeMs: number): StoreData {
  const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, writeMs))
  const set = async (name: string, value: string, ttlMs: number): Promise<void> => {
    await pause()
    shared.set(name, value, ttlMs)
  }
  const store = createReliableStore(
    { ...shared, set },
    { timeoutSeconds: 1, onChange: () => undefined },
  )
  return createStoreData(store, {
    key: () => key,
    lifetimes: { idle: 100, absolute: 1000 },
    slack: 100,
    now: () => 1_700_000_000,
    onLoss: () => expect.unreachable('The store has its data.'),
  })
}

test('servers that create the ID of the data at the same moment agree on it', async () => {
  const servers = [server('data', 1), server('data', 20), server('data', 5)]

  const ids = await Promise.all(servers.map((one) => one.idFor(undefined)))

  expect(new Set(ids).size).toBe(1)
  for (const one of servers) expect(one.isIntact(ids[0], String(shared.get('data')))).toBe(true)
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
    { timeoutSeconds: 1, onChange: () => undefined },
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
