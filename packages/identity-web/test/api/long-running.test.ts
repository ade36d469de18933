import type { TokenStore } from '../../src/store.ts'
import type { ApiAuthOptions, TokenResult } from 'identity-web/express'
import { decodeJwt } from 'jose'
import { Keyv } from 'keyv6'
import { describe, expect, test as base, vi } from '../support/fixtures.ts'
import { failed, failureOf, type ProtectedApi } from '../support/protected-api.ts'
import type { Clock } from '../support/site.ts'
import { ANY_CALLER, appsWithThings, OBO, THINGS, THINGS_ID } from '../support/things.ts'

const GRAPH = 'https://graph.microsoft.com'
const SECRET = 'MARKED-long-running-secret-of-the-tests-0123456789'
const NEW_SECRET = 'MARKED-new-secret-of-the-tests-0123456789-0123456789'
const FABRIKAM = 'fab00000-0000-4000-8000-000000000002'

const apps = appsWithThings({ todos: { preauthorized: ['User.Read', `${THINGS}/Things.Read`] } })

type Method = 'get' | 'set' | 'delete'

/** A store like Keyv: async, with lifetimes, and `undefined` for a missing key. A method can hang or fail. */
class AsyncStore implements TokenStore {
  readonly entries = new Map<string, { readonly value: string; readonly until: number }>()
  hanging: Method | undefined
  failing: Method | undefined
  readonly #now: () => number
  #release = (): void => undefined
  #works = Promise.resolve()

  constructor({ now }: Clock) {
    this.#now = now
  }

  hang(method: Method): void {
    this.hanging = method
    this.#works = new Promise((resolve) => (this.#release = resolve))
  }

  /** Continues the calls that hang. */
  work(): void {
    this.hanging = undefined
    this.#release()
  }

  async get(key: string): Promise<string | undefined> {
    await this.#before('get')
    const entry = this.entries.get(key)
    return entry !== undefined && this.#now() < entry.until ? entry.value : undefined
  }

  async set(key: string, value: string, ttlMs: number): Promise<boolean> {
    await this.#before('set')
    this.entries.set(key, { value, until: this.#now() + ttlMs })
    return true
  }

  async delete(key: string): Promise<boolean> {
    await this.#before('delete')
    return this.entries.delete(key)
  }

  async #before(method: Method): Promise<void> {
    if (this.failing === method) throw new Error(`The store cannot ${method}.`)
    if (this.hanging === method) await this.#works
  }
}

const getToken = ({ api }: ProtectedApi, key: string, scopes = 'User.Read') =>
  api.getTokenInLongRunningProcess(key, scopes)

const claimsOf = ({ accessToken }: TokenResult) => decodeJwt(accessToken)

/** Waits for the tasks that are in progress. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

const stores: readonly (readonly [string, (clock: Clock) => TokenStore])[] = [
  ['a Map', () => new Map<string, string>()],
  ['a store that is asynchronous', (clock) => new AsyncStore(clock)],
]

const test = base
  .extend('providerOptions', { config: { apps } })

  /** An API whose users can start a process. By default, `longRunning` has a `Map`. */
  .extend(
    'open',
    ({ openApi }) =>
      (
        store: TokenStore | undefined,
        {
          secret = SECRET,
          ...options
        }: ApiAuthOptions & { secret?: string | readonly string[] } = {},
      ): Promise<ProtectedApi> => {
        const longRunning = store && { store, secret }
        return openApi({ longRunning, ...options }, (express, api) => {
          express.get(
            '/start',
            api.authorizationRequired(ANY_CALLER, async (req, res, context) => {
              const { scopes = 'User.Read' } = req.query as { scopes?: string }
              res.json({ key: await context.startLongRunningProcess(scopes) })
            }),
          )
        })
      },
  )

