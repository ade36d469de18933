import type { AuthOptions } from 'identity-web/express'
import { describe, expect, test as base } from '../support/fixtures.ts'
import { requestCount, expectErrorPage, expectRejected } from '../support/attack.ts'
import { Browser, type BrowserResponse } from '../support/browser.ts'
import { type Site } from '../support/site.ts'
import {
  requestParams,
  requestedClaims,
  followToCallback,
  signInThrough,
  grants,
  linkUrl,
} from '../support/steps.ts'

const ok = (_req: unknown, res: { json(body: object): unknown }): void => void res.json({})
const cookieOf = (browser: Browser): string | undefined => browser.cookies.get('identity')?.value

const test = base
  .extend('open', ({ openSite }) => async (options: AuthOptions = {}): Promise<Site> => {
    const site = await openSite(options)
    const { app, auth } = site
    app.get(
      '/vault',
      auth.loginRequired({ acrs: 'c1' }, (_req, res, { claims }) => void res.json(claims)),
    )
    app.get('/vaults', auth.loginRequired({ acrs: ['c1', 'c2'] }, ok))
    app.get('/recent', auth.loginRequired({ maxAgeSeconds: 600 }, ok))
    app.get('/today', auth.loginRequired({ maxAgeSeconds: 7200 }, ok))
    return site
  })
  .extend('site', ({ open }) => open())
  .extend(
    'now',
    ({ clock }) =>
      () =>
        Math.floor(clock.now() / 1000),
  )
  .extend(
    'refreshes',
    ({ provider }) =>
      (): number =>
        grants(provider, 'refresh_token').length,
  )

  /** Changes the claims of ID tokens; `undefined` removes a claim. */
  .extend('tamperWith', ({ provider }) => (changes: Record<string, unknown>): void => {
    provider.tamper = { idToken: (claims, sign) => sign({ ...claims, ...changes }) }
  })

  /** Checks that a rejection does not change the session and is not a loop. */
  .extend(
    'expectNoChange',
    ({ provider }) =>
      async (
        site: Site,
        browser: Browser,
        response: BrowserResponse,
        { status, before }: { readonly status: number; readonly before: string | undefined },
      ): Promise<void> => {
        expectErrorPage(site, response, status)
        expect(response.location).toBeUndefined()
        expect(requestCount(provider, 'authorize')).toBe(2)
        expect(cookieOf(browser)).toBe(before)
        expect((await browser.navigate(`${site.origin}/`)).status).toBe(200)
      },
  )

