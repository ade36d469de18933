import { AccessDenied, memoryStore } from 'identity-web'
import { deviceCode } from 'identity-web/device-code'
import type { AuthOptions, Claims } from 'identity-web/express'
import { describe, expect, test as base, vi } from '../support/fixtures.ts'
import type { Browser, BrowserRequest, BrowserResponse } from '../support/browser.ts'
import { enterCode, openCodePage, poll } from '../support/device.ts'
import { SESSION_SECRET, type Site } from '../support/site.ts'

const HOUR = 3600

/** About so many seconds. The machine may be slow, so the tests let hours pass. */
const about = (seconds: number): unknown => expect.closeTo(seconds, -3)

const test = base
  .extend(
    'start',
    ({ openSite }) =>
      async <User = Claims>(options: AuthOptions<User>): Promise<Site<User>> => {
        const site = await openSite<User>({
          browser: { sessionView: (user) => ({ name: (user as Claims).name }) },
          ...options,
          session: { secret: SESSION_SECRET, ...options.session },
        })
        site.app.get(
          '/page',
          async (req, res) => void res.json(await site.auth.browserSession(req)),
        )
        return site
      },
  )
  .extend('site', ({ start }) => start({}))

/** Calls the endpoint as a script of the own page. */
function call(
  { origin, auth }: Pick<Site<any>, 'origin' | 'auth'>,
  browser: Browser,
  { headers, ...request }: BrowserRequest = {},
): Promise<BrowserResponse> {
  return browser.script(origin + (auth.paths.session ?? ''), {
    ...request,
    headers: { 'sec-fetch-site': 'same-origin', ...headers },
  })
}

const SIGNED_OUT = { user: null, loginUrl: '/login' }

