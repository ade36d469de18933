import { describe, expect, test as base } from '../support/fixtures.ts'
import { memoryStore } from 'identity-web'
import type { AuthOptions, IdentityEvent, SessionStore } from 'identity-web/express'
import { Browser } from '../support/browser.ts'
import { CountingStore } from '../support/counting-store.ts'
import { SESSION_SECRET, type Site } from '../support/site.ts'
const test = base
  .extend('servers', (): Site[] => [])
  .extend('behaviour', { reuseDetection: true })
  .extend(
    'startServer',
    ({ openSite, servers }) =>
      async (store: SessionStore, options: AuthOptions = {}): Promise<Site> => {
        const session = { secret: SESSION_SECRET, store }
        // All servers of an application have its redirect URI.
        const first = servers[0] && { redirectUri: `${servers[0].origin}/redirect` }
        const server = await openSite({ session, ...first, ...options })
        servers.push(server)
        return server
      },
  )
  .extend(
    'startServers',
    ({ startServer, servers }) =>
      async (store: SessionStore, count = 3): Promise<Site[]> => {
        await startServer(store)
        await Promise.all(Array.from({ length: count - 1 }, () => startServer(store)))
        return servers
      },
  )
  /** Signs a user in at the first server. The access token of their session then expires. */
  .extend('signInAndExpire', ({ servers, clock }) => async (): Promise<Browser> => {
    const browser = await (servers[0] as Site).signIn({ path: '/token' })
    clock.advance(3700)
    return browser
  })
  .extend('refreshes', ({ provider }) => (): number => {
    return provider.requests.filter(({ grantType }) => grantType === 'refresh_token').length
  })
  .extend(
    'requestAll',
    ({ servers }) =>
      async (browser: Browser, path: string, times = 10): Promise<Set<number>> => {
        const asked = Array.from({ length: times }, (_, index) =>
          ask(servers[index % servers.length], browser, path),
        )
        return new Set(await Promise.all(asked))
      },
  )

/** Sends a request to another server with the cookies of the first one. Real browsers share cookies between ports. */
async function ask(server: Site | undefined, browser: Browser, path: string): Promise<number> {
  return (await browser.navigate(`${server?.origin}${path}`)).status
}

const stores: readonly (readonly [string, () => SessionStore])[] = [
  ['that locks', () => memoryStore()],
  ['without a lock', () => new CountingStore()],
]

describe.each(stores)('servers that share a store %s', (_, makeStore) => {
  test('sign a user in for each other', async ({ startServers }) => {
    const [first, second] = await startServers(makeStore())
    const browser = await (first as Site).signIn()

    expect(await ask(second, browser, '/')).toBe(200)
    await browser.navigate(`${second?.origin}/logout`)
    expect(await ask(first, browser, '/')).toBe(302)
  })

  test('refresh an expired token for all servers', async ({
    startServers,
    servers,
    refreshes,
    signInAndExpire,
  }) => {
    await startServers(makeStore())
    const browser = await signInAndExpire()

    for (const server of servers) expect(await ask(server, browser, '/token')).toBe(200)

    expect(refreshes()).toBe(1)
  })
  test('report a refresh once', async ({ startServer, provider, clock, requestAll }) => {
    const events: IdentityEvent[] = []
    const store = makeStore()
    const onEvent = (event: IdentityEvent): unknown => events.push(event)
    const first = await startServer(store, { onEvent })
    await startServer(store, { onEvent })
    const browser = await first.signIn({ path: '/token' })
    clock.advance(3700)

    expect(await requestAll(browser, '/token', 20)).toEqual(new Set([200]))

    const reported = events.filter(({ type }) => type === 'tokens.refreshed')
    const refreshes = provider.requests.filter(
      ({ grantType, status }) => grantType === 'refresh_token' && status === 200,
    )
    expect(reported).toHaveLength(refreshes.length)
    expect(reported[0]).toMatchObject({ level: 'info', sub: expect.any(String) })
  })

  test('report a failed refresh once', async ({
    startServer,
    provider,
    clock,
    requestAll,
    refreshes,
  }) => {
    const events: IdentityEvent[] = []
    const onEvent = (event: IdentityEvent): unknown => events.push(event)
    const server = await startServer(makeStore(), { onEvent })
    const browser = await server.signIn()
    clock.advance(3700)
    provider.behave({ faults: { token: { kind: 'status', status: 500 } } })

    expect(await requestAll(browser, '/', 20)).toEqual(new Set([200]))

    const failures = events.filter(({ type }) => type === 'tokens.refresh_failed')
    expect(failures).toHaveLength(refreshes())
  })
})

