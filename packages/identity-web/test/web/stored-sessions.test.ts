import { describe, expect, test as base } from '../support/fixtures.ts'
import type { AuthOptions } from 'identity-web/express'
import { Browser } from '../support/browser.ts'
import { SESSION_SECRET, signIn, type Site } from '../support/site.ts'

const test = base.extend(
  'start',
  ({ openSite, store }) =>
    (options: AuthOptions = {}): Promise<Site> => {
      return openSite({
        ...options,
        session: { secret: SESSION_SECRET, store, ...options.session },
      })
    },
)

describe('a session in a store', () => {
  test('is a random ID of 256 bits in the browser, and encrypted under its hash in the store', async ({
    start,
    provider,
    store,
  }) => {
    const { origin } = await start()

    const browser = await signIn({ origin }, provider)

    const id = /^1\.([\w-]{43})$/.exec(browser.cookies.get('identity')?.value ?? '')?.[1]
    expect(id).toBeDefined()
    expect([...browser.cookies.keys()].filter((name) => !name.startsWith('own'))).toEqual([
      'identity',
    ])
    const stored = JSON.stringify([...store.entries])
    expect(stored).not.toContain(id)
    expect(stored).not.toContain('alex')
    expect(stored).not.toContain('eyJ')
    expect((await browser.navigate(`${origin}/`)).json()).toMatchObject({
      user: { name: 'Alex Rivera' },
    })
  })

  test('contains the tokens of its scopes', async ({ start, provider }) => {
    const { origin } = await start()
    const browser = await signIn({ origin }, provider, { path: '/me' })

    expect((await browser.navigate(`${origin}/me`)).json()).toMatchObject({ status: 200 })
  })

  test('gets a new ID at every sign-in, and the old ID is invalid', async ({
    start,
    provider,
    store,
  }) => {
    const { origin } = await start()
    const browser = await signIn({ origin }, provider)
    const before = browser.cookies.get('identity')?.value ?? ''
    await signIn({ origin }, provider, { path: '/me' }, browser)

    const thief = new Browser()
    const response = await thief.navigate(`${origin}/`, {
      headers: { cookie: `identity=${before}` },
    })

    expect(browser.cookies.get('identity')?.value).not.toBe(before)
    expect(response.status).toBe(302)
    expect(store.keys('s')).toHaveLength(1)
    expect(store.keys('t')).toHaveLength(1)
  })

  test('is deleted from the store at the sign-out', async ({ start, provider, store }) => {
    const { origin } = await start()
    const browser = await signIn({ origin }, provider)
    const cookie = `identity=${browser.cookies.get('identity')?.value}`

    await browser.navigate(`${origin}/logout`)

    expect(store.keys('s')).toEqual([])
    expect(store.keys('t')).toEqual([])
    expect((await new Browser().navigate(`${origin}/`, { headers: { cookie } })).status).toBe(302)
  })

  test('is written once per tenth of the idle time, and otherwise only read', async ({
    start,
    provider,
    store,
    clock,
  }) => {
    const { origin } = await start({ session: { idleTimeoutSeconds: 1000 } })
    const browser = await signIn({ origin }, provider)
    await browser.navigate(`${origin}/`)
    const before = store.count('set')

    clock.advance(90)
    await browser.navigate(`${origin}/`)
    expect(store.count('set')).toBe(before)
    clock.advance(20)
    await browser.navigate(`${origin}/`)
    await browser.navigate(`${origin}/`)

    // The session, and that the provider can end it.
    expect(store.count('set')).toBe(before + 2)
  })

  test('ends after the idle time', async ({ start, provider, clock, store }) => {
    const { origin } = await start({ session: { idleTimeoutSeconds: 1000 } })
    const browser = await signIn({ origin }, provider)

    clock.advance(1001)

    expect((await browser.navigate(`${origin}/`)).status).toBe(302)
    // A second can begin between the end of the sign-in and the write.
    expect([1_000_000, 999_000]).toContain(store.ttls.get(store.keys('s')[0] ?? ''))
  })

  test('opens with rotated secrets, but not with another secret', async ({ start, provider }) => {
    const { origin } = await start()
    const redirectUri = `${origin}/redirect`
    const browser = await signIn({ origin }, provider)

    const rotated = await start({
      redirectUri,
      session: { secret: ['another-secret-of-thirty-two-characters', SESSION_SECRET] },
    })
    const cookies = `identity=${browser.cookies.get('identity')?.value}`
    const page = await new Browser().navigate(`${rotated.origin}/`, {
      headers: { cookie: cookies },
    })
    expect(page.status).toBe(200)

    const other = await start({
      redirectUri,
      session: { secret: 'a-third-secret-of-thirty-two-characters' },
    })
    const stranger = await new Browser().navigate(`${other.origin}/`, {
      headers: { cookie: cookies },
    })
    expect(stranger.status).toBe(302)
    expect(other.logs.join('\n')).toMatch(
      /cannot be decrypted or read.*Use the same session\.secret/,
    )
  })

  test('is rejected when two records of the store were swapped', async ({
    start,
    provider,
    store,
  }) => {
    const { origin } = await start()
    const alex = await signIn({ origin }, provider)
    await signIn({ origin }, provider, { as: 'sam' })
    const [one = '', two = ''] = store.keys('s')
    const [valueOfOne = '', valueOfTwo = ''] = [store.entries.get(one), store.entries.get(two)]

    store.entries.set(one, valueOfTwo)
    store.entries.set(two, valueOfOne)

    expect((await alex.navigate(`${origin}/`)).status).toBe(302)
  })

  test('has no tokens when those of two sessions were swapped, even if both were read before', async ({
    start,
    provider,
    store,
  }) => {
    const { origin } = await start()
    const tokenOf = async (browser: Browser): Promise<unknown> =>
      (await browser.navigate(`${origin}/token`)).text
    const alex = await signIn({ origin }, provider, { path: '/token' })
    const sam = await signIn({ origin }, provider, { path: '/token', as: 'sam' })
    const ofAlex = await tokenOf(alex)
    await tokenOf(sam)
    const [one = '', two = ''] = store.keys('t')
    const [valueOfOne = '', valueOfTwo = ''] = [store.entries.get(one), store.entries.get(two)]

    store.entries.set(one, valueOfTwo)
    store.entries.set(two, valueOfOne)

    expect(ofAlex).toContain('accessToken')
    expect(await tokenOf(sam)).not.toContain('accessToken')
    expect(await tokenOf(alex)).not.toContain('accessToken')
  })

  test('is rejected and logged when its record is corrupt', async ({ start, provider, store }) => {
    const { origin, logs } = await start()
    const browser = await signIn({ origin }, provider)

    store.entries.set(store.keys('s')[0] ?? '', 'AQ-no-record')

    expect((await browser.navigate(`${origin}/`)).status).toBe(302)
    expect(logs.join('\n')).toContain('A session in the store cannot be decrypted or read')
  })
})