describe('the view of the user', () => {
  test('gets the user of onLogin and the claims, and reaches scripts and pages', async ({
    start,
  }) => {
    const site = await start({
      onLogin: ({ oid = '' }) => ({ id: oid, plan: 'free', secret: 'MARKED-secret' }),
      browser: { sessionView: ({ plan }, { claims }) => ({ plan, name: claims.name }) },
    })
    const browser = await site.signIn()
    const user = { plan: 'free', name: 'Alex Rivera' }

    expect((await call(site, browser)).json()).toMatchObject({ user })
    expect((await browser.navigate(`${site.origin}/page`)).json()).toMatchObject({ user })
  })

  test('is that of the user that updateUser stored', async ({ site }) => {
    site.app.get(
      '/rename',
      site.auth.loginRequired(async (req, res, { user }) => {
        await site.auth.updateUser(req, { ...user, name: 'Renamed' })
        res.end()
      }),
    )
    const browser = await site.signIn()
    await browser.navigate(`${site.origin}/rename`)

    expect((await call(site, browser)).json()).toMatchObject({ user: { name: 'Renamed' } })
  })

  const cycle: Record<string, unknown> = {}
  cycle['self'] = cycle
  test.for<[string, () => unknown, string]>([
    ['undefined', () => undefined, 'The value is undefined, and not an object.'],
    ['null', () => null, 'The value is null, and not an object.'],
    ['a string', () => 'Alex', 'The value is string, and not an object.'],
    ['a list', () => [1], 'The value is an array, and not an object.'],
    ['a function', () => () => 1, 'The value is function, and not an object.'],
    ['a promise', async () => ({}), 'The value is a promise. Return an object'],
    ['a promise that fails', () => Promise.reject(new Error('late')), 'The value is a promise.'],
    ['a BigInt', () => ({ id: 1n }), 'view.id is a BigInt. Return a string'],
    ['a cycle', () => cycle, 'view.self is a reference to an object that contains it (a cycle)'],
    ['a method', () => ({ get: () => 1 }), 'view.get is a function.'],
    ['undefined in a list', () => ({ all: [undefined] }), 'view.all[0] is undefined.'],
    ['a Map', () => ({ roles: new Map() }), 'view.roles is a Map. Return an object'],
    ['a Map itself', () => new Map(), 'view is a Map.'],
    ['a Date', () => ({ at: new Date(0) }), 'view.at is a Date. Return a string'],
    ['NaN', () => ({ age: NaN }), 'view.age is NaN.'],
    [
      'a property that cannot be read',
      () => ({
        get name(): string {
          throw new Error('no name')
        },
      }),
      'a property of the value cannot be read',
    ],
  ])(
    'that is %s fails with the option in the log, and the session stays',
    async ([, view, expected], { start }) => {
      let isWrong = true
      const sessionView = (): object => (isWrong ? (view() as object) : { ok: true })
      const site = await start({ browser: { sessionView } })
      const browser = await site.signIn()
      const before = site.logs.length

      for (const method of ['GET', 'POST']) {
        const response = await call(site, browser, { method })
        expect([response.status, response.json()]).toEqual([500, { error: 'configuration' }])
        expect(response.headers['cache-control']).toBe('private, no-store')
      }

      const logs = site.logs.slice(before)
      expect(logs).toHaveLength(2)
      expect(logs[0]).toContain('browser.sessionView returned a wrong value.')
      expect(logs[0]).toContain(expected)
      expect(logs[0]).toContain('Change Auth({ browser: { sessionView } })')
      isWrong = false
      expect((await call(site, browser)).json()).toMatchObject({ user: { ok: true } })
    },
  )

  test('that fails is an error with the name of the option, also in a page', async ({ start }) => {
    const sessionView = (): object => {
      throw new TypeError('no department')
    }
    const site = await start({ browser: { sessionView } })
    const errors: unknown[] = []
    site.app.get('/caught', (req, res) => {
      site.auth.browserSession(req).catch((error: unknown) => {
        errors.push(error)
        res.end()
      })
    })
    const browser = await site.signIn()

    const response = await call(site, browser)
    await browser.navigate(`${site.origin}/caught`)

    expect([response.status, response.json()]).toEqual([500, { error: 'configuration' }])
    expect(site.logs.at(-1)).toContain('browser.sessionView failed. TypeError: no department (at ')
    expect(errors).toMatchObject([
      {
        code: 'configuration',
        message: expect.stringContaining('browser.sessionView failed.') as string,
        cause: expect.any(TypeError) as TypeError,
      },
    ])
  })

  test('that fails in production does not write personal data into the log', async ({ start }) => {
    const sessionView = (user: Claims): object => {
      throw new TypeError(`no department: ${user.name}`)
    }
    const site = await start({ browser: { sessionView }, environment: 'production' })
    const browser = await site.signIn()

    expect((await call(site, browser)).status).toBe(500)
    expect(site.logs.at(-1)).toContain('browser.sessionView failed. TypeError (at ')
    expect(site.logs.join('\n')).not.toContain('no department')
  })

  test('leaves out properties without a value', async ({ start }) => {
    const sessionView = (): object => ({ name: 'Alex', nick: undefined })
    const site = await start({ browser: { sessionView } })
    const browser = await site.signIn()

    expect((await call(site, browser)).json()).toMatchObject({ user: { name: 'Alex' } })
  })
})