describe('servers that share a store with a lock', () => {
  test('refresh once for many requests to all servers at the same time', async ({
    startServers,
    provider,
    clock,
    requestAll,
    refreshes,
    signInAndExpire,
  }) => {
    await startServers(memoryStore())
    const browser = await signInAndExpire()
    provider.behave({ faults: { token: { kind: 'slow', ms: 50 } } })

    expect(await requestAll(browser, '/token', 30)).toEqual(new Set([200]))

    expect(refreshes()).toBe(1)
    clock.advance(3700)
    expect(await requestAll(browser, '/', 30)).toEqual(new Set([200]))
    expect(refreshes()).toBe(2)
  })

  test('use a token that is still valid while another server refreshes it', async ({
    provider,
    startServers,
    servers,
    clock,
    startServer,
    refreshes,
  }) => {
    provider.behave({ refreshInSeconds: 100 })
    const store = memoryStore()
    await startServers(store, 1)
    const browser = await (servers[0] as Site).signIn({ path: '/token' })
    clock.advance(200)
    let duringRefresh: number | undefined
    let isRefreshed = false
    const refreshing = await startServer(store, {
      fetch: async (input, init) => {
        if (!isRefresh(init)) return fetch(input, init)
        duringRefresh = await ask(servers[0], browser, '/token')
        const response = await fetch(input, init)
        isRefreshed = true
        return response
      },
    })

    expect(await ask(refreshing, browser, '/token')).toBe(200)

    expect(duringRefresh).toBe(200)
    expect(isRefreshed).toBe(true)
    expect(refreshes()).toBe(1)
  })

  test('recover from a crash during a refresh as soon as the lock expires', async ({
    startServers,
    servers,
    refreshes,
    signInAndExpire,
  }) => {
    const store = memoryStore()
    let died: Promise<unknown> | undefined
    await startServers(
      {
        ...store,
        lock: async (key, ttlMs) => {
          await (died ??= store.lock(key, 300))
          return store.lock(key, ttlMs)
        },
      },
      2,
    )
    const browser = await signInAndExpire()

    expect(await ask(servers[1], browser, '/token')).toBe(200)

    expect(died).toBeDefined()
    expect(refreshes()).toBe(1)
  })

  test('return 503 when the lock is unavailable for longer than a refresh may take', async ({
    startServers,
    startServer,
    refreshes,
    signInAndExpire,
  }) => {
    const store = { ...memoryStore(), lock: () => Promise.resolve(undefined) }
    await startServers(store, 1)
    const browser = await signInAndExpire()
    const impatient = await startServer(store, {
      timeoutSeconds: 0.1,
      session: { secret: SESSION_SECRET, store, storeTimeoutSeconds: 0.1 },
    })

    const response = await browser.navigate(`${impatient.origin}/token`)

    expect(response.status).toBe(503)
    expect(response.headers['retry-after']).toBeDefined()
    expect(refreshes()).toBe(0)
  })

  test('do not lose the tokens of a refresh when the store fails at that moment', async ({
    startServers,
    servers,
    refreshes,
    signInAndExpire,
  }) => {
    const store = memoryStore()
    let isAway = false
    const flaky: SessionStore = {
      ...store,
      set: (...given) => (isAway ? Promise.reject(new Error('away')) : store.set(...given)),
      lock: async (key, ttlMs) => {
        const lock = await store.lock(key, ttlMs)
        return (
          lock && {
            ...lock,
            set: (...given) => (isAway ? Promise.reject(new Error('away')) : lock.set(...given)),
          }
        )
      },
    }
    await startServers(flaky, 2)
    const browser = await signInAndExpire()

    isAway = true
    expect(await ask(servers[0], browser, '/token')).toBe(503)
    isAway = false

    // The other server waits for the lock, which is released when the tokens are stored.
    expect(await ask(servers[1], browser, '/token')).toBe(200)
    expect(refreshes()).toBe(1)
  })

  test.for([
    ['once', 1],
    ['until the response', Infinity],
  ] as const)(
    'do not lose the tokens of a refresh when every request to the store fails, %s',
    async ([_name, failures], { startServers, servers, provider, refreshes, signInAndExpire }) => {
      const store = memoryStore()
      let failing = 0
      const fails = (): boolean => failing > 0 && failing-- > 0
      const unless = async <T>(call: () => T | Promise<T>): Promise<T> => {
        if (fails()) throw new Error('away')
        return call()
      }
      const flaky: SessionStore = {
        get: (key) => unless(() => store.get(key)),
        getMany: (keys) => unless(() => store.getMany(keys)),
        set: (...given) => unless(() => store.set(...given)),
        delete: (key) => unless(() => store.delete(key)),
        touch: (...given) => unless(() => store.touch(...given)),
        async lock(key, ttlMs) {
          const lock = await unless(() => store.lock(key, ttlMs))
          return (
            lock && {
              set: (...given) => unless(() => lock.set(...given)),
              release: () => unless(() => lock.release()),
            }
          )
        },
      }
      await startServers(flaky, 2)
      const browser = await signInAndExpire()
      provider.tamper = {
        tokenResponse(body) {
          failing = failures
          return body
        },
      }

      expect(await ask(servers[0], browser, '/token')).toBe(503)
      failing = 0

      expect(await ask(servers[1], browser, '/token')).toBe(200)
      expect(refreshes()).toBe(1)
    },
  )
})

