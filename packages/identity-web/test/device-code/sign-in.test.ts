import { readFileSync } from 'node:fs'
import { deviceCode, startDeviceLogin, type DevicePage } from 'identity-web/device-code'
import type { AuthOptions } from 'identity-web/express'
import { AccessDenied, IdentityError } from 'identity-web/express'
import { describe, expect, test as base, vi } from '../support/fixtures.ts'
import { requestCount, signedInUser } from '../support/attack.ts'
import { Browser } from '../support/browser.ts'
import {
  cookieHeader,
  enterCode,
  poll,
  postCodeForm,
  readCodePage,
  openCodePage,
} from '../support/device.ts'
import type { Site } from '../support/site.ts'
import { linkUrl } from '../support/steps.ts'

function isDeviceRequest(input: string | URL | Request): boolean {
  return new Request(input).url.endsWith('/devicecode')
}

/** Changes the response of the device authorization endpoint. */
function changing(change: (response: Record<string, unknown>) => object): typeof fetch {
  return async (input, init) => {
    const response = await fetch(input, init)
    if (!isDeviceRequest(input)) return response
    return Response.json(change((await response.json()) as Record<string, unknown>))
  }
}

/** Adds the requests to the device authorization endpoint to a list. */
function recording(bodies: URLSearchParams[]): typeof fetch {
  return (input, init) => {
    if (isDeviceRequest(input)) bodies.push(new URLSearchParams(init?.body as string))
    return fetch(input, init)
  }
}

const test = base
  .extend(
    'open',
    ({ openSite }) =>
      (options: AuthOptions = {}): Promise<Site> =>
        openSite({ redirectUri: undefined, signIn: deviceCode(), ...options }),
  )
  .extend('own', ({ open }) => open())