  /** Starts a process as a user and returns its key for the job. */
  .extend(
    'start',
    ({ provider }) =>
      async (api: ProtectedApi, as = 'alex', scopes = 'User.Read'): Promise<string> => {
        const token = await provider.accessToken({ as })
        const { status, body } = await api.call(
          `/start?scopes=${encodeURIComponent(scopes)}`,
          token,
        )
        expect({ status, body }).toMatchObject({ status: 200, body: { key: expect.any(String) } })
        return (body as { key: string }).key
      },
  )
  .extend('map', () => new Map<string, unknown>())
  .extend('asyncStore', ({ clock }) => new AsyncStore(clock))
  /** The store of `api`. */
  .extend('processStore', ({ map }): TokenStore => map)
  .extend('api', ({ open, processStore }) => open(processStore))
  /** The key of a process that Alex has started. */
  .extend('key', ({ start, api }) => start(api))
  .extend('alexToken', ({ provider }) => provider.accessToken({ as: 'alex' }))
  .extend('refreshes', ({ grantRequests }) => grantRequests('refresh_token'))

  /** The refresh tokens that the provider issues in this test. */
  .extend('refreshTokens', ({ provider }): string[] => {
    const tokens: string[] = []
    provider.tamper = {
      tokenResponse: (body) => {
        if (typeof body['refresh_token'] === 'string') tokens.push(body['refresh_token'])
        return body
      },
    }
    return tokens
  })

describe.each(stores)('with %s, a job', (_name, createStore) => {
  test.override('processStore', ({ clock }) => createStore(clock))

  test('gets tokens for its user at once, and long after the user’s own token expired', async ({
    api,
    clock,
    start,
    provider,
  }) => {
    const [alex, robin] = [await start(api, 'alex'), await start(api, 'robin')]
    for (const hours of [0, 2, 24, 24 * 80]) {
      clock.advance(hours * 3600)
      for (const [as, key] of [
        ['alex', alex],
        ['robin', robin],
      ] as const) {
        const result = await getToken(api, key)

        expect(result.expiresInSeconds).toBeGreaterThan(300)
        expect(claimsOf(result)).toMatchObject({
          aud: GRAPH,
          oid: provider.user(as).oid,
          azp: provider.api.clientId,
        })
      }
    }
  })

  test('asks the provider only when it has to', async ({ api, key, clock, refreshes }) => {
    const first = await getToken(api, key)
    clock.advance(1800)
    expect((await getToken(api, key)).accessToken).toBe(first.accessToken)
    expect(refreshes()).toHaveLength(0)

    clock.advance(1800)
    const second = await getToken(api, key)
    clock.advance(1800)
    expect((await getToken(api, key)).accessToken).toBe(second.accessToken)
    expect(refreshes()).toHaveLength(1)
  })

  test('gets tokens of other APIs as well', async ({ api, key, clock, provider }) => {
    clock.advance(5 * 3600)

    expect(claimsOf(await getToken(api, key, `${THINGS}/Things.Read`))).toMatchObject({
      aud: THINGS_ID,
      oid: provider.user('alex').oid,
      scp: 'Things.Read',
    })
    expect(claimsOf(await getToken(api, key)).aud).toBe(GRAPH)
  })

  test('refreshes once for many calls at a time', async ({
    api,
    key,
    clock,
    provider,
    refreshes,
  }) => {
    clock.advance(4000)
    provider.behave({ reuseDetection: true })
    const results = await Promise.all(Array.from({ length: 30 }, () => getToken(api, key)))

    expect(new Set(results.map(({ accessToken }) => accessToken)).size).toBe(1)
    expect(refreshes()).toHaveLength(1)
  })

  test('of another server continues with the tokens that the first one stored', async ({
    processStore,
    clock,
    open,
    start,
    provider,
  }) => {
    const [first, second] = [await open(processStore), await open(processStore)]
    const key = await start(first)
    provider.behave({ reuseDetection: true })
    for (const api of [second, first, second]) {
      clock.advance(4000)
      expect(claimsOf(await getToken(api, key))['oid']).toBe(provider.user('alex').oid)
    }
  })

  test('can be stopped permanently', async ({ api, clock, start }) => {
    const [key, other] = [await start(api), await start(api)]
    await getToken(api, key)
    await api.api.stopLongRunningProcess(key)

    expect(await failureOf(getToken(api, key))).toBe('interaction_required')
    clock.advance(4000)
    expect(await failureOf(getToken(api, key))).toBe('interaction_required')
    await getToken(api, other)
    await api.api.stopLongRunningProcess(key)
    await api.api.stopLongRunningProcess('never there')
  })

  test('that refreshes while it is stopped does not come back', async ({
    api,
    key,
    clock,
    provider,
    refreshes,
  }) => {
    clock.advance(4000)
    provider.behave({ faults: { token: { kind: 'slow', ms: 100 } } })
    const underWay = getToken(api, key).catch(() => undefined)
    while (refreshes().length === 0) await turn()
    await api.api.stopLongRunningProcess(key)
    await underWay
    clock.advance(10)

    expect(await failureOf(getToken(api, key))).toBe('interaction_required')
  })

  test('that another server stops meanwhile does not come back', async ({
    processStore,
    clock,
    open,
    start,
    provider,
    refreshes,
  }) => {
    const [api, other] = [await open(processStore), await open(processStore)]
    const key = await start(api)
    clock.advance(4000)
    provider.behave({ faults: { token: { kind: 'slow', ms: 100 } } })
    const underWay = getToken(api, key).catch(() => undefined)
    while (refreshes().length === 0) await turn()
    await other.api.stopLongRunningProcess(key)
    await underWay

    expect(await failureOf(getToken(api, key))).toBe('interaction_required')
    expect(await failureOf(getToken(other, key))).toBe('interaction_required')
  })

  test('with an unknown key does not get a token', async ({ api, key, refreshes }) => {
    for (const wrong of [
      '',
      'x',
      key.slice(1),
      `${key}=`,
      ` ${key}`,
      key.toLowerCase(),
      '__proto__',
    ]) {
      expect(await failureOf(getToken(api, wrong))).toBe('interaction_required')
    }
    expect(refreshes()).toEqual([])
  })
})

describe('the key', () => {
  test.for([undefined, null, 7, {}])('%s is a configuration error', async (wrong, { open }) => {
    const { api } = await open(new Map())
    const key = wrong as string
    const message = 'must be the string that context.startLongRunningProcess() returned'

    for (const call of [
      api.getTokenInLongRunningProcess(key, 'User.Read'),
      api.stopLongRunningProcess(key),
    ])
      await expect(call).rejects.toMatchObject({
        code: 'configuration',
        message: expect.stringContaining(message),
      })
  })

  test('is long, and different for each process of the same call', async ({ alexToken, api }) => {
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => api.call('/start', alexToken)),
    )
    const keys = answers.map(({ body }) => (body as { key: string }).key)

    expect(new Set(keys).size).toBe(10)
    for (const key of keys) expect(key).toMatch(/^[\w-]{43}$/)
  })