describe('servers that share a store without a lock', () => {
  test('do not overwrite newer tokens for a request that read the session earlier', async ({
    startServers,
    refreshes,
    signInAndExpire,
  }) => {
    const store = new CountingStore()
    const [server] = await startServers(store, 1)
    const browser = await signInAndExpire()
    // It read the old value, which arrives after the refresh of another request.
    const get = store.get.bind(store)
    let early: Promise<number> | undefined
    store.get = (key) => {
      const value = get(key)
      if (early !== undefined || !key.startsWith('identity:t:')) return value
      early = ask(server, browser, '/token')
      return early.then(() => value)
    }
    const writes = (): number[] => [store.count('set s'), store.count('set t')]
    const before = writes()

    expect(await ask(server, browser, '/token')).toBe(200)
    expect(await early).toBe(200)

    expect(refreshes()).toBe(1)
    // One write of the session and one of its mark for a sign-out by `sid`.
    expect(writes()).toEqual([(before[0] ?? 0) + 2, (before[1] ?? 0) + 1])
  })

  test('do not wait for each other when the user must sign in', async ({ startServers }) => {
    const store = new CountingStore()
    const [server] = await startServers(store, 1)
    const browser = await (server as Site).signIn()
    const before = store.count('get t')

    // Entra ID also returns invalid_grant when the consent is missing.
    expect(await ask(server, browser, '/me')).toBe(302)

    expect(store.count('get t') - before).toBeLessThan(6)
  })

  test('refresh a session once a minute at most when the clock is ahead of the provider', async ({
    startServers,
    clock,
    refreshes,
  }) => {
    const [server] = await startServers(new CountingStore(), 1)
    const browser = await (server as Site).signIn()
    clock.advance(3600)

    for (let times = 0; times < 5; times++) expect(await ask(server, browser, '/')).toBe(200)

    expect(refreshes()).toBe(1)
  })

  test('do not refresh a session that another request has just refreshed', async ({
    startServers,
    refreshes,
    signInAndExpire,
  }) => {
    const store = new CountingStore()
    const [server] = await startServers(store, 1)
    const browser = await signInAndExpire()
    // The session was read before, and its tokens after the other request.
    const get = store.get.bind(store)
    let early: Promise<number> | undefined
    store.get = (key) => {
      if (early !== undefined || !key.startsWith('identity:t:')) return get(key)
      early = ask(server, browser, '/')
      return early.then(() => get(key))
    }

    expect(await ask(server, browser, '/')).toBe(200)

    expect(refreshes()).toBe(1)
    expect(await ask(server, browser, '/')).toBe(200)
    expect(refreshes()).toBe(1)
  })

  test('use the tokens of a faster server when the provider rejects the slower one', async ({
    provider,
    startServers,
    servers,
    startServer,
    refreshes,
    signInAndExpire,
  }) => {
    provider.behave({ reuseDetection: false })
    const store = new CountingStore()
    await startServers(store, 2)
    const browser = await signInAndExpire()
    // The second one reads before the first one stores, and the provider rejects it afterwards.
    let refusals = 0
    const slow = await startServer(store, {
      fetch: async (input, init) => {
        if (!isRefresh(init)) return fetch(input, init)
        refusals++
        expect(await ask(servers[0], browser, '/token')).toBe(200)
        return Response.json({ error: 'invalid_grant', suberror: 'bad_token' }, { status: 400 })
      },
    })

    expect(await ask(slow, browser, '/token')).toBe(200)
    expect(refusals).toBe(1)
    expect(refreshes()).toBe(1)
  })
})

function isRefresh(init: RequestInit | undefined): boolean {
  return new URLSearchParams(init?.body as string).get('grant_type') === 'refresh_token'
}