describe('a sign-in by the device code flow', () => {
  test('shows a code, waits, and leads to the requested page', async ({
    own,
    browser,
    provider,
    clock,
  }) => {
    const redirect = await browser.navigate(`${own.origin}/other?a=1`)
    const page = await browser.navigate(new URL(redirect.location ?? '', own.origin).href)
    const code = readCodePage(page)
    const pending = await poll(own, browser, code.device)
    await enterCode(provider, code, { as: 'alex' })
    clock.advance(5)
    const done = await poll(own, browser, code.device)

    expect(redirect.location).toBe('/login?return_to=%2Fother%3Fa%3D1')
    expect(page.status).toBe(200)
    expect(page.setCookies).toEqual([
      expect.stringMatching(/^identity-flow-[\w-]+=\S+; Path=\/; Max-Age=1500; HttpOnly/),
    ])
    expect(code.verificationUri).toMatch(/\/oauth2\/v2\.0\/deviceauth$/)
    expect(page.text).toContain('target="_blank" rel="noopener noreferrer"')
    expect(page.text).toContain('15 minutes')
    expect(code.newCodeUrl).toMatch(/^\/login\?return_to=%2Fother%3Fa%3D1&request=/)
    expect(pending.status).toBe(200)
    expect(pending.json()).toEqual({ status: 'pending', interval: 5 })
    expect(pending.setCookies).toEqual([])
    expect(done.json()).toEqual({ status: 'done', location: '/other?a=1' })
    expect(done.headers['cache-control']).toBe('private, no-store')
    expect(cookieHeader(browser)).not.toContain('flow')
    expect((await browser.navigate(`${own.origin}/other`)).json()).toMatchObject({
      claims: { preferred_username: provider.user('alex').username },
    })
  })

  test('the page rejects frames, caches and foreign scripts, and does not contain the device code', async ({
    browser,
    open,
  }) => {
    let secretCode: unknown
    const own = await open({
      fetch: changing((response) => {
        secretCode = response['device_code']
        return response
      }),
    })
    const { page } = await openCodePage(own, browser)

    expect(page.headers['content-security-policy']).toMatch(
      /^default-src 'none'; style-src 'nonce-(\w+)'; script-src 'nonce-\1'; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'$/,
    )
    expect(page.headers['cache-control']).toBe('private, no-store')
    expect(page.headers['referrer-policy']).toBe('same-origin')
    expect(secretCode).toEqual(expect.any(String))
    expect(page.text).not.toContain(secretCode)
    expect(own.logs.join('\n')).not.toContain(secretCode)
  })

  test('a script gets a login URL and does not start a flow', async ({
    own,
    browser,
    provider,
  }) => {
    const guarded = await browser.script(`${own.origin}/other`)
    const login = await browser.script(`${own.origin}/login`)

    expect(guarded.status).toBe(401)
    expect(guarded.json()).toEqual({
      error: 'login_required',
      loginUrl: '/login?return_to=%2F',
    })
    expect(login.status).toBe(401)
    expect(requestCount(provider, 'devicecode')).toBe(0)
  })

  test('a page that needs an access token leads to a code for its scopes', async ({
    own,
    browser,
    provider,
  }) => {
    const first = await openCodePage(own, browser)
    await enterCode(provider, first)
    await poll(own, browser, first.device)

    const second = await openCodePage(own, browser, '/me')
    await enterCode(provider, second)
    const done = await poll(own, browser, second.device)

    expect(done.json()).toEqual({ status: 'done', location: '/me' })
    expect((await browser.navigate(`${own.origin}/me`)).json()).toMatchObject({
      status: 200,
      scopes: ['User.Read'],
    })
  })

  test.for([
    ['to the page with the code', 'GET'],
    ['by a form', 'POST'],
  ] as const)(
    'auth.login() leads %s, and handles the polls',
    async ([, method], { browser, open, provider }) => {
      const own = await open({ routes: false })
      own.app.all(
        '/login',
        (req, res) => void own.auth.login(req, res, { returnTo: '/open', scopes: 'User.Read' }),
      )
      const code = readCodePage(await browser.navigate(`${own.origin}/login`, { method }))
      await enterCode(provider, code)

      expect((await poll(own, browser, code.device)).json()).toEqual({
        status: 'done',
        location: '/open',
      })
      expect(await signedInUser(own, browser)).toContain('@')
    },
  )

  test('works with other OpenID providers, and sends the extra parameters', async ({
    browser,
    open,
    provider,
  }) => {
    const bodies: URLSearchParams[] = []
    const own = await open({
      authority: undefined,
      oidcAuthority: provider.oidcAuthority,
      extraParams: { ui_locales: 'de' },
      fetch: recording(bodies),
    })
    const code = await openCodePage(own, browser)
    await enterCode(provider, code)

    expect((await poll(own, browser, code.device)).json()).toMatchObject({ status: 'done' })
    expect(bodies[0]?.get('ui_locales')).toBe('de')
    expect(bodies[0]?.get('scope')).toMatch(/^openid profile/)
  })

  test('requests claims and the scopes of one API, and checks the requirements of a page', async ({
    browser,
    open,
    provider,
  }) => {
    const bodies: URLSearchParams[] = []
    const own = await open({
      scopes: ['User.Read', 'api://other/Things.Read'],
      clientCapabilities: ['cp1'],
      fetch: recording(bodies),
    })
    await openCodePage(own, browser)

    expect(bodies[0]?.get('scope')).toBe('openid profile email offline_access User.Read')
    expect(bodies[0]?.get('claims')).toContain('cp1')
    expect(bodies[0]?.get('client_id')).toBe(provider.app.clientId)
  })
})

describe('a page that needs an authentication context', () => {
  test('leads to a code for a sign-in that satisfies it', async ({ browser, open }) => {
    const bodies: URLSearchParams[] = []
    const own = await open({
      fetch: recording(bodies),
    })
    own.app.get(
      '/vault',
      own.auth.loginRequired({ acrs: 'c1' }, (_req, res) => void res.json({})),
    )

    await openCodePage(own, browser, '/vault')

    expect(JSON.parse(bodies[0]?.get('claims') ?? 'null')).toEqual({
      id_token: { acrs: { essential: true, value: 'c1' } },
    })
  })
})