  test('is in no log line', async ({ api, key, provider, clock }) => {
    provider.behave({ faults: { token: { kind: 'status', status: 503 } } })
    clock.advance(4000)
    await failureOf(getToken(api, key))
    await failureOf(getToken(api, `${key}x`))

    expect(api.logs.join('\n').includes(key)).toBe(false)
  })
})

describe('a person who can read the store', () => {
  test('finds no token, no user and no key in it', async ({
    refreshTokens,
    api,
    start,
    map,
    clock,
    provider,
  }) => {
    const key = await start(api)
    const { accessToken } = await getToken(api, key)
    clock.advance(4000)
    const second = await getToken(api, key)
    const seen = JSON.stringify([...map])

    expect(refreshTokens.length).toBeGreaterThan(1)
    for (const secret of [
      ...refreshTokens,
      accessToken,
      second.accessToken,
      key,
      SECRET,
      provider.user('alex').oid,
    ]) {
      expect(seen.includes(secret)).toBe(false)
      expect(seen.includes(btoa(secret).slice(0, 40))).toBe(false)
      expect(seen.includes(Buffer.from(secret).toString('base64url').slice(0, 40))).toBe(false)
    }
  })

  test('finds store keys that are not keys of processes', async ({ api, map, start }) => {
    await start(api)
    const [name = ''] = map.keys()

    expect(name).toMatch(/^[\w:-]{1,80}$/)
    for (const guess of [name, name.split(':').at(-1) ?? '']) {
      expect(await failureOf(getToken(api, guess))).toBe('interaction_required')
    }
  })

  test('and exchanges two entries does not give a user the tokens of another', async ({
    api,
    map,
    start,
    provider,
  }) => {
    const [alex, robin] = [await start(api, 'alex'), await start(api, 'robin')]
    const [[one, first] = ['', ''], [two, second] = ['', '']] = [...map]
    map.set(one, second).set(two, first)
    for (const key of [alex, robin]) {
      expect(await failureOf(getToken(api, key))).toBe('process_unreadable')
    }

    map.set(one, first).set(two, second)
    expect(claimsOf(await getToken(api, alex))['oid']).toBe(provider.user('alex').oid)
  })

  test('cannot change an entry, or make one up', async ({ api, key, map }) => {
    const [[name, value] = ['', '']] = [...map]
    const text = String(value)
    const at = Math.floor(text.length / 2)
    for (const forged of [
      text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1),
      text.slice(0, -4),
      '',
      '{}',
      null,
      undefined,
      0,
      {},
      { user: {}, tokens: { revision: 0, access: [] } },
      [text],
    ]) {
      map.set(name, forged)
      expect(await failureOf(getToken(api, key))).toBe(
        typeof forged === 'string' ? 'process_unreadable' : 'interaction_required',
      )
    }

    map.set(name, text)
    await getToken(api, key)
  })

  test('cannot use it for another registration with the same secret', async ({
    key,
    map,
    open,
    provider,
    refreshes,
  }) => {
    const other = await open(map, {
      clientId: THINGS_ID,
      clientCredential: provider.api.clientSecret,
    })

    expect(await failureOf(getToken(other, key))).toBe('process_unreadable')
    expect(refreshes()).toEqual([])
  })
})

