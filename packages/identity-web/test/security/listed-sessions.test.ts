import { memoryStore, type SessionStore } from 'identity-web'
import type { Claims, IdentityEvent } from 'identity-web/express'
import { createEncryption, encryptionPurpose } from '../../src/encryption/index.ts'
import { sessionFor } from 'identity-web-dev/testing'
import { Browser } from '../support/browser.ts'
import { CountingStore } from '../support/counting-store.ts'
import {
  claimsOf,
  devicesOf,
  endDevice,
  handlesOf,
  isSignedIn,
  STORES,
  test,
  unlistedIn,
} from '../support/listed-sessions.ts'
import { describe, expect } from '../support/server-fixtures.ts'
import { SESSION_SECRET, sendToCallback } from '../support/site.ts'

describe.each(STORES)('with %s, a handle', (kind) => {
  test('of another user ends nothing', async ({ startWith, signIn }) => {
    const events: IdentityEvent[] = []
    const site = await startWith(kind, { onEvent: (event) => void events.push(event) })
    const [alex, robin] = [await signIn(site), await signIn(site, { as: 'robin' })]
    const [handle = ''] = await handlesOf(site, alex)

    expect(await endDevice(site, robin, handle)).toBe(200)

    expect([await isSignedIn(site, alex), await isSignedIn(site, robin)]).toEqual([true, true])
    expect(events.filter(({ type }) => type === 'session.revoked')).toEqual([])
  })

  test('that is not in the list ends nothing', async ({ startWith, signIn }) => {
    const site = await startWith(kind)
    const browser = await signIn(site)
    const user = await claimsOf(site, browser)

    for (const handle of ['', 'unknown', '__proto__', '\0', 'x'.repeat(100_000)]) {
      await site.auth.revokeSessions({ user, handle })
    }

    expect(await isSignedIn(site, browser)).toBe(true)
  })

  test('of a session that ended ends no later session', async ({ startWith, signIn }) => {
    const site = await startWith(kind)
    const browser = await signIn(site)
    const [handle = ''] = await handlesOf(site, browser)
    await browser.navigate(`${site.origin}/logout`)
    await signIn(site, { browser })

    expect(await endDevice(site, browser, handle)).toBe(200)

    expect(await isSignedIn(site, browser)).toBe(true)
  })

  test('is different in another application, which does not list the session', async ({
    start,
    stores,
    signIn,
  }) => {
    const store = await stores[kind]()
    const site = await start({ session: { store } })
    const other = await start({ session: { store, cookie: { name: 'other' } } })
    const browser = await signIn(site)
    await signIn(other, { browser })

    const [own, others] = [await handlesOf(site, browser), await handlesOf(other, browser)]
    await endDevice(other, browser, own[0] ?? '')

    expect([own.length, others.length]).toEqual([1, 1])
    // The other application does not even read the session.
    expect([...site.logs, ...other.logs].filter((line) => line.includes('"level":"warn"'))).toEqual(
      [],
    )
    expect(own).not.toEqual(others)
    expect([await isSignedIn(site, browser), await isSignedIn(other, browser)]).toEqual([
      true,
      true,
    ])
  })

  test('survives a new session secret', async ({ start, stores, signIn }) => {
    const store = await stores[kind]()
    const newSecret = 'another-session-secret-of-the-tests-0123456789'
    const redirectUri = 'http://localhost/redirect'
    const site = await start({ redirectUri, session: { store, secret: SESSION_SECRET } })
    const browser = await signIn(site)
    const before = await handlesOf(site, browser)

    const session = { store, secret: [newSecret, SESSION_SECRET] }
    const rotated = await start({ redirectUri, session })

    expect(await handlesOf(rotated, browser)).toEqual(before)
    await signIn(rotated)
    expect(await handlesOf(rotated, browser)).toHaveLength(2)
  })
})

