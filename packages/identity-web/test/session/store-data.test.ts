import { expect, test } from 'vitest'
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