describe('the secret', () => {
  test('can be replaced: the new one encrypts, and both decrypt', async ({
    key,
    map,
    open,
    clock,
    provider,
  }) => {
    const rotating = await open(map, { secret: [NEW_SECRET, SECRET] })
    await getToken(rotating, key)
    clock.advance(4000)
    await getToken(rotating, key)

    const rotated = await open(map, { secret: NEW_SECRET })
    expect(claimsOf(await getToken(rotated, key))['oid']).toBe(provider.user('alex').oid)
    expect(await failureOf(getToken(await open(map), key))).toBe('process_unreadable')
  })

  test('that is wrong cannot decrypt an entry, and does not look as if the job had ended', async ({
    key,
    map,
    open,
  }) => {
    const wrong = await open(map, { secret: NEW_SECRET })

    const error = await getToken(wrong, key).catch((reason: unknown) => reason)

    expect(error).toMatchObject({
      code: 'process_unreadable',
      status: 500,
      hint: expect.stringContaining('ApiAuth({ longRunning: { secret } })'),
    })
    expect(wrong.logs.join('\n')).toContain('"type":"process.unreadable","level":"error"')
    expect(await getToken(await open(map), key)).toHaveProperty('accessToken')
  })

  test.for([['too short'], [''], [[]], [[SECRET, 'too short']]] as const)(
    'that is weak is a configuration error: %j',
    async ([secret], { alexToken, open }) => {
      const api = await open(new Map(), { secret })
      const answer = await api.call('/start', alexToken)

      expect(answer).toMatchObject({ status: 500, body: { error: 'configuration' } })
      expect(await failureOf(getToken(api, 'key'))).toBe('configuration')
      expect(await failureOf(api.api.stopLongRunningProcess('key'))).toBe('configuration')
    },
  )
})

/** The error of a call whose store failed. */
const unavailable = (message: string) => ({
  code: 'store_unavailable',
  status: 503,
  message: expect.stringContaining(message) as string,
  cause: { message },
  hint: expect.stringContaining('ApiAuth({ longRunning: { store } })') as string,
})

