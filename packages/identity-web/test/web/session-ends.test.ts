import { describe, expect, test as base } from '../support/fixtures.ts'
import type { AuthOptions, Claims, SessionStore } from 'identity-web/express'
import { Browser } from '../support/browser.ts'
import { SESSION_SECRET, type Site } from '../support/site.ts'
import { copyOf, isSignedIn } from '../support/steps.ts'

const endings: readonly (readonly [string, (store: SessionStore) => AuthOptions['session']])[] = [
  ['in a store', (store) => ({ store })],
  ['in cookies, with a deny-list', (denyList) => ({ denyList })],
]

const test = base.extend(
  'start',
  ({ openSite }) =>
    <User = Claims>(options: AuthOptions<User>): Promise<Site<User>> => {
      return openSite<User>({ ...options, session: { secret: SESSION_SECRET, ...options.session } })
    },
)

describe.each(endings)('sessions %s', (_, sessionWith) => {
  test('end also for copies of the cookie when the user signs out', async ({ start, store }) => {
    const site = await start({ session: sessionWith(store) })
    const browser = await site.signIn()
    const copy = copyOf(browser)
    expect(await isSignedIn(site, copy)).toBe(true)

    await browser.navigate(`${site.origin}/logout`)

    expect(await isSignedIn(site, copy)).toBe(false)
  })

  test('end for copies of the cookie when another sign-in replaces them', async ({
    start,
    store,
  }) => {
    const site = await start({ session: sessionWith(store) })
    const browser = await site.signIn()
    const copy = copyOf(browser)

    await site.signIn({ path: '/me' }, browser)

    expect(await isSignedIn(site, browser)).toBe(true)
    expect(await isSignedIn(site, copy)).toBe(false)
  })

  test('end everywhere, and a later sign-in of the same user does not restore them', async ({
    start,
    store,
  }) => {
    const site = await start({ session: sessionWith(store) })
    const [laptop, phone] = [await site.signIn(), await site.signIn()]
    const other = await site.signIn({ as: 'sam' })
    const { claims } = (await laptop.navigate(`${site.origin}/`)).json() as { claims: Claims }

    await site.auth.revokeSessions({ sub: claims.sub })
    expect(await isSignedIn(site, laptop)).toBe(false)
    const again = await site.signIn({}, new Browser())

    expect(await isSignedIn(site, again)).toBe(true)
    expect(await isSignedIn(site, phone)).toBe(false)
    expect(await isSignedIn(site, laptop)).toBe(false)
    expect(await isSignedIn(site, other)).toBe(true)
    await site.auth.revokeSessions({ sub: claims.sub })
    expect(await isSignedIn(site, again)).toBe(false)
  })

  test.for([-3600, 3600])(
    'end although the clock jumped by %i seconds afterwards',
    async (seconds, { start, store, clock }) => {
      const site = await start({ session: sessionWith(store) })
      const browser = await site.signIn()
      const { claims } = (await browser.navigate(`${site.origin}/`)).json() as { claims: Claims }

      clock.advance(seconds)
      await site.auth.revokeSessions({ sub: claims.sub })

      expect(await isSignedIn(site, browser)).toBe(false)
    },
  )

  test.for([
    ['the session at the provider', ({ claims }: Signed) => ({ sid: claims.sid ?? '' })],
    ['the object id', ({ claims }: Signed) => ({ oid: claims.oid ?? '' })],
    ['the user of the handler', ({ user }: Signed) => ({ user })],
    [
      'a user with only a subject',
      ({ claims: { sub } }: Signed) => ({ user: { sub } as unknown as { id: number } }),
    ],
    ['the user key of the application', () => ({ user: 42 })],
    ['that key as a string', () => ({ user: '42' })],
  ] as const)('end with %s', async ([, of], { start, store }) => {
    const site = await start<{ id: number }>({
      session: sessionWith(store),
      onLogin: ({ name }) => ({ id: name === 'Alex Rivera' ? 42 : 7 }),
    })
    const browser = await site.signIn()
    const other = await site.signIn({ as: 'sam' })

    await site.auth.revokeSessions(of((await browser.navigate(`${site.origin}/`)).json() as Signed))

    expect(await isSignedIn(site, browser)).toBe(false)
    expect(await isSignedIn(site, other)).toBe(true)
  })

  test('end for all users of a tenant', async ({ start, store, provider }) => {
    provider.behave({ consent: 'skip' })
    const site = await start({
      authority: provider.authority('common'),
      session: sessionWith(store),
    })
    const [alex, sam] = [await site.signIn({ as: 'alex' }), await site.signIn({ as: 'sam' })]
    const jo = await site.signIn({ as: 'jo' })
    const { claims } = (await alex.navigate(`${site.origin}/`)).json() as { claims: Claims }

    await site.auth.revokeSessions({ tid: claims.tid?.toUpperCase() ?? '' })

    expect(await isSignedIn(site, alex)).toBe(false)
    expect(await isSignedIn(site, sam)).toBe(false)
    expect(await isSignedIn(site, jo)).toBe(true)
    expect(await isSignedIn(site, await site.signIn({ as: 'alex' }))).toBe(true)
  })

  test.for([
    [{ tid: 'contoso.onmicrosoft.com' }, 'requires the ID of a tenant'],
    [{ tid: '' }, 'requires the ID of a tenant'],
    [
      { tid: 'c0000000-0000-4000-8000-000000000001', sub: 'a' },
      'exactly one of sub, sid, oid, tid',
    ],
  ] as const)('are not revoked by %j', async ([of, message], { start, store }) => {
    const site = await start({ session: sessionWith(store) })

    await expect(site.auth.revokeSessions(of)).rejects.toMatchObject({
      code: 'configuration',
      message: expect.stringContaining(message),
    })
  })

  test('end at the front channel without a cookie, by the session ID', async ({ start, store }) => {
    const site = await start({ session: sessionWith(store) })
    const browser = await site.signIn()
    const { claims } = (await browser.navigate(`${site.origin}/`)).json() as { claims: Claims }
    const before = store.entries.size

    await new Browser().send(`${site.origin}/front-channel-logout?sid=made-up`, {})
    expect(store.entries.size).toBe(before)
    const response = await new Browser().send(
      `${site.origin}/front-channel-logout?sid=${claims.sid}`,
      {},
    )

    expect(response.status).toBe(200)
    expect(await isSignedIn(site, browser)).toBe(false)
  })

  test('stay ended when a later response writes the session', async ({ start, store, clock }) => {
    const site = await start({ session: { idleTimeoutSeconds: 1000, ...sessionWith(store) } })
    const browser = await site.signIn()
    const copy = copyOf(browser)
    const entered = gate()
    const goOn = gate()
    const set = store.set.bind(store)
    // The request stops before it writes (or, with cookies, before it last reads the deny-list).
    let isHeld = false
    store.set = (key, value, ttlMs) => {
      if (!key.startsWith('identity:s:') || isHeld) return set(key, value, ttlMs)
      isHeld = true
      entered.open()
      return goOn.opened.then(() => set(key, value, ttlMs))
    }
    clock.advance(200)

    const underWay = browser.navigate(`${site.origin}/`)
    if (store.keys('s').length > 0) await entered.opened
    else await underWay
    await copy.navigate(`${site.origin}/logout`)
    goOn.open()
    const late = await underWay

    expect(late.status).toBe(200)
    expect(await isSignedIn(site, browser)).toBe(false)
    expect(await isSignedIn(site, copyOf(browser))).toBe(false)
  })

  test('cannot be revoked without the ID of a user', async ({ start, store }) => {
    const site = await start({ session: sessionWith(store) })

    for (const of of [{}, { sub: '' }, { sub: 'a', sid: 'b' }, { user: {} }, { who: 'a' }]) {
      await expect(site.auth.revokeSessions(of as { sub: string })).rejects.toMatchObject({
        code: 'configuration',
      })
    }
    // Azure AD B2C can send this subject for every user of a tenant.
    const sub = 'Not supported currently. Use oid claim.'
    for (const of of [{ sub }, { user: { sub } as Claims }]) {
      await expect(site.auth.revokeSessions(of)).rejects.toMatchObject({ code: 'configuration' })
    }
  })
})