describe('a code that fails', () => {
  test('offers the requested page again when the browser lost its cookie', async ({
    own,
    browser,
  }) => {
    const { device } = await openCodePage(own, new Browser(), '/me')
    const page = await postCodeForm(own, browser, device)
    const again = new URL(linkUrl(page, 'Try again'), own.origin)

    expect(page.status).toBe(400)
    expect(again.searchParams.get('return_to')).toBe('/me')
    expect(again.searchParams.get('request')).not.toBeNull()
  })

  test('that is declined shows the reason, ends the flow, and offers a new code', async ({
    own,
    browser,
    provider,
  }) => {
    const code = await openCodePage(own, browser)
    await enterCode(provider, code, { consent: false })

    const response = await poll(own, browser, code.device)

    expect(response.status).toBe(200)
    expect(response.json()).toEqual({
      status: 'declined',
      message: expect.stringContaining('declined'),
    })
    expect([...browser.cookies.keys()]).toEqual([])
    expect(readCodePage(await browser.navigate(own.origin + code.newCodeUrl)).userCode).not.toBe(
      code.userCode,
    )
  })

  test('that needs an administrator does not offer the approval, which requires a redirect URI', async ({
    own,
    browser,
    provider,
  }) => {
    const { device } = await openCodePage(own, browser)
    const fault = { kind: 'error', error: 'invalid_grant', codes: [90094] } as const
    provider.behave({ faults: { token: fault } })

    const page = await postCodeForm(own, browser, device)

    expect(own.logs.join()).toContain('AADSTS90094')
    expect(page.text).toContain('Try again')
    expect(page.text).not.toContain('Approve for my organization')
  })

  test('that expired by our clock does not cause a request to the provider', async ({
    own,
    browser,
    clock,
    provider,
  }) => {
    const { device } = await openCodePage(own, browser)
    clock.advance(901)

    expect((await poll(own, browser, device)).json()).toEqual({
      status: 'expired',
      message: 'The code has expired.',
    })
    expect(requestCount(provider, 'token')).toBe(0)
    expect([...browser.cookies.keys()]).toEqual([])
  })

  test.for(['expired_token', 'code_expired'])(
    'that expired at the provider (%s)',
    async (error, { own, browser, provider }) => {
      const { device } = await openCodePage(own, browser)
      provider.behave({ faults: { token: { kind: 'error', error } } })

      expect((await poll(own, browser, device)).json()).toMatchObject({ status: 'expired' })
    },
  )

  test('for a disallowed client shows the fix to developers, but not to users', async ({
    open,
    provider,
  }) => {
    const fault = { kind: 'error', error: 'invalid_client', status: 401, codes: [7000218] } as const
    const own = await open({ clientCredential: undefined })
    vi.stubEnv('NODE_ENV', 'production')
    const inProduction = await open({ clientCredential: undefined })
    vi.unstubAllEnvs()
    const [browser, other] = [new Browser(), new Browser()]
    const { device } = await openCodePage(own, browser)
    const there = await openCodePage(inProduction, other)
    provider.behave({ faults: { token: fault } })

    const response = await poll(own, browser, device)
    const calm = await poll(inProduction, other, there.device)

    expect(response.status).toBe(502)
    expect(response.json()).toEqual({
      status: 'failed',
      message: expect.stringContaining('A setting of this application is probably wrong'),
      developer: [
        expect.stringContaining('allow public client flows'),
        expect.stringContaining('invalid_client'),
      ],
    })
    expect(calm.json()).toEqual({
      status: 'failed',
      message: expect.stringContaining('A setting of this application is probably wrong'),
    })
    expect(own.logs.join('\n')).toContain('AADSTS7000218')
  })

  test('does not sign in a user whom onLogin rejects, and ends the old session', async ({
    browser,
    open,
    provider,
  }) => {
    let isWelcome = true
    const own = await open({
      onLogin: (claims) => {
        if (!isWelcome) throw new IdentityError('access_denied', 'Not today.')
        return claims
      },
    })
    const before = await openCodePage(own, browser)
    await enterCode(provider, before)
    await poll(own, browser, before.device)
    isWelcome = false
    const code = await openCodePage(own, browser, '/me')
    await enterCode(provider, code)

    const response = await poll(own, browser, code.device)

    expect(response.status).toBe(403)
    expect(response.json()).toMatchObject({ status: 'failed' })
    expect(await signedInUser(own, browser)).toBeUndefined()
  })

  test('shows the message of AccessDenied to the user, and passes the request to onLogin', async ({
    browser,
    open,
    provider,
  }) => {
    const urls: string[] = []
    const own = await open({
      onLogin: (_claims, { request }) => {
        urls.push(`${request.method} ${request.url}`)
        throw new AccessDenied({ message: 'Your trial has ended.' })
      },
    })
    const code = await openCodePage(own, browser)
    await enterCode(provider, code)

    const response = await poll(own, browser, code.device)

    expect(response.status).toBe(403)
    expect(response.json()).toMatchObject({ status: 'failed', message: 'Your trial has ended.' })
    expect(urls).toEqual(['POST /login'])
  })

  test('does not loop for a page whose scopes were not granted', async ({
    own,
    browser,
    provider,
  }) => {
    provider.tamper = {
      tokenResponse: (response) => ({ ...response, scope: 'openid profile' }),
    }
    const code = await openCodePage(own, browser, '/me')
    expect(code.userCode).toHaveLength(9)
    await enterCode(provider, code)

    expect((await poll(own, browser, code.device)).json()).toMatchObject({
      status: 'failed',
      developer: [expect.stringContaining('User.Read')],
    })
  })

  test('with a verification URI that is not an https URL does not show a link', async ({
    browser,
    open,
  }) => {
    const own = await open({
      fetch: changing((response) => ({ ...response, verification_uri: 'javascript:alert(1)' })),
    })

    const page = await browser.navigate(`${own.origin}/login`)

    expect(page.status).toBe(502)
    expect(page.text).not.toContain('javascript:')
  })

  test('is escaped on the page', async ({ browser, open }) => {
    const own = await open({
      fetch: changing((response) => ({ ...response, user_code: '<img src=x>' })),
    })

    const page = await browser.navigate(`${own.origin}/login`)

    expect(page.text).toContain('&lt;img src=x&gt;')
    expect(page.text).not.toContain('<img')
  })

  test('uses the complete verification URI for the link', async ({ browser, open }) => {
    const complete = 'https://login.example.com/device?user_code=A&x=1'
    const own = await open({
      fetch: changing((response) => ({ ...response, verification_uri_complete: complete })),
    })

    expect((await openCodePage(own, browser)).verificationUri).toBe(complete)
  })
})