describe('a store that hangs', () => {
  test.override('processStore', ({ asyncStore }) => asyncStore)

  const timeout = {
    code: 'store_unavailable',
    status: 503,
    reason: 'store_timeout',
    message: 'The store of long-running processes did not respond within 1 second.',
  }

  test.for([
    ['get', 'a token', (api: ProtectedApi, key: string) => getToken(api, key)],
    ['set', 'a token', (api: ProtectedApi, key: string) => getToken(api, key)],
    ['delete', 'the stop', (api: ProtectedApi, key: string) => api.api.stopLongRunningProcess(key)],
    ['get', 'ready()', ({ api }: ProtectedApi) => api.ready()],
  ] as const)(
    'in %s fails %s with 503 after a second',
    async ([method, , act], { api, key, asyncStore, clock }) => {
      clock.advance(4000)
      asyncStore.hang(method)
      const begin = performance.now()

      await expect(act(api, key)).rejects.toMatchObject(timeout)

      expect(performance.now() - begin).toBeLessThan(5000)
      expect(api.logs.join()).toContain('"type":"store.unavailable"')
      asyncStore.work()
    },
  )

  test('does not let many callers wait for each other', async ({ api, key, asyncStore }) => {
    asyncStore.hang('get')
    const begin = performance.now()

    const results = await Promise.all(
      Array.from({ length: 20 }, () => failureOf(getToken(api, key))),
    )

    expect(new Set(results)).toEqual(new Set(['store_unavailable']))
    expect(performance.now() - begin).toBeLessThan(10_000)
    asyncStore.work()
    await vi.waitFor(() => getToken(api, key), { timeout: 10_000, interval: 100 })
    expect(api.logs.join()).toContain('"type":"store.available"')
  })

  test('and then writes does not bring back a process that was stopped', async ({
    api,
    key,
    asyncStore,
    clock,
  }) => {
    clock.advance(4000)
    asyncStore.hang('set')
    await expect(getToken(api, key)).rejects.toMatchObject(timeout)

    const stopping = api.api.stopLongRunningProcess(key)
    for (let turns = 0; turns < 1000; turns++) await turn()
    asyncStore.work()
    await stopping

    expect(asyncStore.entries.size).toBe(0)
  })

  test('in one call for ever delays the next calls for the same process for a minute only', async ({
    api,
    asyncStore,
    start,
  }) => {
    const minute = 60_000
    const { setTimeout: wait } = globalThis
    const timers = vi
      .spyOn(globalThis, 'setTimeout')
      .mockImplementation((run: () => void, ms?: number) => wait(run, ms === minute ? 1500 : ms))
    const [key, other] = [await start(api), await start(api)]
    asyncStore.hang('get')
    await expect(getToken(api, key)).rejects.toMatchObject(timeout)
    // Only this call hangs.
    asyncStore.hanging = undefined

    await getToken(api, other)
    await vi.waitFor(() => getToken(api, key), { timeout: 20_000, interval: 100 })

    expect(timers.mock.calls.some(([, ms]) => ms === minute)).toBe(true)
    asyncStore.work()
  })

  test('in several calls delays each of them for a minute, one after the other', async ({
    api,
    key,
    asyncStore,
  }) => {
    const { setTimeout: wait } = globalThis
    const minutes: (() => void)[] = []
    vi.spyOn(globalThis, 'setTimeout').mockImplementation((run: () => void, ms?: number) => {
      if (ms === 60_000) minutes.push(run)
      return wait(run, ms === 1000 ? 20 : ms)
    })
    const reads = vi.spyOn(asyncStore, 'get')
    asyncStore.hang('get')
    for (let call = 0; call < 3; call++) await failureOf(getToken(api, key))

    for (let read = 1; read <= 3; read++) {
      for (let turns = 0; turns < 20; turns++) await turn()
      expect(reads).toHaveBeenCalledTimes(read)
      for (const passed of minutes) passed()
    }
    asyncStore.work()
  })

  test('and then writes does not overwrite a newer refresh token', async ({
    asyncStore,
    clock,
    open,
    provider,
    start,
  }) => {
    const [api, other] = [await open(asyncStore), await open(asyncStore)]
    provider.behave({ reuseDetection: true })
    const key = await start(api)
    clock.advance(4000)
    asyncStore.hang('set')
    await expect(getToken(api, key)).rejects.toMatchObject(timeout)
    // Only this call hangs.
    asyncStore.hanging = undefined
    clock.advance(4000)

    const second = getToken(api, key)
    for (let turns = 0; turns < 20_000; turns++) await turn()
    asyncStore.work()
    await second
    clock.advance(4000)

    expect(claimsOf(await getToken(other, key))['oid']).toBe(provider.user('alex').oid)
  })
})