function gate(): { readonly opened: Promise<void>; open(): void } {
  let open = (): void => undefined
  const opened = new Promise<void>((resolve) => (open = resolve))
  return { opened, open: () => open() }
}

interface Signed {
  readonly claims: Claims
  readonly user: { readonly id: number }
}

test('without a store, sessions cannot be revoked, and the error says what to configure', async ({
  start,
}) => {
  const site = await start({})

  await expect(site.auth.revokeSessions({ sub: 'a' })).rejects.toMatchObject({
    code: 'configuration',
    message: expect.stringContaining('session: { store }') as string,
  })
})

describe('a session that was deleted from the store', () => {
  test('is not written again by a request that had already started', async ({
    start,
    store,
    clock,
  }) => {
    const site = await start({ session: { idleTimeoutSeconds: 1000, store } })
    const browser = await site.signIn()
    const get = store.get.bind(store)
    // The session is read first. Its tokens are read only if they are written again.
    store.get = (key) => {
      if (key.startsWith('identity:t:')) store.entries.clear()
      return get(key)
    }
    clock.advance(200)

    expect((await browser.navigate(`${site.origin}/`)).status).toBe(200)

    expect([...store.entries]).toEqual([])
  })

  test('is not written again by a refresh that had already started', async ({
    start,
    store,
    clock,
  }) => {
    const site = await start({
      session: { store },
      fetch: (input, init) => {
        const isRefresh =
          new URLSearchParams(init?.body as string).get('grant_type') === 'refresh_token'
        if (isRefresh) store.entries.clear()
        return fetch(input, init)
      },
    })
    const browser = await site.signIn({ path: '/token' })
    clock.advance(3700)

    expect((await browser.navigate(`${site.origin}/token`)).status).toBe(200)

    expect([...store.entries]).toEqual([])
  })
})