test('a code in another tab stays valid after a sign-in, because its page waits for it', async ({
  own,
  browser,
  provider,
  clock,
}) => {
  const waiting = await openCodePage(own, browser)
  clock.advance(120)
  const code = await openCodePage(own, browser)
  await enterCode(provider, code)

  expect((await poll(own, browser, code.device)).json()).toMatchObject({ status: 'done' })
  expect((await poll(own, browser, waiting.device)).json()).toMatchObject({ status: 'pending' })
})

test('the cookie of a code works with http, also with the option for form posts', async ({
  browser,
  open,
}) => {
  const own = await open({ responseMode: 'form_post' })

  const { page } = await openCodePage(own, browser)

  expect(page.setCookies).toEqual([expect.stringMatching(/; SameSite=Lax$/)])
})

describe('the provider gets a poll', () => {
  test('once a second at most, although it requests shorter pauses', async ({
    browser,
    open,
    clock,
    provider,
  }) => {
    const own = await open({ fetch: changing((response) => ({ ...response, interval: 0.1 })) })
    const { device } = await openCodePage(own, browser)

    await poll(own, browser, device)
    clock.advance(0.5)
    const second = await poll(own, browser, device)

    expect(second.json()).toEqual({ status: 'pending', interval: 1 })
    expect(requestCount(provider, 'token')).toBe(1)
  })

  test.for([
    ['as late as it requests while it is down', '30', 30],
    ['every minute at least, even when it requests a longer pause', '1000', 60],
    ['less and less often while it is down', '0', 10],
  ] as const)('%s', async ([, retryAfter, interval], { browser, open }) => {
    let isDown = false
    const own = await open({
      fetch: (input, init) =>
        isDown
          ? Promise.resolve(
              new Response('', { status: 503, headers: { 'retry-after': retryAfter } }),
            )
          : fetch(input, init),
    })
    const { device } = await openCodePage(own, browser)
    isDown = true

    expect((await poll(own, browser, device)).json()).toEqual({ status: 'pending', interval })
  })

  test('never sooner than the interval, even when a script polls faster', async ({
    own,
    browser,
    clock,
    provider,
  }) => {
    const { device } = await openCodePage(own, browser)

    await poll(own, browser, device)
    clock.advance(2)
    const early = await poll(own, browser, device)
    clock.advance(3)
    await poll(own, browser, device)

    expect(early.json()).toEqual({ status: 'pending', interval: 3 })
    expect(requestCount(provider, 'token')).toBe(2)
  })

  test('five seconds later after each slow_down', async ({ browser, open, clock, provider }) => {
    // The provider requires five seconds, but its response says one.
    const own = await open({ fetch: changing((response) => ({ ...response, interval: 1 })) })
    const { device } = await openCodePage(own, browser)

    await poll(own, browser, device)
    clock.advance(1)
    const hasty = await poll(own, browser, device)
    clock.advance(5)
    const early = await poll(own, browser, device)
    clock.advance(1)
    const again = await poll(own, browser, device)
    clock.advance(10)
    await poll(own, browser, device)

    expect(hasty.json()).toEqual({ status: 'pending', interval: 6 })
    expect(early.json()).toEqual({ status: 'pending', interval: 1 })
    expect(again.json()).toEqual({ status: 'pending', interval: 11 })
    expect(requestCount(provider, 'token')).toBe(3)
  })

  test('once for two polls at the same time, which both get the session', async ({
    own,
    browser,
    provider,
  }) => {
    const code = await openCodePage(own, browser)
    await enterCode(provider, code)
    provider.behave({ faults: { token: { kind: 'slow', ms: 100 } } })

    const [one, other] = await Promise.all([
      poll(own, browser, code.device),
      poll(own, browser, code.device),
    ])

    expect(one.json()).toEqual({ status: 'done', location: '/' })
    expect(other.setCookies).toEqual(one.setCookies)
    expect(requestCount(provider, 'token')).toBe(1)
  })

  test('less often while it is down, and the sign-in continues afterwards', async ({
    own,
    browser,
    provider,
    clock,
  }) => {
    const code = await openCodePage(own, browser)
    await enterCode(provider, code)
    provider.behave({ faults: { token: { kind: 'status', status: 503, times: 1 } } })

    const down = await poll(own, browser, code.device)
    clock.advance(10)
    const up = await poll(own, browser, code.device)

    expect(down.json()).toEqual({ status: 'pending', interval: 10 })
    expect(up.json()).toEqual({ status: 'done', location: '/' })
  })

  test('without an available code, and the visitor sees a page with a link', async ({
    browser,
    open,
  }) => {
    const own = await open({ fetch: async () => new Response('', { status: 503 }) })

    const page = await browser.navigate(`${own.origin}/login?return_to=/other`)

    expect(page.status).toBe(503)
    expect(page.text).toContain('<a href="/login?return_to=%2Fother" class="primary">Try again</a>')
  })
})

