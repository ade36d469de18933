import type { ExpressSessionStore } from '../../src/stores/express-store.ts'
import { RedisStore } from 'connect-redis'
import { MemoryStore, type SessionData } from 'express-session'
import { fromExpressStore } from 'identity-web'
import { createClient } from 'redis'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startRedisServer, type RedisServer } from '../support/redis-server.ts'
import { storeContract } from './contract.ts'

let redis: RedisServer
beforeAll(async () => {
  redis = await startRedisServer()
})
afterAll(() => redis.close())

storeContract(
  'the MemoryStore of express-session',
  () => ({ store: fromExpressStore(new MemoryStore()) }),
  {
    touch: true,
  },
)

storeContract(
  'connect-redis',
  async () => {
    const client = await createClient({ url: redis.url }).connect()
    return {
      store: fromExpressStore(new RedisStore({ client })),
      close: async () => client.destroy(),
    }
  },
  // It rounds lifetimes to seconds.
  { touch: true, shortest: 1000 },
)

/** Returns a store with the methods of a test. */
function fakeStore(methods: Partial<ExpressSessionStore>): ExpressSessionStore {
  return {
    get: (_sid, callback) => callback(null, null),
    set: (_sid, _session, callback) => callback(),
    destroy: (_sid, callback) => callback(),
    ...methods,
  }
}

describe('fromExpressStore', () => {
  test('passes a session whose cookie contains its lifetime in every format that stores read', async () => {
    let session: SessionData | undefined
    const store = fromExpressStore(
      fakeStore({
        set(_sid, given, callback) {
          session = given as SessionData
          callback()
        },
      }),
    )

    const before = Date.now()
    await store.set('key', 'value', 60_000)

    expect(session?.cookie).toMatchObject({ originalMaxAge: 60_000, maxAge: 60_000 })
    const expires = session?.cookie.expires
    expect(expires).toBeInstanceOf(Date)
    expect(Number(expires) - before).toBeGreaterThanOrEqual(60_000)
    expect(Number(expires) - Date.now()).toBeLessThanOrEqual(60_000)
  })

  test('touches with the whole session, for stores that write the session that they receive', async () => {
    const sessions = new Map<string, string>()
    const write: ExpressSessionStore['set'] = (sid, session, callback) => {
      sessions.set(sid, JSON.stringify(session))
      callback()
    }
    const store = fromExpressStore(
      fakeStore({
        get: (sid, callback) => callback(null, JSON.parse(sessions.get(sid) ?? 'null')),
        set: write,
        touch: write,
      }),
    )
    await store.set('key', 'value', 1000)

    await store.touch?.('key', 60_000)

    expect(await store.get('key')).toBe('value')
    expect(JSON.parse(sessions.get('key') ?? '')).toMatchObject({ cookie: { maxAge: 60_000 } })
  })

  test('has touch only if the store has it', () => {
    const touch: ExpressSessionStore['touch'] = (_sid, _session, callback) => callback()

    expect(fromExpressStore(fakeStore({})).touch).toBeUndefined()
    expect(fromExpressStore(fakeStore({ touch, disableTouch: true })).touch).toBeUndefined()
    expect(fromExpressStore(fakeStore({ touch, disableTouch: false })).touch).toBeDefined()
  })

  test('returns undefined for a session of another library', async () => {
    const store = fromExpressStore(
      fakeStore({ get: (_sid, callback) => callback(null, { cookie: { originalMaxAge: 1 } }) }),
    )

    expect(await store.get('key')).toBeUndefined()
  })

  describe('rejects', () => {
    const failure = new Error('The database is unavailable.')
    const ways: Record<string, (callback: (error?: unknown) => void) => unknown> = {
      'an error in the callback': (callback) => callback(failure),
      'an error in a later callback': (callback) => setImmediate(callback, failure),
      'a thrown error': () => {
        throw failure
      },
      'a rejected promise': () => Promise.reject(failure),
    }

    test.each(Object.entries(ways))('for %s', async (_way, fail) => {
      const store = fromExpressStore(
        fakeStore({
          get: (_sid, callback) => fail(callback),
          set: (_sid, _session, callback) => fail(callback),
          destroy: (_sid, callback) => fail(callback),
          touch: (_sid, _session, callback) => fail(callback),
        }),
      )

      await expect(store.get('key')).rejects.toBe(failure)
      await expect(store.set('key', 'value', 1000)).rejects.toBe(failure)
      await expect(store.delete('key')).rejects.toBe(failure)
      await expect(store.touch?.('key', 1000)).rejects.toBe(failure)
    })

    test('with an Error if the store passes another value', async () => {
      const store = fromExpressStore(
        fakeStore({ get: (_sid, callback) => callback('no connection') }),
      )

      await expect(store.get('key')).rejects.toMatchObject({ cause: 'no connection' })
    })

    test('if touch fails after the session was found', async () => {
      const store = fromExpressStore(
        fakeStore({
          get: (_sid, callback) => callback(null, { cookie: { originalMaxAge: 1 } }),
          touch: (_sid, _session, callback) => callback(failure),
        }),
      )

      await expect(store.touch?.('key', 1000)).rejects.toBe(failure)
    })
  })

  test.each([undefined, null, {}, new Map(), () => undefined])(
    'rejects %o, which is not a store',
    (store) => {
      expect(() => fromExpressStore(store as never)).toThrow(
        expect.objectContaining({
          code: 'configuration',
          message: expect.stringContaining('requires a store of express-session') as string,
        }),
      )
    },
  )
})