describe('a route with an authentication context', () => {
  const C1 = { id_token: { acrs: { essential: true, value: 'c1' } } }

  test('sends a signed-in user to satisfy it, and accepts them when the ID token confirms it', async ({
    provider,
    site,
  }) => {
    const browser = await site.signIn()

    const redirect = await browser.navigate(`${site.origin}/vault`)
    const back = await followToCallback(browser, provider, redirect)

    expect(requestedClaims(redirect)).toEqual(C1)
    expect(back.location).toBe('/vault')
    const page = await browser.navigate(`${site.origin}/vault`)
    expect(page.status, `answered: ${page.text}`).toBe(200)
    expect(page.json()).toMatchObject({ acrs: ['c1'] })
  })

  test('requests it directly from a visitor who is not signed in', async ({ provider, site }) => {
    const browser = new Browser()

    const redirect = await browser.navigate(`${site.origin}/vault`)
    await followToCallback(browser, provider, redirect)

    expect(requestedClaims(redirect)).toEqual(C1)
    expect((await browser.navigate(`${site.origin}/vault`)).status).toBe(200)
    expect(requestCount(provider, 'authorize')).toBe(1)
  })

  test.for([[undefined], [[]], [['c10']], ['c10'], ['c1 c2'], [{ c1: true }], [true]] as const)(
    'rejects a sign-in whose ID token has acrs=%j, and keeps the previous session',
    async ([acrs], { provider, tamperWith, expectNoChange, site, signedIn }) => {
      const before = cookieOf(signedIn)
      tamperWith({ acrs })

      const response = await signInThrough(signedIn, provider, `${site.origin}/vault`)

      expect(response.text).toContain('did not confirm the authentication context c1')
      await expectNoChange(site, signedIn, response, { status: 403, before })
    },
  )

  test('stays satisfied after step-ups of routes with other requirements', async ({
    provider,
    clock,
    site,
  }) => {
    site.app.get('/second', site.auth.loginRequired({ acrs: 'c2' }, ok))
    const browser = await site.signIn()
    const cookies = new Map<string, string>()
    for (const path of ['/recent', '/vault', '/second', '/mail', '/vaults']) {
      const page = await browser.navigate(site.origin + path)
      if (page.status === 302) await followToCallback(browser, provider, page, { cookies })
      clock.advance(120)
    }
    expect(requestCount(provider, 'authorize')).toBe(5)

    for (const path of ['/recent', '/vault', '/second', '/mail', '/vaults', '/today'])
      expect((await browser.navigate(site.origin + path)).status, path).toBe(200)
  })

  test('is requested alone if the provider treats several contexts as alternatives', async ({
    provider,
    site,
  }) => {
    site.app.get('/second', site.auth.loginRequired({ acrs: 'c2' }, ok))
    const browser = await site.signIn()
    await signInThrough(browser, provider, `${site.origin}/vault`)
    provider.tamper = {
      idToken: (claims, sign) => sign({ ...claims, acrs: [claims['acrs']].flat().slice(-1) }),
    }

    const first = await browser.navigate(`${site.origin}/second`)
    const second = await followToCallback(browser, provider, first)
    await followToCallback(browser, provider, second)

    expect(requestedClaims(first)).toEqual({
      id_token: { acrs: { essential: true, values: ['c2', 'c1'] } },
    })
    expect(requestedClaims(second)).toEqual({
      id_token: { acrs: { essential: true, value: 'c2' } },
    })
    expect((await browser.navigate(`${site.origin}/second`)).status).toBe(200)
  })

  test('is not rejected for old step-ups that others of the last minutes removed', async ({
    provider,
    clock,
    site,
  }) => {
    site.app.get('/second', site.auth.loginRequired({ acrs: 'c2' }, ok))
    const browser = await site.signIn()
    provider.tamper = {
      idToken: (claims, sign) => sign({ ...claims, acrs: [claims['acrs']].flat().slice(0, 1) }),
    }

    for (let turn = 0; turn < 3; turn++) {
      for (const path of ['/vault', '/second']) {
        expect((await signInThrough(browser, provider, site.origin + path)).location).toBe(path)
        clock.advance(40)
      }
    }
  })

  test('requests it again from the link of the page after a failed sign-in', async ({
    tamperWith,
    provider,
    site,
  }) => {
    const browser = new Browser()
    tamperWith({ acrs: undefined })
    const page = await signInThrough(browser, provider, `${site.origin}/vault`)

    const redirect = await browser.navigate(linkUrl(page, 'Try again'))

    expect(requestedClaims(redirect)).toEqual(C1)
  })

  test('keeps the access tokens, and the refresh token if the provider does not send one', async ({
    provider,
    refreshes,
    clock,
    site,
  }) => {
    const browser = await site.signIn({ path: '/token' })
    const before = (await browser.navigate(`${site.origin}/token`)).json()
    provider.tamper = { tokenResponse: ({ refresh_token: _none, ...body }) => body }

    await signInThrough(browser, provider, `${site.origin}/vault`)

    expect((await browser.navigate(`${site.origin}/token`)).json()).toEqual(before)
    expect(refreshes()).toBe(0)
    clock.advance(3700)
    expect((await browser.navigate(`${site.origin}/token`)).status).toBe(200)
    expect(refreshes()).toBeGreaterThan(0)
  })

  test('does not sign in a user who came without a session and did not satisfy it', async ({
    tamperWith,
    provider,
    site,
  }) => {
    const browser = new Browser()
    tamperWith({ acrs: undefined })

    const response = await signInThrough(browser, provider, `${site.origin}/vault`)

    await expectRejected(site, browser, response, 403)
  })

  test('accepts a context that the ID token contains as a string', async ({
    provider,
    tamperWith,
    site,
  }) => {
    const browser = await site.signIn()
    tamperWith({ acrs: 'c1' })

    const response = await signInThrough(browser, provider, `${site.origin}/vault`)

    expect(response.location).toBe('/vault')
    expect((await browser.navigate(`${site.origin}/vault`)).status).toBe(200)
  })

  test('with several contexts requires all of them, even if the provider confirms fewer', async ({
    provider,
    tamperWith,
    expectNoChange,
    site,
  }) => {
    const browser = await site.signIn()
    const before = cookieOf(browser)
    tamperWith({ acrs: ['c2'] })
    const redirect = await browser.navigate(`${site.origin}/vaults`)

    const response = await followToCallback(browser, provider, redirect)

    expect(requestedClaims(redirect)).toEqual({
      id_token: { acrs: { essential: true, values: ['c1', 'c2'] } },
    })
    expect(response.text).toContain('did not confirm the authentication context c1')
    await expectNoChange(site, browser, response, { status: 403, before })
  })

  test('redirects a user who satisfied another context', async ({ provider, site, browser }) => {
    await signInThrough(browser, provider, `${site.origin}/vault`)

    const redirect = await browser.navigate(`${site.origin}/vaults`)
    await followToCallback(browser, provider, redirect)

    expect((await browser.navigate(`${site.origin}/vaults`)).status).toBe(200)
    expect((await browser.navigate(`${site.origin}/vault`)).status).toBe(200)
  })

  test('still accepts the user after a refresh whose ID token omits it', async ({
    provider,
    tamperWith,
    clock,
    refreshes,
    site,
  }) => {
    const browser = new Browser()
    await signInThrough(browser, provider, `${site.origin}/vault`)
    tamperWith({ acrs: undefined })
    clock.advance(3700)

    const page = await browser.navigate(`${site.origin}/vault`)

    expect(page.status, `answered: ${page.text}`).toBe(200)
    expect(refreshes()).toBe(1)
  })

  test('requests it again when a refreshed ID token shows that it is no longer satisfied', async ({
    provider,
    tamperWith,
    clock,
    site,
  }) => {
    const browser = new Browser()
    await signInThrough(browser, provider, `${site.origin}/vault`)
    tamperWith({ acrs: [] })
    clock.advance(3700)

    expect(requestedClaims(await browser.navigate(`${site.origin}/vault`))).toEqual(C1)
  })

  test.for<[unknown]>([
    [''],
    [' '],
    [[]],
    [['']],
    [[undefined]],
    [['c1', undefined]],
    [null],
    [[null]],
    [1],
  ])('cannot be declared as %j, which would allow every user', async ([acrs], { openSite }) => {
    const { auth } = await openSite()

    expect(() => auth.loginRequired({ acrs: acrs as string[] })).toThrow(
      expect.objectContaining({ code: 'configuration' }),
    )
  })
})