describe('without a script', () => {
  test('the form shows the same code until the user has finished, then continues', async ({
    own,
    browser,
    provider,
    clock,
  }) => {
    const code = await openCodePage(own, browser, '/other')

    const again = await postCodeForm(own, browser, code.device)
    await enterCode(provider, code)
    clock.advance(5)
    const done = await postCodeForm(own, browser, code.device)

    expect(readCodePage(again)).toMatchObject({ userCode: code.userCode, device: code.device })
    expect(again.text).toContain('You are not signed in yet')
    expect(done.status).toBe(303)
    expect(done.location).toBe('/other')
    expect(await signedInUser(own, browser)).toBe(provider.user('alex').username)
  })

  test.for([
    ['declined', 403, 'You were not signed in'],
    ['expired', 400, 'cannot continue'],
  ] as const)(
    '%s shows a page with a link to a new code',
    async ([how, status, text], { own, browser, provider, clock }) => {
      const code = await openCodePage(own, browser, '/other')
      if (how === 'declined') await enterCode(provider, code, { consent: false })
      else clock.advance(901)

      const page = await postCodeForm(own, browser, code.device)

      expect(page.status).toBe(status)
      expect(page.text).toContain(text)
      expect(page.text).toMatch(
        /href="\/login\?return_to=%2Fother&amp;request=[^"]+" class="primary">Try again</,
      )
      expect([...browser.cookies.keys()]).toEqual([])
    },
  )
})

