import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { Keyv } from 'keyv6'
import { describe, expect, test } from 'vitest'
import { memoryStore } from 'identity-web'
import type { SessionStore, StoreLock } from 'identity-web/express'
import { createReliableStore, type ReliableStore } from '../src/reliable-store.ts'
import { storeFailure } from '../src/store-failure.ts'
import { SESSION_STORE } from '../src/web/runtime/sessions.ts'

function reliable(store: SessionStore, timeoutSeconds = 0.05): ReliableStore {
  return createReliableStore(store, { timeoutSeconds, words: SESSION_STORE })
}

describe('a reliable store', () => {
  test('limits the number of waiting requests', async () => {
    const silent = reliable({
      get: () => new Promise(() => undefined),
      set: () => undefined,
      delete: () => undefined,
    })
    const waiting = Array.from({ length: 5000 }, () =>
      Promise.resolve(silent.getMany(['key'])).catch((error: unknown) => error),
    )

    expect(() => silent.getMany(['key'])).toThrow(/Too many requests are waiting/)

    for (const failed of await Promise.all(waiting)) {
      expect(failed).toMatchObject({
        code: 'store_unavailable',
        reason: 'store_timeout',
        hint: expect.stringContaining('storeTimeoutSeconds') as unknown,
      })
    }
  })

  // Under load, one turn of the event loop can take longer than the timeout. The response of the store then waits in its
  // socket. It is not late.
  test('accepts a response that arrived while the process was busy', async ({ onTestFinished }) => {
    const echo = (socket: Socket): unknown => socket.on('error', () => undefined).pipe(socket)
    const server = createServer(echo).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const socket = connect(port, '127.0.0.1').setEncoding('utf8')
    onTestFinished(() => {
      socket.destroy()
      server.close()
    })
    await once(socket, 'connect')
    const store = reliable({
      async get(key) {
        socket.write(key)
        const [value] = (await once(socket, 'data')) as [string]
        return value
      },
      set: () => undefined,
      delete: () => undefined,
    })

    const reading = store.getMany(['key'])
    // The echo needs the event loop of this process too.
    await new Promise((resolve) => setImmediate(resolve))
    await new Promise((resolve) => setImmediate(resolve))
    keepBusy(100)

    expect(await reading).toEqual(['key'])
  })

  test('is tried by one request at a time while the circuit breaker is open', async () => {
    const asked: unknown[] = []
    const silent = reliable({
      get: (key) => {
        asked.push(key)
        return new Promise(() => undefined)
      },
      set: () => undefined,
      delete: () => undefined,
    })
    const ask = async (): Promise<unknown> => silent.getMany(['key'])
    await Promise.allSettled([ask(), ask(), ask()])
    await new Promise((resolve) => setTimeout(resolve, 1050))

    await Promise.allSettled([ask(), ask(), ask(), ask(), ask()])

    expect(asked).toHaveLength(4)
  })

  test('releases a lock that it received after the timeout', async () => {
    let isReleased = (): void => undefined
    const released = new Promise<void>((resolve) => (isReleased = resolve))
    const late: StoreLock = {
      set: async () => true,
      release: async () => isReleased(),
    }
    const store = reliable({
      ...memoryStore(),
      lock: () => new Promise((resolve) => setTimeout(resolve, 100, late)),
    })

    await expect(store.lock?.('key', 1)).rejects.toMatchObject({ code: 'store_unavailable' })

    await released
  })

  test('has the lock of a class that extends Keyv', async () => {
    class LockingKeyv extends Keyv {
      readonly #locks = memoryStore()
      lock = async (key: string, ttlMs: number): Promise<StoreLock | undefined> =>
        this.#locks.lock?.(key, ttlMs)
    }
    const store = reliable(new LockingKeyv())

    expect(await store.lock?.('key', 1)).toBeDefined()
    expect(await store.lock?.('key', 1)).toBeUndefined()
    expect(store.touch).toBeUndefined()
  })

  test('returns without a promise if the store does', () => {
    const store = reliable(memoryStore())

    expect(store.set('key', 'value', 1)).toBeUndefined()
    expect(store.getMany(['key', 'other'])).toEqual(['value', undefined])
  })

  test.each([
    ['null', null],
    ['a number', 5],
    ['bytes', new Uint8Array(3)],
  ])('returns undefined if the store returns %s', async (_, value) => {
    const store = reliable({ get: () => value, set: () => undefined, delete: () => undefined })

    expect(await store.getMany(['key'])).toEqual([undefined])
  })

  test('supports promises of other libraries', async () => {
    const thenable = {
      // Older clients return the promises of a library.
      // oxlint-disable-next-line unicorn/no-thenable
      then: (resolve: (value: string) => void) => resolve('value'),
    }
    const store = reliable({ get: () => thenable, set: () => undefined, delete: () => undefined })

    expect(await store.getMany(['key'])).toEqual(['value'])
  })
})

test.each([
  ['rediss://:secret@redis.example:6379', 'rediss://redis.example:6379'],
  ['redis://user:secret@redis.example/0', 'redis://redis.example/0'],
  ['a://u:secret@a.example and b://secret@b.example', 'a://a.example and b://b.example'],
  ['redis://redis.example:6379', 'redis://redis.example:6379'],
])('the failure of a store does not contain the password of %s', (url, logged) => {
  const failures = [
    storeFailure(SESSION_STORE, new Error(`Cannot connect to ${url}.`)),
    storeFailure(SESSION_STORE, new AggregateError([new Error(`Cannot connect to ${url}.`)])),
  ]

  for (const { message, hint } of failures) {
    expect(`${message} ${hint}`).toContain(`Cannot connect to ${logged}.`)
    expect(`${message} ${hint}`).not.toContain('secret')
  }
})

test.each([
  ['ClientOfflineError', 'ClientOfflineError: The client is offline'],
  // Bundlers shorten the names of classes, or remove them.
  ['t', 'The client is offline'],
  ['', 'The client is offline'],
])(
  'the failure of a store names the class of its error, unless it is minified: %s',
  (name, text) => {
    const { [name]: OfflineError } = { [name]: class extends Error {} }

    const { message, hint } = storeFailure(SESSION_STORE, new OfflineError('The client is offline'))

    expect(`${message} ${hint}`).toContain(`(${text})`)
  },
)

function keepBusy(milliseconds: number): void {
  const end = performance.now() + milliseconds
  while (performance.now() < end);
}