describe('a handle', () => {
  test('of the user ends the session with its records', async ({ signIn, store, site }) => {
    const [browser, ended] = [await signIn(site), await signIn(site)]
    const handle = (await devicesOf(site, ended)).find(({ current }) => current)?.handle ?? ''
    expect([store.keys('s').length, store.keys('t').length]).toEqual([2, 2])

    await endDevice(site, browser, handle)

    expect([store.keys('s').length, store.keys('t').length]).toEqual([1, 1])
    expect(await isSignedIn(site, ended)).toBe(false)
  })

  // A form without the field, or a query with several values.
  test.for([undefined, null, ['a'], { a: 1 }, 7])(
    'that is %j never ends all sessions of the user',
    async (handle, { site, signedIn }) => {
      const claims = await claimsOf(site, signedIn)
      const given = { user: claims, handle: handle as unknown as string }

      await expect(site.auth.revokeSessions(given)).rejects.toMatchObject({
        code: 'configuration',
        message: expect.stringContaining('must be a string that listSessions() returned') as string,
      })

      expect(await isSignedIn(site, signedIn)).toBe(true)
    },
  )

  test.for([
    {},
    { tid: '11111111-2222-3333-4444-555555555555' },
    { sid: 'a' },
    { user: 1, sub: 'a' },
    { sub: '' },
  ])('requires exactly one user, and not %j', async (of, { site, signedIn }) => {
    const [handle = ''] = await handlesOf(site, signedIn)

    await expect(
      site.auth.revokeSessions({ ...of, handle } as { sub: string; handle: string }),
    ).rejects.toMatchObject({
      code: 'configuration',
      message: expect.stringContaining('for example revokeSessions({ user: context.user') as string,
    })

    expect(await isSignedIn(site, signedIn)).toBe(true)
  })

  test('is not a cookie, and does not contain a part of one', async ({ store, site, signedIn }) => {
    const cookie = signedIn.cookies.get('identity')?.value ?? ''
    const [handle = ''] = await handlesOf(site, signedIn)

    for (const value of [handle, `1.${handle}`]) {
      const headers = { cookie: `identity=${value}` }
      expect((await new Browser().navigate(`${site.origin}/`, { headers })).status).toBe(302)
    }
    expect(cookie).toMatch(/[\w-]{43}$/)
    expect(cookie).not.toContain(handle)
    expect([...store.entries.keys(), ...store.entries.values()].join()).not.toContain(handle)
  })
})

// The provider chooses this claim, so it can be absent in other sessions, or belong to another user.
test('a claim `id` does not replace the user whose sessions are listed and revoked', async ({
  site,
  signedIn,
}) => {
  const { headers } = await sessionFor(site, { as: 'alex', claims: { id: '7' } })
  const read = async (path: string): Promise<unknown> =>
    (await signedIn.navigate(site.origin + path, { headers })).json()

  expect(await read('/devices')).toMatchObject([{ current: true }, { current: false }])
  const { claims } = (await read('/')) as { claims: Claims }
  await site.auth.revokeSessions({ user: claims })

  expect(claims['id']).toBe('7')
  expect(await isSignedIn(site, signedIn)).toBe(false)
})

test('an `id` without onLogin is an error, because it does not end any session', async ({
  start,
}) => {
  const { auth } = await start()

  for (const user of ['7', 7, { id: 7 } as unknown as Claims]) {
    for (const ended of [{ user }, { user, handle: 'a' }]) {
      await expect(auth.revokeSessions(ended)).rejects.toThrow(
        'Return users with an id from onLogin',
      )
    }
    await expect(auth.listSessions({ user })).rejects.toThrow(
      'Return users with an id from onLogin',
    )
  }
})