describe('other routes and providers', () => {
  test('a page of the application replaces ours and has the same functions', async ({
    browser,
    open,
    provider,
  }) => {
    const pages: DevicePage[] = []
    const own = await open({
      signIn: deviceCode({
        page: async (page) => {
          pages.push(page)
          return 'Own page'
        },
      }),
    })
    await browser.navigate(`${own.origin}/other`)
    const response = await browser.navigate(`${own.origin}/login?return_to=/other`)
    const [page] = pages as [DevicePage]
    await enterCode(provider, page)

    expect(response.text).toBe('Own page')
    expect(response.headers['cache-control']).toBe('private, no-store')
    expect(page).toEqual({
      language: 'en',
      userCode: expect.stringMatching(/^\w{9}$/),
      verificationUri: expect.stringContaining('deviceauth'),
      expiresInSeconds: 900,
      intervalSeconds: 5,
      pollUrl: '/login',
      device: expect.any(String),
      newCodeUrl: expect.stringContaining('/login?return_to=%2Fother&request='),
      isRepeated: false,
    })
    expect((await poll(own, browser, page.device)).json()).toMatchObject({ status: 'done' })
  })

  test('the script of docs/sign-in-routes.md signs the user in', async ({
    own,
    browser,
    provider,
    clock,
  }) => {
    const guide = readFileSync(
      new URL('../../../../docs/sign-in-routes.md', import.meta.url),
      'utf8',
    )
    const [, code = ''] = /^```js\n(.*?)^```/ms.exec(guide) ?? []
    own.app.post('/api/login', (req, res, next) => {
      startDeviceLogin(own.auth, req, { returnTo: '/other' }).then((data) => res.json(data), next)
    })
    const send = async (path: string, init: { body?: URLSearchParams }): Promise<object> => {
      const body = init.body?.toString() ?? ''
      const headers = { 'content-type': 'application/x-www-form-urlencoded' }
      const response = await browser.script(own.origin + path, { method: 'POST', headers, body })
      return { json: async () => response.json() }
    }
    const shown: string[] = []
    const opened: string[] = []
    // The user types the code after the first poll.
    const pause = async (resolve: () => void, milliseconds: number): Promise<void> => {
      clock.advance(milliseconds / 1000)
      const [, userCode = '', verificationUri = ''] = /^Type (\S+) at (\S+)$/.exec(shown[0]!)!
      if (pauses++ === 1) await enterCode(provider, { userCode, verificationUri }, { as: 'alex' })
      resolve()
    }
    let pauses = 0

    // oxlint-disable-next-line no-implied-eval -- The code of the guide.
    await new Function(
      'fetch',
      'setTimeout',
      'location',
      'show',
      `return (async () => {${code}})()`,
    )(send, pause, { assign: (url: string) => opened.push(url) }, (text: string) =>
      shown.push(text),
    )

    expect(opened).toEqual(['/other'])
    expect(pauses).toBe(2)
    expect(shown).toHaveLength(1)
    expect(await signedInUser(own, browser)).toBe(provider.user('alex').username)
  })

  test('a provider without a device code flow: the page says what to configure', async ({
    browser,
    open,
    provider,
  }) => {
    const own = await open({ authority: undefined, b2c: provider.b2c })
    const page = await browser.navigate(`${own.origin}/login`)

    expect(page.status).toBe(500)
    expect(page.text).toContain(
      'This provider does not support signIn: deviceCode(). Remove Auth({ signIn }), and set Auth({ redirectUri }) or IDENTITY_REDIRECT_URI, for example http://localhost:3000/redirect.',
    )
    expect(page.setCookies).toEqual([])
  })

  test('does not have a callback', async ({ browser, open }) => {
    const own = await open({ routes: true })
    own.app.get('/back', (req, res) => void own.auth.completeLogin(req, res))
    const { device } = await openCodePage(own, browser)

    const bare = await browser.navigate(`${own.origin}/redirect?code=x&state=${device}`)
    // The test sends the flow cookie itself, because the browser would not send it.
    const byHand = await browser.navigate(`${own.origin}/back?code=x&state=${device}`, {
      headers: { cookie: cookieHeader(browser) },
    })

    expect(bare.status).toBe(404)
    expect(byHand.status).toBe(500)
    expect(byHand.text).toContain('completeLogin() works only with a redirect URI')
  })

  test('signs out locally and ends on our page', async ({ own, browser, provider }) => {
    const code = await openCodePage(own, browser)
    await enterCode(provider, code)
    await poll(own, browser, code.device)

    const foreign = await browser.navigate(`${own.origin}/logout`, {
      headers: { 'sec-fetch-site': 'cross-site' },
    })
    expect(foreign.text).toContain('Do you want to sign out?')
    expect(foreign.text).toContain('<a href="/">Back to the application</a>')
    expect(await signedInUser(own, browser)).toBe(provider.user('alex').username)

    // The form of the page, from a browser without fetch metadata.
    const bye = await browser.navigate(`${own.origin}/logout`, {
      method: 'POST',
      headers: { 'sec-fetch-site': undefined, origin: own.origin },
    })
    expect(bye.status).toBe(200)
    expect(bye.text).toContain('You are signed out')
    expect(bye.text).toContain('<a href="/login" class="primary">Sign in</a>')
    expect(await signedInUser(own, browser)).toBeUndefined()
  })
})