describe('a store that fails', () => {
  test.override('processStore', ({ asyncStore }) => asyncStore)

  test('to store a process makes its start fail, without a key', async ({
    api,
    alexToken,
    asyncStore,
  }) => {
    asyncStore.failing = 'set'
    const answer = await api.call('/start', alexToken)

    expect(answer).toMatchObject(failed(503, 'store_unavailable'))
    expect(asyncStore.entries.size).toBe(0)
  })

  test('and emits its errors does not look as if the process were stopped', async ({
    asyncStore,
    open,
    start,
  }) => {
    const keyv = new Keyv({ store: Object.assign(asyncStore, { clear: async () => undefined }) })
    // Without a listener of the application, Keyv 6 throws errors.
    keyv.on('error', () => undefined)
    const api = await open(keyv)
    const key = await start(api)
    await getToken(api, key)
    asyncStore.failing = 'get'

    await expect(getToken(api, key)).rejects.toMatchObject(unavailable('The store cannot get.'))
    keyv.emit('error', new Error('The connection was lost.'))
    await vi.waitFor(() =>
      expect(api.logs.join()).toMatch(/store\.unavailable.*The connection was lost/),
    )
  })

  test('to read does not return a token', async ({ api, key, asyncStore }) => {
    await getToken(api, key)
    asyncStore.failing = 'get'

    await expect(getToken(api, key)).rejects.toMatchObject(unavailable('The store cannot get.'))
    expect(api.logs.join()).toContain(
      'The store of long-running processes failed (The store cannot get.).',
    )
    asyncStore.failing = undefined
    await getToken(api, key)
  })

  test('to delete reports an error, and the process is not stopped', async ({
    api,
    key,
    asyncStore,
  }) => {
    asyncStore.failing = 'delete'

    await expect(api.api.stopLongRunningProcess(key)).rejects.toMatchObject(
      unavailable('The store cannot delete.'),
    )
  })

  test('and reports it by false makes the start and the stop fail', async ({
    alexToken,
    clock,
    open,
    start,
  }) => {
    let isBroken = false
    class SilentStore extends AsyncStore {
      override async set(key: string, value: string, ttlMs: number) {
        return isBroken ? (false as never) : super.set(key, value, ttlMs)
      }

      override async delete(key: string) {
        return isBroken ? (false as never) : super.delete(key)
      }
    }
    const api = await open(new SilentStore(clock))
    const key = await start(api)
    isBroken = true

    const answer = await api.call('/start', alexToken)

    expect(answer.status).toBe(503)
    expect(await failureOf(api.api.stopLongRunningProcess(key))).toBe('store_unavailable')
    isBroken = false
    await api.api.stopLongRunningProcess(key)
    expect(await failureOf(getToken(api, key))).toBe('interaction_required')
  })

  test('to store a new refresh token reports an error, and the job can continue later', async ({
    api,
    key,
    asyncStore,
    clock,
    provider,
  }) => {
    clock.advance(4000)
    asyncStore.failing = 'set'
    await expect(getToken(api, key)).rejects.toMatchObject(unavailable('The store cannot set.'))

    asyncStore.failing = undefined
    expect(claimsOf(await getToken(api, key))['oid']).toBe(provider.user('alex').oid)
  })

  test('synchronously behaves the same', async ({ open, start }) => {
    const store: TokenStore = {
      get: () => {
        throw new Error('Not now.')
      },
      set: () => undefined,
      delete: () => {
        throw new Error('Not now.')
      },
    }
    const api = await open(store)
    const key = await start(api)

    await expect(getToken(api, key)).rejects.toMatchObject(unavailable('Not now.'))
    await expect(api.api.stopLongRunningProcess(key)).rejects.toMatchObject(unavailable('Not now.'))
  })

  test('gets the lifetime of an entry and deletes it afterwards', async ({
    api,
    key,
    clock,
    refreshes,
  }) => {
    clock.advance(91 * 24 * 3600)

    expect(await failureOf(getToken(api, key))).toBe('interaction_required')
    expect(refreshes()).toEqual([])
  })

  /** Its second write waits until it is released. */
  class LateStore extends AsyncStore {
    release = (): void => undefined
    readonly writes: string[] = []
    readonly #gate = new Promise<void>((resolve) => (this.release = resolve))

    override async set(key: string, value: string, ttlMs: number) {
      this.writes.push(key)
      if (this.writes.length === 2) await this.#gate
      return super.set(key, value, ttlMs)
    }
  }

  test('that writes late does not bring back a stopped process', async ({ clock, open, start }) => {
    const store = new LateStore(clock)
    const api = await open(store)
    const key = await start(api)
    clock.advance(4000)
    const underWay = getToken(api, key).catch(() => undefined)
    while (store.writes.length < 2) await turn()
    const stopping = api.api.stopLongRunningProcess(key)
    for (let turns = 0; turns < 1000; turns++) await turn()
    store.release()
    await Promise.all([underWay, stopping])

    expect(store.entries.size).toBe(0)
  })

  test('that writes late does not bring back a used refresh token', async ({
    clock,
    open,
    provider,
    start,
  }) => {
    const store = new LateStore(clock)
    const { writes } = store
    const api = await open(store)
    provider.behave({ reuseDetection: true })
    const key = await start(api)
    clock.advance(4000)
    const first = getToken(api, key)
    while (writes.length < 2) await turn()
    const second = getToken(api, key, `${THINGS}/Things.Read`)
    // A write that waits for the other one is correct as well.
    for (let turns = 0; turns < 20_000 && writes.length < 3; turns++) await turn()
    store.release()
    await Promise.all([first, second])
    clock.advance(4000)

    expect(claimsOf(await getToken(api, key))['oid']).toBe(provider.user('alex').oid)
  })
})