describe('a session', () => {
  test('that is revoked is not a session for scripts anymore', async ({ start }) => {
    const site = await start({ session: { secret: SESSION_SECRET, denyList: memoryStore() } })
    const browser = await site.signIn()
    const { claims } = (await browser.navigate(`${site.origin}/`)).json() as { claims: Claims }
    await site.auth.revokeSessions({ sub: claims.sub })

    for (const method of ['GET', 'POST']) {
      expect((await call(site, browser, { method })).json()).toEqual(SIGNED_OUT)
    }
  })

  test('ends after its absolute time, although POST extends it', async ({ start, clock }) => {
    const session = { secret: SESSION_SECRET, absoluteTimeoutSeconds: 10 * HOUR }
    const site = await start({ session })
    const browser = await site.signIn()
    clock.advance(8 * HOUR)

    expect((await call(site, browser, { method: 'POST' })).json()).toMatchObject({
      expiresInSeconds: about(2 * HOUR),
      absoluteExpiresInSeconds: about(2 * HOUR),
    })
    clock.advance(3 * HOUR)
    expect((await call(site, browser, { method: 'POST' })).json()).toEqual(SIGNED_OUT)
  })

  test('survives an outage of its store, and the response is 503', async ({ start }) => {
    const store = memoryStore()
    let isDown = false
    const failing = {
      get: async (key: string) => (isDown ? Promise.reject(new Error('down')) : store.get(key)),
      set: async (key: string, value: string, ttl: number) => store.set(key, value, ttl),
      delete: async (key: string) => store.delete(key),
    }
    const site = await start({ session: { secret: SESSION_SECRET, store: failing } })
    const browser = await site.signIn()

    isDown = true
    for (const method of ['GET', 'POST']) {
      const response = await call(site, browser, { method })
      expect([response.status, response.json()]).toEqual([503, { error: 'store_unavailable' }])
      expect(response.headers['retry-after']).toMatch(/^\d+$/)
      expect(response.setCookies).toEqual([])
    }
    isDown = false

    // The library tries the store again after a pause.
    await vi.waitFor(
      async () => expect((await call(site, browser)).json()).toMatchObject({ user: {} }),
      { timeout: 30_000, interval: 200 },
    )
  })

  test('with a damaged cookie is deleted, as guards do it', async ({ site, signedIn }) => {
    const cookie = signedIn.cookies.get('identity')
    if (cookie !== undefined) signedIn.cookies.set('identity', { ...cookie, value: '1.damaged' })

    const response = await call(site, signedIn)

    expect(response.json()).toEqual(SIGNED_OUT)
    expect(response.setCookies.join()).toMatch(/identity=; .*max-age=0/i)
  })
})

describe('the refresh of a session', () => {
  test.override('behaviour', { consent: 'skip' })

  test('is left to POST and to pages', async ({ start, provider, clock }) => {
    const checks: number[] = []
    const site = await start({
      onLogin: () => ({ checks: 0 }),
      onRefresh: ({ checks: before }) => {
        checks.push(before)
        return { checks: before + 1 }
      },
      browser: { sessionView: (user) => user },
    })
    const browser = await site.signIn()
    const refreshes = (): number =>
      provider.requests.filter(({ grantType }) => grantType === 'refresh_token').length
    clock.advance(2 * HOUR)

    const read = await call(site, browser)
    // `onRefresh` checks the user, with the tokens as they are. The response does not store the result.
    expect(read.json()).toMatchObject({ user: { checks: 1 }, expiresInSeconds: about(22 * HOUR) })
    expect([refreshes(), checks, read.setCookies]).toEqual([0, [0], []])

    const extended = await call(site, browser, { method: 'POST' })
    expect(extended.json()).toMatchObject({
      user: { checks: 2 },
      expiresInSeconds: about(24 * HOUR),
    })
    expect([refreshes(), checks]).toEqual([1, [0, 1]])

    clock.advance(2 * HOUR)
    const page = await browser.navigate(`${site.origin}/page`)
    expect(page.json()).toMatchObject({ user: { checks: 3 } })
    expect([refreshes(), checks]).toEqual([2, [0, 1, 2]])
    expect((await call(site, browser)).json()).toMatchObject({ user: { checks: 3 } })
  })

  test('that onRefresh rejects ends the session', async ({ start, clock }) => {
    const site = await start<{ name: string }>({
      onLogin: () => ({ name: 'Alex' }),
      onRefresh() {
        throw new AccessDenied({ message: 'Your account was closed.' })
      },
    })
    const browser = await site.signIn()
    clock.advance(2 * HOUR)

    expect((await call(site, browser, { method: 'POST' })).json()).toEqual(SIGNED_OUT)
    expect(browser.cookies.has('identity')).toBe(false)
    expect(site.logs.join('\n')).toContain('Your account was closed.')
  })

  test('that the provider rejects leaves no session for POST and for pages', async ({
    provider,
    clock,
    site,
  }) => {
    const browser = await site.signIn()
    clock.advance(2 * HOUR)
    provider.behave({
      faults: { token: { kind: 'error', error: 'invalid_grant', status: 400 } },
    })

    expect((await call(site, browser, { method: 'POST' })).json()).toEqual(SIGNED_OUT)
    expect((await browser.navigate(`${site.origin}/page`)).json()).toEqual(SIGNED_OUT)
  })

  test('that needs a step of the user extends the session nevertheless', async ({
    provider,
    clock,
    site,
  }) => {
    const browser = await site.signIn()
    clock.advance(2 * HOUR)
    provider.behave({
      faults: { token: { kind: 'error', error: 'interaction_required', status: 400 } },
    })

    const extended = await call(site, browser, { method: 'POST' })

    expect(extended.json()).toMatchObject({
      user: { name: 'Alex Rivera' },
      expiresInSeconds: about(24 * HOUR),
    })
    expect((await call(site, browser)).json()).toMatchObject({ expiresInSeconds: about(24 * HOUR) })
    expect((await browser.script(`${site.origin}/`)).status).toBe(401)
  })

  test('that fails because of an outage does not matter', async ({ provider, clock, site }) => {
    const browser = await site.signIn()
    clock.advance(2 * HOUR)
    provider.behave({ faults: { token: { kind: 'status', status: 503 } } })

    expect((await call(site, browser, { method: 'POST' })).json()).toMatchObject({
      user: { name: 'Alex Rivera' },
      expiresInSeconds: about(24 * HOUR),
    })
  })
})