describe('a list in the store', () => {
  test('contains nothing in plain text', async ({ signIn, store, site }) => {
    await signIn(site, { userAgent: 'MARKED-AGENT' })

    const values = [...store.entries.values()].join()
    expect(values).not.toContain('MARKED-AGENT')
    for (const key of store.keys('list')) expect(store.entries.get(key)).toMatch(/^[\w-]{60,}$/)
  })

  test('has the size that docs/evidence/scale.md names', async ({ store, site }) => {
    const sizes: number[] = []
    for (let count = 1; count <= 101; count++) {
      await sessionFor(site, { as: 'alex' })
      sizes.push(store.entries.get(store.keys('list')[0] ?? '')?.length ?? 0)
    }

    expect([sizes[0], sizes[1], sizes[99], sizes[100]]).toEqual([154, 267, 11_374, 11_374])
  })

  test('forgets sessions that have expired', async ({ signIn, store, clock, site }) => {
    const sizes: number[] = []
    for (const days of [0, 1, 8]) {
      clock.advance(days * 86_400)
      await signIn(site)
      sizes.push(Math.max(...store.keys('list').map((key) => store.entries.get(key)?.length ?? 0)))
    }

    const [one, two, oneAgain] = sizes
    expect(two).toBeGreaterThan(one ?? Infinity)
    expect(oneAgain).toBe(one)
  })

  test('of another user is rejected, so it does not show or end sessions', async ({
    signIn,
    store,
    site,
  }) => {
    const alex = await signIn(site, { userAgent: 'Alex/1.0' })
    const keysOfAlex = store.keys('list')
    const robin = await signIn(site, { as: 'robin' })
    const keysOfRobin = store.keys('list').filter((key) => !keysOfAlex.includes(key))
    const [handle = ''] = await handlesOf(site, alex)

    expect(keysOfRobin).toHaveLength(keysOfAlex.length)
    for (const [index, key] of keysOfRobin.entries()) {
      store.entries.set(key, store.entries.get(keysOfAlex[index] ?? '') ?? '')
    }

    expect(await devicesOf(site, robin)).toEqual([])
    expect(unlistedIn(site)[0]).toContain('"reason":"configuration"')
    await endDevice(site, robin, handle)
    expect(await isSignedIn(site, alex)).toBe(true)
  })

  test.for(['', 'forged', '{"at":"x","entries":[]}', `AQ${'A'.repeat(100)}`])(
    'that somebody forged (%#) shows nothing, and the next sign-in replaces it',
    async (forged, { signIn, store, site, signedIn }) => {
      for (const key of store.keys('list')) store.entries.set(key, forged)

      expect(await devicesOf(site, signedIn)).toEqual([])
      expect(await isSignedIn(site, signedIn)).toBe(true)
      expect(unlistedIn(site)).toHaveLength(1)
      const later = await signIn(site)

      expect(await devicesOf(site, later)).toMatchObject([{ current: true }])
    },
  )

  test.for([{ version: 2, entries: [] }, 'sessions', 7, null, [null], ['x'], [{ id: 'x' }]])(
    'in the format of another version, %j, shows nothing, and the next sign-in replaces it',
    async (content, { signIn, store, site, signedIn }) => {
      for (const key of store.keys('list')) {
        const purpose = encryptionPurpose('session list', key)
        const encryption = createEncryption([SESSION_SECRET], purpose)
        store.entries.set(key, await encryption.encrypt(content))
      }

      expect(await devicesOf(site, signedIn)).toEqual([])
      const later = await signIn(site)

      expect(await devicesOf(site, later)).toMatchObject([{ current: true }])
      expect(await isSignedIn(site, signedIn)).toBe(true)
    },
  )

  test('that the store lost ends no session, and "sign out everywhere" still ends all', async ({
    signIn,
    store,
    site,
  }) => {
    const [browser, other] = [await signIn(site), await signIn(site)]
    const user = await claimsOf(site, browser)
    for (const key of store.keys('list')) store.entries.delete(key)

    expect(await devicesOf(site, browser)).toEqual([])
    expect([await isSignedIn(site, browser), await isSignedIn(site, other)]).toEqual([true, true])
    expect(await devicesOf(site, await signIn(site))).toMatchObject([{ current: true }])
    await site.auth.revokeSessions({ user })

    expect([await isSignedIn(site, browser), await isSignedIn(site, other)]).toEqual([false, false])
    expect(await site.auth.listSessions({ user })).toEqual([])
  })

  test('that is older does not bring sessions back, not even with their records', async ({
    signIn,
    store,
    site,
  }) => {
    const browser = await signIn(site)
    const ended = await signIn(site)
    const copy = new Map(store.entries)
    const handle = (await devicesOf(site, ended)).find(({ current }) => current)?.handle ?? ''
    await endDevice(site, browser, handle)

    for (const [key, value] of copy) store.entries.set(key, value)

    expect(await devicesOf(site, browser)).toMatchObject([{ current: true }])
    expect(await isSignedIn(site, ended)).toBe(false)
  })

  test('does not show a session that signs out while the list is read', async ({
    signIn,
    store,
    site,
  }) => {
    const [browser, ended] = [await signIn(site), await signIn(site)]
    const claims = await claimsOf(site, browser)
    const get = store.get.bind(store)
    let signOut: Promise<unknown> | undefined
    store.get = (key) => {
      const value = get(key)
      if (!key.startsWith('identity:s:') || signOut !== undefined) return value
      // The records have been read, and the markers have not.
      signOut = ended.navigate(`${site.origin}/logout`)
      return signOut.then(() => value)
    }

    const sessions = await site.auth.listSessions({ user: claims })

    expect(signOut).toBeDefined()
    expect(sessions).toHaveLength(1)
    expect([await isSignedIn(site, browser), await isSignedIn(site, ended)]).toEqual([true, false])
  })

  test('does not contain the session of a user who became another one', async ({
    start,
    signIn,
  }) => {
    const site = await start({ onLogin: () => ({ id: 1 }) })
    site.app.get(
      '/become',
      site.auth.loginRequired(async (req, res) => {
        await site.auth.updateUser(req, { id: 2 })
        res.json('done')
      }),
    )
    const browser = await signIn(site)
    const [session] = await site.auth.listSessions({ user: 1 })
    await browser.navigate(`${site.origin}/become`)

    expect(await site.auth.listSessions({ user: 1 })).toEqual([])
    await site.auth.revokeSessions({ user: 1, handle: session?.handle ?? '' })

    expect(await isSignedIn(site, browser)).toBe(true)
    await signIn(site, { browser })
    expect(await site.auth.listSessions({ user: 1 })).toHaveLength(1)
  })

  test('is neither read nor written by guarded requests', async ({
    store,
    clock,
    site,
    signedIn,
  }) => {
    store.calls.length = 0

    for (const seconds of [0, 12 * 3600]) {
      clock.advance(seconds)
      expect(await isSignedIn(site, signedIn)).toBe(true)
    }
    await signedIn.navigate(`${site.origin}/logout`)

    expect(store.calls).toContain('set s')
    expect(store.calls.filter((call) => call.endsWith(' list'))).toEqual([])
  })
})

