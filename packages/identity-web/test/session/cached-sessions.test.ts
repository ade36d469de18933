import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { memoryStore } from 'identity-web'
import { describe, expect, test } from 'vitest'
import { createReliableStore } from '../../src/reliable-store.ts'
import { SESSION_STORE } from '../../src/web/runtime/sessions.ts'
import {
  createCookieStrategy,
  createRevocations,
  createStoreStrategy,
  startTimes,
  type Session,
  type SessionStrategy,
} from '../../src/session/index.ts'

const NOW = 1_700_000_000
const lifetimes = { idle: 1000, absolute: 5000 }
const now = (): number => NOW
const settings = {
  secrets: ['a-secret-of-the-tests-0123456789-abcdef'],
  owner: 'client',
  name: 'identity',
  attributes: { path: '/', secure: false, sameSite: 'Lax' },
  lifetimes,
  now,
} as const

const strategies: [string, (cacheEntries?: number) => SessionStrategy][] = [
  ['in cookies', (cacheEntries) => createCookieStrategy({ ...settings, cacheEntries })],
  [
    'in a store',
    (cacheEntries) => {
      const store = createReliableStore(memoryStore(), {
        timeoutSeconds: 1,
        words: SESSION_STORE,
      })
      return createStoreStrategy({
        ...settings,
        cacheEntries,
        store,
        revocations: createRevocations(store, { owner: 'client', lifetimes, now }),
        refreshSeconds: 1,
        onCorrupt: () => undefined,
      })
    },
  ],
]

async function startSessions(strategy: SessionStrategy, count: number): Promise<string[]> {
  const headers: string[] = []
  for (let index = 0; index < count; index++) {
    const session: Session = {
      id: `session ${index}`,
      claims: { iss: 'https://issuer.example', sub: `user ${index}` },
      ...startTimes(lifetimes, NOW),
    }
    const cookies = await strategy.start('', session, { revision: 0, access: [] })
    headers.push(cookies.map((cookie) => cookie.split(';', 1)[0]).join('; '))
  }
  return headers
}

const readAll = (strategy: SessionStrategy, headers: readonly string[]): Promise<unknown[]> =>
  Promise.all(headers.map(async (header) => strategy.read(header)))

describe.each(strategies)('the cache of sessions %s', (_where, create) => {
  test('keeps as many sessions as cacheEntries', async () => {
    const strategy = create(200)
    const headers = await startSessions(strategy, 200)
    const first = await readAll(strategy, headers)

    const again = await readAll(strategy, headers)

    expect(again.every((session, index) => session === first[index])).toBe(true)
  })

  test('keeps at most twice as many sessions as cacheEntries', async () => {
    const strategy = create(20)
    const headers = await startSessions(strategy, 100)
    const first = await readAll(strategy, headers)

    const again = await readAll(strategy, headers)

    expect(again.filter((session, index) => session === first[index]).length).toBeLessThanOrEqual(
      40,
    )
    expect(again).toEqual(first)
  })

  // A `Cookie` header can have 16 kB of other cookies. A part of a string keeps the whole string in memory.
  test('does not keep the other cookies of a browser in memory', async () => {
    const strategy = create()
    const headers = await startSessions(strategy, 100)
    const before = heapUsed()

    for (const [index, header] of headers.entries()) {
      await strategy.read(`${header}; other=${String(index).repeat(100_000)}`)
    }

    // Each of the headers has at least 100 kB.
    expect((heapUsed() - before) / 1e6).toBeLessThan(5)
    // The cache is still in use here.
    expect(await strategy.read(headers[0] ?? '')).toBeDefined()
  })
})

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

function heapUsed(): number {
  for (let times = 0; times < 3; times++) collectGarbage()
  return process.memoryUsage().heapUsed
}