describe('the path', () => {
  test('is an option', async ({ start }) => {
    const site = await start({
      browser: { path: '/api/session', sessionView: ({ name }) => ({ name }) },
    })
    const browser = await site.signIn()

    expect(site.auth.paths.session).toBe('/api/session')
    expect((await call(site, browser)).json()).toMatchObject({ user: { name: 'Alex Rivera' } })
    expect((await browser.script(`${site.origin}/session`)).status).toBe(404)
  })

  test('is not a page to return to', async ({ provider, browser, site }) => {
    const away = await browser.navigate(`${site.origin}/login?return_to=%2Fsession`)
    const { url } = await provider.signIn(away.location ?? '', { as: 'alex' })

    expect((await browser.navigate(url.href)).location).toBe('/')
  })

  test('of the sign-in leads back to the page that the script adds', async ({
    provider,
    browser,
    site,
  }) => {
    const { loginUrl } = (await call(site, browser)).json() as { readonly loginUrl: string }
    const login = new URL(loginUrl, site.origin)
    login.searchParams.set('return_to', '/open?page=2')
    const away = await browser.navigate(login.href)
    const { url } = await provider.signIn(away.location ?? '', { as: 'alex' })

    expect((await browser.navigate(url.href)).location).toBe('/open?page=2')
  })
})

describe('without the option browser', () => {
  test('the path belongs to the application, and calls say what to set', async ({
    openSite,
    browser,
  }) => {
    const site = await openSite({})
    site.app.get('/session', (_req, res) => void res.send('a page of the application'))
    site.app.get('/page', (req, res) => {
      site.auth.browserSession(req).catch((error: Error) => res.send(error.message))
    })
    site.app.get('/own', (req, res) => void site.auth.sendBrowserSession(req, res))

    expect(site.auth.paths.session).toBeUndefined()
    expect((await browser.script(`${site.origin}/session`)).text).toBe('a page of the application')
    expect((await browser.navigate(`${site.origin}/page`)).text).toContain(
      'Set Auth({ browser: { sessionView } })',
    )
    const own = await browser.script(`${site.origin}/own`)
    expect([own.status, own.json()]).toEqual([500, { error: 'configuration' }])
    expect(site.logs.at(-1)).toContain('Set Auth({ browser: { sessionView } })')
  })
})

describe('with the device code flow', () => {
  test('the endpoint works, and the Host header names the own host', async ({
    openSite,
    provider,
    browser,
  }) => {
    const site = await openSite({
      redirectUri: undefined,
      signIn: deviceCode(),
      browser: { sessionView: (user) => ({ name: user.name }) },
    })
    const code = await openCodePage(site, browser)
    await enterCode(provider, code, { as: 'alex' })
    await poll(site, browser, code.device)
    const old = (origin: string): Promise<BrowserResponse> =>
      browser.send(`${site.origin}/session`, { headers: { origin, 'x-csrf': '1' } })

    expect((await old(site.origin)).json()).toMatchObject({
      user: { name: 'Alex Rivera' },
      loginUrl: '/login',
    })
    expect((await old('https://evil.example')).status).toBe(403)
  })
})