describe('a route with a maximum age', () => {
  test('redirects a user without an authentication time in the session, and then accepts them', async ({
    provider,
    site,
  }) => {
    const browser = await site.signIn()

    const redirect = await browser.navigate(`${site.origin}/recent`)
    const back = await followToCallback(browser, provider, redirect)

    expect(requestParams(redirect).get('max_age')).toBe('600')
    expect(requestParams(redirect).has('claims')).toBe(false)
    expect(back.location).toBe('/recent')
    expect((await browser.navigate(`${site.origin}/recent`)).status).toBe(200)
  })

  test('requests it directly from a visitor who is not signed in', async ({ provider, site }) => {
    const browser = new Browser()

    const redirect = await browser.navigate(`${site.origin}/recent`)
    await followToCallback(browser, provider, redirect)

    expect(requestParams(redirect).get('max_age')).toBe('600')
    expect((await browser.navigate(`${site.origin}/recent`)).status).toBe(200)
  })

  test('redirects a user who authenticated too long ago, with a minute of tolerance', async ({
    provider,
    clock,
    site,
  }) => {
    const browser = new Browser()
    const cookies = new Map<string, string>()
    await signInThrough(browser, provider, `${site.origin}/recent`, { cookies })
    clock.advance(655)
    expect((await browser.navigate(`${site.origin}/recent`)).status).toBe(200)
    clock.advance(10)

    const redirect = await browser.navigate(`${site.origin}/recent`)
    await followToCallback(browser, provider, redirect, { cookies })

    expect(requestParams(redirect).get('max_age')).toBe('600')
    expect((await browser.navigate(`${site.origin}/recent`)).status).toBe(200)
  })

  test.for([
    ['is too long ago', (now: number) => now - 700],
    ['is missing', () => undefined],
    ['is not a number', (now: number) => String(now)],
  ] as const)(
    'rejects a response whose auth_time %s, and keeps the previous session',
    async ([, time], { provider, tamperWith, now, expectNoChange, site, signedIn }) => {
      const before = cookieOf(signedIn)
      tamperWith({ auth_time: time(now()) })

      const response = await signInThrough(signedIn, provider, `${site.origin}/recent`)

      await expectNoChange(site, signedIn, response, { status: 401, before })
    },
  )

  test('rejects a string as a time, because it would never be too old', async ({
    tamperWith,
    now,
    site,
  }) => {
    tamperWith({ auth_time: String(now() - 100_000) })
    const browser = await site.signIn()

    expect(requestParams(await browser.navigate(`${site.origin}/recent`)).get('max_age')).toBe(
      '600',
    )
  })

  test('counts from the same time after a refresh whose ID token omits it', async ({
    provider,
    tamperWith,
    clock,
    refreshes,
    site,
  }) => {
    const browser = new Browser()
    await signInThrough(browser, provider, `${site.origin}/today`)
    tamperWith({ auth_time: undefined })
    clock.advance(3700)

    const page = await browser.navigate(`${site.origin}/today`)
    const count = refreshes()
    clock.advance(3700)
    const late = await browser.navigate(`${site.origin}/today`)

    expect(page.status, `answered: ${page.text}`).toBe(200)
    expect(count).toBe(1)
    expect(requestParams(late).get('max_age')).toBe('7200')
  })

  test.for([[0], [-1], [Number.NaN], [Infinity], ['600'], [null]] as const)(
    'cannot be declared as %j',
    async ([maxAge], { openSite }) => {
      const { auth } = await openSite()

      expect(() => auth.loginRequired({ maxAgeSeconds: maxAge as number })).toThrow(
        expect.objectContaining({ code: 'configuration' }),
      )
    },
  )
})