describe('a process', () => {
  test('of a user of another tenant is refreshed there', async ({
    open,
    provider,
    clock,
    refreshes,
  }) => {
    const api = await open(new Map(), { authority: provider.authority('common') })
    const token = await provider.accessToken({ as: 'jo', authority: provider.authority(FABRIKAM) })
    const { body } = await api.call('/start', token)
    clock.advance(4000)

    expect(claimsOf(await getToken(api, (body as { key: string }).key))).toMatchObject({
      tid: FABRIKAM,
      oid: provider.user('jo').oid,
    })
    expect(refreshes().map(({ path }) => path)).toEqual([`/${FABRIKAM}/oauth2/v2.0/token`])
  })

  test('requests a refresh token only for itself', async ({ api, start, grantRequests }) => {
    await start(api)
    const [request] = grantRequests(OBO)()
    const scopes = request?.params?.['scope']?.split(' ') ?? []

    expect(scopes).toEqual(expect.arrayContaining(['openid', 'offline_access', 'User.Read']))
  })

  test('whose user was revoked needs the user again', async ({
    api,
    start,
    provider,
    clock,
    refreshes,
  }) => {
    const key = await start(api, 'robin')
    provider.revokeUser('robin')
    clock.advance(4000)
    for (let call = 0; call < 3; call++) {
      expect(await failureOf(getToken(api, key))).toBe('interaction_required')
    }

    expect(refreshes()).toHaveLength(1)
    await getToken(api, await start(api, 'robin'))
  })

  test('whose refresh token the provider no longer accepts needs its user again', async ({
    api,
    key,
    provider,
    clock,
  }) => {
    const { tamper } = provider
    provider.reset()
    provider.tamper = tamper
    clock.advance(4000)

    expect(await failureOf(getToken(api, key))).toBe('interaction_required')
  })

  test('uses its valid token during an outage of the provider', async ({
    api,
    key,
    provider,
    clock,
  }) => {
    provider.behave({ faults: { token: { kind: 'status', status: 503 } } })
    clock.advance(3400)
    await getToken(api, key)
    clock.advance(600)
    expect(await failureOf(getToken(api, key))).toBe('provider_unavailable')

    provider.behave({ faults: {} })
    await getToken(api, key)
  })

  test('without consent to an API does not get its tokens but keeps the others', async ({
    api,
    key,
  }) => {
    expect(await failureOf(getToken(api, key, 'Mail.Read'))).toBe('interaction_required')
    await getToken(api, key)
  })

  test('does not get tokens if a refresh returns the ID token of another user', async ({
    api,
    key,
    clock,
    provider,
  }) => {
    clock.advance(4000)
    provider.tamper = {
      idToken: (claims, sign) =>
        sign({ ...claims, sub: 'another', oid: provider.user('robin').oid }),
    }

    expect(await failureOf(getToken(api, key))).not.toBe('interaction_required')
    provider.tamper = {}
    await getToken(api, key)
  })

  test.for([
    ['for another application', { aud: 'another' }],
    ['of another issuer', { iss: 'https://evil.example/v2.0' }],
    ['that has expired', { exp: 1_000_000_000 }],
  ] as const)(
    'does not start on an ID token %s',
    async ([, changes], { api, map, alexToken, provider }) => {
      provider.tamper = { idToken: (claims, sign) => sign({ ...claims, ...changes }) }
      const answer = await api.call('/start', alexToken)

      expect(answer.status).toBeGreaterThanOrEqual(400)
      expect(answer.body).not.toHaveProperty('key')
      expect(map.size).toBe(0)
    },
  )

  test('does not start on the ID token of another user', async ({
    api,
    map,
    alexToken,
    provider,
  }) => {
    const { oid } = provider.user('robin')
    provider.tamper = { idToken: (claims, sign) => sign({ ...claims, oid }) }
    const answer = await api.call('/start', alexToken)

    expect(answer).toMatchObject(failed(502, 'invalid_response'))
    expect(map.size).toBe(0)
  })

  test.for([['refresh_token'], ['id_token']] as const)(
    'does not start without %s',
    async ([name], { api, map, alexToken, provider }) => {
      provider.tamper = {
        tokenResponse: (body) =>
          Object.fromEntries(Object.entries(body).filter(([member]) => member !== name)),
      }
      const answer = await api.call('/start', alexToken)

      expect(answer).toMatchObject(failed(502, 'provider_error'))
      expect(map.size).toBe(0)
    },
  )

  test('needs consent like any call, and the client is told', async ({
    api,
    map,
    alexToken,
    provider,
  }) => {
    expect(await api.call('/start?scopes=Mail.Read', alexToken)).toMatchObject({
      status: 401,
      challenge: { error: 'consent_required', scope: `${provider.api.idUri}/.default` },
    })
    expect(map.size).toBe(0)
  })

  test('cannot start for an application, without a store or without a credential', async ({
    alexToken,
    provider,
    open,
  }) => {
    for (const [api, token] of [
      [await open(new Map()), await provider.accessToken({ roles: ['Todos.Read.All'] })],
      [await open(undefined), alexToken],
      [await open(new Map(), { clientCredential: undefined }), alexToken],
    ] as const) {
      expect(await api.call('/start', token)).toMatchObject(failed(500, 'configuration'))
    }
    const api = await open(undefined)
    expect(await failureOf(getToken(api, 'key'))).toBe('configuration')
    expect(await failureOf(api.api.stopLongRunningProcess('key'))).toBe('configuration')
    expect(provider.requests.filter(({ endpoint }) => endpoint === 'token')).toEqual([])
  })

  test('does not get a token for scopes of two APIs or without scopes', async ({ api, key }) => {
    for (const scopes of [`User.Read ${THINGS}/Things.Read`, '', 'openid']) {
      expect(await failureOf(getToken(api, key, scopes))).toBe('configuration')
    }
  })
})