/** A store in memory whose lists fail. */
class FaultyLists extends CountingStore {
  fault: 'get' | 'set' | undefined

  override get(key: string): unknown {
    return this.fault === 'get' && isList(key) ? Promise.reject(new Error('no')) : super.get(key)
  }

  override set(key: string, value: string, ttlMs: number): unknown {
    return this.fault === 'set' && isList(key)
      ? Promise.reject(new Error('no'))
      : super.set(key, value, ttlMs)
  }
}

const isList = (key: string): boolean => key.startsWith('identity:list:')

describe('a sign-in', () => {
  test.for(['get', 'set'] as const)(
    'goes on with one warning if the list cannot be stored (%s)',
    async (fault, { start, signIn }) => {
      const store = new FaultyLists()
      const site = await start({ session: { store } })
      store.fault = fault

      const browsers: Browser[] = []
      // More than the failures after which a store counts as unavailable.
      for (let count = 1; count <= 5; count++) {
        browsers.push(await signIn(site))
        expect(unlistedIn(site)).toHaveLength(count)
      }

      expect(unlistedIn(site)[0]).toContain('"level":"warn"')
      expect(site.logs.join()).not.toContain('store.unavailable')
      for (const browser of browsers) expect(await isSignedIn(site, browser)).toBe(true)
    },
  )

  test('goes on with one warning if another server keeps the lock', async ({ start, signIn }) => {
    const store = memoryStore()
    const site = await start({
      session: {
        store: {
          ...store,
          lock: async (key, ttlMs) => (isList(key) ? undefined : store.lock(key, ttlMs)),
        },
      },
    })
    const begin = performance.now()

    const browser = await signIn(site)

    expect(performance.now() - begin).toBeLessThan(5000)
    expect(await isSignedIn(site, browser)).toBe(true)
    expect(unlistedIn(site)).toHaveLength(1)
    expect(unlistedIn(site)[0]).toContain('kept the lock of the list')
  })

  test('adds its session again if another server took the lock', async ({ start, signIn }) => {
    const store = memoryStore()
    let taken = 0
    const taking: SessionStore = {
      ...store,
      async lock(key, ttlMs) {
        const lock = await store.lock(key, ttlMs)
        if (lock === undefined || !isList(key)) return lock
        return {
          ...lock,
          set: async (...args) => ((taken += 1) <= 2 ? false : lock.set(...args)),
        }
      },
    }
    const site = await start({ session: { store: taking } })

    const browser = await signIn(site)

    expect(taken).toBeGreaterThan(2)
    expect(await devicesOf(site, browser)).toHaveLength(1)
    expect(unlistedIn(site)).toEqual([])
  })

  test('that the store cannot keep at all fails as before, and is not listed', async ({
    store,
    site,
    signedIn,
  }) => {
    const other = new Browser()
    const back = await site.startSignIn(other)
    const set = store.set.bind(store)
    store.set = (key, ...rest) =>
      key.startsWith('identity:s:') ? Promise.reject(new Error('no')) : set(key, ...rest)

    expect((await sendToCallback(other, back)).status).toBe(503)

    expect(await devicesOf(site, signedIn)).toHaveLength(1)
  })
})

test('an outage of the store fails the list, and signs nobody out', async ({
  store,
  site,
  signedIn,
}) => {
  const claims = await claimsOf(site, signedIn)
  const [handle = ''] = await handlesOf(site, signedIn)
  const get = store.get.bind(store)
  store.get = () => Promise.reject(new Error('down'))

  await expect(site.auth.listSessions({ user: claims })).rejects.toMatchObject({
    code: 'store_unavailable',
    status: 503,
  })
  await expect(site.auth.revokeSessions({ user: claims, handle })).rejects.toMatchObject({
    code: 'store_unavailable',
  })
  expect((await signedIn.navigate(`${site.origin}/devices`)).status).toBe(503)

  store.get = get
  await expect.poll(() => isSignedIn(site, signedIn), { timeout: 10_000 }).toBe(true)
})

test('a list of many sessions reads at most 20 values at the same time from a store without getMany', async ({
  store,
  site,
}) => {
  const get = store.get.bind(store)
  for (let count = 0; count < 45; count++) await sessionFor(site, { as: 'alex' })
  const [running, most] = [new Set<string>(), new Set<number>()]
  store.get = async (key) => {
    running.add(key)
    most.add(running.size)
    await new Promise((resolve) => setTimeout(resolve, 5))
    running.delete(key)
    return get(key)
  }

  const { auth } = site
  const [first] = await auth.listSessions({ oid: 'a1e00000-0000-4000-8000-000000000011' })

  expect(first).toBeDefined()
  expect(Math.max(...most)).toBe(20)
})

test('a session in cookies does not contain the User-Agent', async ({ openSite, signIn }) => {
  const site = await openSite()
  const size = (browser: Browser): number =>
    [...browser.cookies.values()].reduce((sum, { value }) => sum + value.length, 0)

  const [without, with200] = [
    await signIn(site),
    await signIn(site, { userAgent: 'x'.repeat(200) }),
  ]

  expect(Math.abs(size(with200) - size(without))).toBeLessThan(100)
})

describe('listSessions', () => {
  test('fails with the problems of the configuration', async ({ openSite }) => {
    const site = await openSite({ clientId: undefined, strictStart: false })

    await expect(site.auth.listSessions({ sub: 'a' })).rejects.toMatchObject({
      code: 'configuration',
      message: expect.stringContaining('clientId') as string,
    })
  })

  test.for([
    ['in cookies', {}],
    ['in cookies, with a deny-list', { denyList: new CountingStore() }],
  ] as const)('requires a store, with sessions %s', async ([, session], { openSite }) => {
    const site = await openSite({ session: { secret: SESSION_SECRET, ...session } })

    for (const call of [
      () => site.auth.listSessions({ sub: 'a' }),
      () => site.auth.revokeSessions({ sub: 'a', handle: 'b' }),
    ]) {
      await expect(call()).rejects.toMatchObject({
        code: 'configuration',
        message: expect.stringMatching(
          /requires a store.*Set Auth\(\{ session: \{ store \} \}\)/,
        ) as string,
      })
    }
  })

  test.for([{}, { sub: '' }, { tid: 'a' }, { user: {} }, { sub: 'a', oid: 'b' }, undefined])(
    'requires one user, and not %j',
    async (of, { site }) => {
      await expect(site.auth.listSessions(of as { sub: string })).rejects.toMatchObject({
        code: 'configuration',
      })
    },
  )
})
