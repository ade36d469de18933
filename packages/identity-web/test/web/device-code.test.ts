import type { AuthOptions, DevicePage } from 'identity-web/express'
import { IdentityError } from 'identity-web/express'
import { describe, expect, test as base, vi } from '../support/fixtures.ts'
import { asked, userOf } from '../support/attack.ts'
import { Browser } from '../support/browser.ts'
import { cookieHeader, enterCode, poll, post, readCode, showCode } from '../support/device.ts'
import type { Site } from '../support/site.ts'
import { linkOf } from '../support/steps.ts'

function isDeviceRequest(input: string | URL | Request): boolean {
  return new Request(input).url.endsWith('/devicecode')
}

/** Changes what the provider's device authorization endpoint answers. */
function changing(change: (answer: Record<string, unknown>) => object): typeof fetch {
  return async (input, init) => {
    const answer = await fetch(input, init)
    if (!isDeviceRequest(input)) return answer
    return Response.json(change((await answer.json()) as Record<string, unknown>))
  }
}

const test = base.extend(
  'open',
  ({ openSite }) =>
    (options: AuthOptions = {}): Promise<Site> =>
      openSite({ redirectUri: undefined, ...options }),
)

describe('a sign-in without a redirect URI', () => {
  test('shows a code, waits, and leads to the page that was wanted', async ({
    open,
    provider,
    clock,
  }) => {
    const own = await open()
    const browser = new Browser()
    const away = await browser.navigate(`${own.origin}/other?a=1`)
    const page = await browser.navigate(new URL(away.location ?? '', own.origin).href)
    const code = readCode(page)
    const pending = await poll(own, browser, code.device)
    await enterCode(provider, code, { as: 'alex' })
    clock.advance(5)
    const done = await poll(own, browser, code.device)

    expect(away.location).toBe('/login?return_to=%2Fother%3Fa%3D1')
    expect(page.status).toBe(200)
    expect(page.setCookies).toEqual([
      expect.stringMatching(/^identity-flow-[\w-]+=\S+; Path=\/login; Max-Age=3600; HttpOnly/),
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

  test('the page is closed to frames, caches and foreign scripts, and holds no device code', async ({
    open,
  }) => {
    let deviceCode: unknown
    const own = await open({
      fetch: changing((answer) => {
        deviceCode = answer['device_code']
        return answer
      }),
    })
    const { page } = await showCode(own, new Browser())

    expect(page.headers['content-security-policy']).toMatch(
      /^default-src 'none'; style-src 'nonce-(\w+)'; script-src 'nonce-\1'; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'$/,
    )
    expect(page.headers['cache-control']).toBe('private, no-store')
    expect(page.headers['referrer-policy']).toBe('same-origin')
    expect(deviceCode).toEqual(expect.any(String))
    expect(page.text).not.toContain(deviceCode)
    expect(own.logs.join('\n')).not.toContain(deviceCode)
  })

  test('a script is told where to sign in and does not start a flow', async ({
    open,
    provider,
  }) => {
    const own = await open()
    const browser = new Browser()

    const guarded = await browser.script(`${own.origin}/other`)
    const login = await browser.script(`${own.origin}/login`)

    expect(guarded.status).toBe(401)
    expect(guarded.json()).toEqual({
      error: 'login_required',
      loginUrl: '/login?return_to=%2F',
    })
    expect(login.status).toBe(401)
    expect(asked(provider, 'devicecode')).toBe(0)
  })

  test('a page that needs an access token leads to a code for its scopes', async ({
    open,
    provider,
  }) => {
    const own = await open()
    const browser = new Browser()
    const first = await showCode(own, browser)
    await enterCode(provider, first)
    await poll(own, browser, first.device)

    const second = await showCode(own, browser, '/me')
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
    'auth.login() leads %s, and takes the polls',
    async ([, method], { open, provider }) => {
      const own = await open({ routes: false })
      own.app.all(
        '/login',
        (req, res) => void own.auth.login(req, res, { returnTo: '/open', scopes: 'User.Read' }),
      )
      const browser = new Browser()
      const code = readCode(await browser.navigate(`${own.origin}/login`, { method }))
      await enterCode(provider, code)

      expect((await poll(own, browser, code.device)).json()).toEqual({
        status: 'done',
        location: '/open',
      })
      expect(await userOf(own, browser)).toContain('@')
    },
  )

  test('works with a plain OpenID provider, and asks it for extra parameters', async ({
    open,
    provider,
  }) => {
    const bodies: URLSearchParams[] = []
    const own = await open({
      authority: undefined,
      oidcAuthority: provider.oidcAuthority,
      extraParams: { ui_locales: 'de' },
      fetch: (input, init) => {
        if (isDeviceRequest(input)) bodies.push(init?.body as URLSearchParams)
        return fetch(input, init)
      },
    })
    const browser = new Browser()
    const code = await showCode(own, browser)
    await enterCode(provider, code)

    expect((await poll(own, browser, code.device)).json()).toMatchObject({ status: 'done' })
    expect(bodies[0]?.get('ui_locales')).toBe('de')
    expect(bodies[0]?.get('scope')).toMatch(/^openid profile/)
  })

  test('asks for claims and the scopes of one API, and checks what a page needs', async ({
    open,
    provider,
  }) => {
    const bodies: URLSearchParams[] = []
    const own = await open({
      scopes: ['User.Read', 'api://other/Things.Read'],
      clientCapabilities: ['cp1'],
      fetch: (input, init) => {
        if (isDeviceRequest(input)) bodies.push(init?.body as URLSearchParams)
        return fetch(input, init)
      },
    })
    await showCode(own, new Browser())

    expect(bodies[0]?.get('scope')).toBe('openid profile email offline_access User.Read')
    expect(bodies[0]?.get('claims')).toContain('cp1')
    expect(bodies[0]?.get('client_id')).toBe(provider.app.clientId)
  })
})

describe('a page that needs an authentication context', () => {
  test('leads to a code for a sign-in that satisfies it', async ({ open }) => {
    const bodies: URLSearchParams[] = []
    const own = await open({
      fetch: (input, init) => {
        if (isDeviceRequest(input)) bodies.push(init?.body as URLSearchParams)
        return fetch(input, init)
      },
    })
    own.app.get(
      '/vault',
      own.auth.loginRequired({ acrs: 'c1' }, (_req, res) => void res.json({})),
    )

    await showCode(own, new Browser(), '/vault')

    expect(JSON.parse(bodies[0]?.get('claims') ?? 'null')).toEqual({
      id_token: { acrs: { essential: true, value: 'c1' } },
    })
  })
})

describe('a code that comes to nothing', () => {
  test('for the browser that lost its cookie offers the page that was wanted again', async ({
    open,
  }) => {
    const own = await open()
    const { device } = await showCode(own, new Browser(), '/me')
    const browser = new Browser()

    const page = await post(own, browser, device)
    const again = new URL(linkOf(page, 'Try again'), own.origin)

    expect(page.status).toBe(400)
    expect(again.searchParams.get('return_to')).toBe('/me')
    expect(again.searchParams.get('request')).not.toBeNull()
  })

  test('declined: says so, ends the flow, and offers a new code', async ({ open, provider }) => {
    const own = await open()
    const browser = new Browser()
    const code = await showCode(own, browser)
    await enterCode(provider, code, { consent: false })

    const answer = await poll(own, browser, code.device)

    expect(answer.status).toBe(200)
    expect(answer.json()).toEqual({
      status: 'declined',
      message: expect.stringContaining('declined'),
    })
    expect([...browser.cookies.keys()]).toEqual([])
    expect(readCode(await browser.navigate(own.origin + code.newCodeUrl)).userCode).not.toBe(
      code.userCode,
    )
  })

  test('for want of an administrator offers no approval, which would have to come back', async ({
    open,
    provider,
  }) => {
    const own = await open()
    const browser = new Browser()
    const { device } = await showCode(own, browser)
    const fault = { kind: 'error', error: 'invalid_grant', codes: [90094] } as const
    provider.behave({ faults: { token: fault } })

    const page = await post(own, browser, device)

    expect(own.logs.join()).toContain('AADSTS90094')
    expect(page.text).toContain('Try again')
    expect(page.text).not.toContain('Approve for my organization')
  })

  test('expired by our clock: the provider is not asked', async ({ open, clock, provider }) => {
    const own = await open()
    const browser = new Browser()
    const { device } = await showCode(own, browser)
    clock.advance(901)

    expect((await poll(own, browser, device)).json()).toEqual({
      status: 'expired',
      message: 'The code has expired.',
    })
    expect(asked(provider, 'token')).toBe(0)
    expect([...browser.cookies.keys()]).toEqual([])
  })

  test.for(['expired_token', 'code_expired'])(
    'expired by the provider (%s)',
    async (error, { open, provider }) => {
      const own = await open()
      const browser = new Browser()
      const { device } = await showCode(own, browser)
      provider.behave({ faults: { token: { kind: 'error', error } } })

      expect((await poll(own, browser, device)).json()).toMatchObject({ status: 'expired' })
    },
  )

  test('a client that may not: developers read what to change, users do not', async ({
    open,
    provider,
  }) => {
    const fault = { kind: 'error', error: 'invalid_client', status: 401, codes: [7000218] } as const
    const own = await open({ clientCredential: undefined })
    vi.stubEnv('NODE_ENV', 'production')
    const inProduction = await open({ clientCredential: undefined })
    vi.unstubAllEnvs()
    const [browser, other] = [new Browser(), new Browser()]
    const { device } = await showCode(own, browser)
    const there = await showCode(inProduction, other)
    provider.behave({ faults: { token: fault } })

    const answer = await poll(own, browser, device)
    const calm = await poll(inProduction, other, there.device)

    expect(answer.status).toBe(502)
    expect(answer.json()).toEqual({
      status: 'failed',
      message: expect.stringContaining('We could not complete your sign-in'),
      developer: [
        expect.stringContaining('invalid_client'),
        expect.stringContaining('allow public client flows'),
      ],
    })
    expect(calm.json()).toEqual({
      status: 'failed',
      message: expect.stringContaining('We could not complete your sign-in'),
    })
    expect(own.logs.join('\n')).toContain('AADSTS7000218')
  })

  test('whom onLogin rejects is not signed in, nor goes on by an old session', async ({
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
    const browser = new Browser()
    const before = await showCode(own, browser)
    await enterCode(provider, before)
    await poll(own, browser, before.device)
    isWelcome = false
    const code = await showCode(own, browser, '/me')
    await enterCode(provider, code)

    const answer = await poll(own, browser, code.device)

    expect(answer.status).toBe(403)
    expect(answer.json()).toMatchObject({ status: 'failed' })
    expect(await userOf(own, browser)).toBeUndefined()
  })

  test('a page whose scopes were not granted is not gone back to for ever', async ({
    provider,
    open,
  }) => {
    provider.tamper = {
      tokenResponse: (response) => ({ ...response, scope: 'openid profile' }),
    }
    const own = await open()
    const browser = new Browser()
    const code = await showCode(own, browser, '/me')
    expect(code.userCode).toHaveLength(9)
    await enterCode(provider, code)

    expect((await poll(own, browser, code.device)).json()).toMatchObject({
      status: 'failed',
      developer: [expect.stringContaining('User.Read')],
    })
  })

  test('a verification URI that is not an https URL does not become a link', async ({ open }) => {
    const own = await open({
      fetch: changing((answer) => ({ ...answer, verification_uri: 'javascript:alert(1)' })),
    })

    const page = await new Browser().navigate(`${own.origin}/login`)

    expect(page.status).toBe(502)
    expect(page.text).not.toContain('javascript:')
  })

  test('a code of the provider is text', async ({ open }) => {
    const own = await open({
      fetch: changing((answer) => ({ ...answer, user_code: '<img src=x>' })),
    })

    const page = await new Browser().navigate(`${own.origin}/login`)

    expect(page.text).toContain('&lt;img src=x&gt;')
    expect(page.text).not.toContain('<img')
  })

  test('a complete verification URI is what the link opens', async ({ open }) => {
    const complete = 'https://login.example.com/device?user_code=A&x=1'
    const own = await open({
      fetch: changing((answer) => ({ ...answer, verification_uri_complete: complete })),
    })

    expect((await showCode(own, new Browser())).verificationUri).toBe(complete)
  })
})

test('the cookie of a code stays one for plain http, also where answers were to come by form post', async ({
  open,
}) => {
  const own = await open({ responseMode: 'form_post' })

  const { page } = await showCode(own, new Browser())

  expect(page.setCookies).toEqual([expect.stringMatching(/; SameSite=Lax$/)])
})

describe('the provider is asked', () => {
  test('once a second at most, though it wants shorter pauses', async ({
    open,
    clock,
    provider,
  }) => {
    const own = await open({ fetch: changing((answer) => ({ ...answer, interval: 0.1 })) })
    const browser = new Browser()
    const { device } = await showCode(own, browser)

    await poll(own, browser, device)
    clock.advance(0.5)
    const second = await poll(own, browser, device)

    expect(second.json()).toEqual({ status: 'pending', interval: 1 })
    expect(asked(provider, 'token')).toBe(1)
  })

  test.for([
    ['as late as it wants while it is down', '30', 30],
    ['every minute at least, however long it says it is down', '1000', 60],
    ['less and less often while it is down', '0', 10],
  ] as const)('%s', async ([, retryAfter, interval], { open }) => {
    let isDown = false
    const own = await open({
      fetch: (input, init) =>
        isDown
          ? Promise.resolve(
              new Response('', { status: 503, headers: { 'retry-after': retryAfter } }),
            )
          : fetch(input, init),
    })
    const browser = new Browser()
    const { device } = await showCode(own, browser)
    isDown = true

    expect((await poll(own, browser, device)).json()).toEqual({ status: 'pending', interval })
  })

  test('never sooner than the interval, whatever a script does', async ({
    open,
    clock,
    provider,
  }) => {
    const own = await open()
    const browser = new Browser()
    const { device } = await showCode(own, browser)

    await poll(own, browser, device)
    clock.advance(2)
    const early = await poll(own, browser, device)
    clock.advance(3)
    await poll(own, browser, device)

    expect(early.json()).toEqual({ status: 'pending', interval: 3 })
    expect(asked(provider, 'token')).toBe(2)
  })

  test('five seconds less often after each slow_down, from then on', async ({
    open,
    clock,
    provider,
  }) => {
    // The provider wants five seconds and says one.
    const own = await open({ fetch: changing((answer) => ({ ...answer, interval: 1 })) })
    const browser = new Browser()
    const { device } = await showCode(own, browser)

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
    expect(asked(provider, 'token')).toBe(3)
  })

  test('once by two polls at once, which both get the session', async ({ open, provider }) => {
    const own = await open()
    const browser = new Browser()
    const code = await showCode(own, browser)
    await enterCode(provider, code)
    provider.behave({ faults: { token: { kind: 'slow', ms: 100 } } })

    const [one, other] = await Promise.all([
      poll(own, browser, code.device),
      poll(own, browser, code.device),
    ])

    expect(one.json()).toEqual({ status: 'done', location: '/' })
    expect(other.setCookies).toEqual(one.setCookies)
    expect(asked(provider, 'token')).toBe(1)
  })

  test('less often while it is down, and the sign-in goes on after', async ({
    open,
    provider,
    clock,
  }) => {
    const own = await open()
    const browser = new Browser()
    const code = await showCode(own, browser)
    await enterCode(provider, code)
    provider.behave({ faults: { token: { kind: 'status', status: 503, times: 1 } } })

    const down = await poll(own, browser, code.device)
    clock.advance(10)
    const up = await poll(own, browser, code.device)

    expect(down.json()).toEqual({ status: 'pending', interval: 10 })
    expect(up.json()).toEqual({ status: 'done', location: '/' })
  })

  test('for a code in vain: a calm page with a way on', async ({ open }) => {
    const own = await open({ fetch: async () => new Response('', { status: 503 }) })

    const page = await new Browser().navigate(`${own.origin}/login?return_to=/other`)

    expect(page.status).toBe(503)
    expect(page.text).toContain('<a href="/login?return_to=%2Fother">Try again</a>')
  })
})

describe('without a script', () => {
  test('the form shows the same code until the user is done, then leads on', async ({
    open,
    provider,
    clock,
  }) => {
    const own = await open()
    const browser = new Browser()
    const code = await showCode(own, browser, '/other')

    const again = await post(own, browser, code.device)
    await enterCode(provider, code)
    clock.advance(5)
    const done = await post(own, browser, code.device)

    expect(readCode(again)).toMatchObject({ userCode: code.userCode, device: code.device })
    expect(again.text).toContain('You are not signed in yet')
    expect(done.status).toBe(303)
    expect(done.location).toBe('/other')
    expect(await userOf(own, browser)).toBe(provider.user('alex').username)
  })

  test.for([
    ['declined', 403, 'You were not signed in'],
    ['expired', 400, 'cannot continue'],
  ] as const)(
    '%s is a page with a way to a new code',
    async ([how, status, text], { open, provider, clock }) => {
      const own = await open()
      const browser = new Browser()
      const code = await showCode(own, browser, '/other')
      if (how === 'declined') await enterCode(provider, code, { consent: false })
      else clock.advance(901)

      const page = await post(own, browser, code.device)

      expect(page.status).toBe(status)
      expect(page.text).toContain(text)
      expect(page.text).toMatch(/href="\/login\?return_to=%2Fother&amp;request=[^"]+">Try again</)
      expect([...browser.cookies.keys()]).toEqual([])
    },
  )
})

describe('around it', () => {
  test('pages.device shows the code in the place of our page, and can do all that ours does', async ({
    open,
    provider,
  }) => {
    const pages: DevicePage[] = []
    const own = await open({
      pages: {
        device: async (page) => {
          pages.push(page)
          return 'Own page'
        },
      },
    })
    const browser = new Browser()
    await browser.navigate(`${own.origin}/other`)
    const answer = await browser.navigate(`${own.origin}/login?return_to=/other`)
    const [page] = pages as [DevicePage]
    await enterCode(provider, page)

    expect(answer.text).toBe('Own page')
    expect(answer.headers['cache-control']).toBe('private, no-store')
    expect(page).toEqual({
      userCode: expect.stringMatching(/^\w{9}$/),
      verificationUri: expect.stringContaining('deviceauth'),
      expiresIn: 900,
      interval: 5,
      pollUrl: '/login',
      device: expect.any(String),
      newCodeUrl: expect.stringContaining('/login?return_to=%2Fother&request='),
      isRepeated: false,
    })
    expect((await poll(own, browser, page.device)).json()).toMatchObject({ status: 'done' })
  })

  test('a provider without a device code flow: the page says what to configure', async ({
    open,
    provider,
  }) => {
    const own = await open({ authority: undefined, b2c: provider.b2c })
    const browser = new Browser()

    const page = await browser.navigate(`${own.origin}/login`)

    expect(page.status).toBe(500)
    expect(page.text).toContain(
      'redirectUri is not configured. Set Auth({ redirectUri }) or IDENTITY_REDIRECT_URI, for example http://localhost:5000/redirect. This provider does not support the device code flow',
    )
    expect(page.setCookies).toEqual([])
  })

  test('there is not a callback', async ({ open }) => {
    const own = await open({ routes: true })
    own.app.get('/back', (req, res) => void own.auth.completeLogin(req, res))
    const browser = new Browser()
    const { device } = await showCode(own, browser)

    const bare = await browser.navigate(`${own.origin}/redirect?code=x&state=${device}`)
    // By hand, where the flow's cookie does not go by itself.
    const byHand = await browser.navigate(`${own.origin}/back?code=x&state=${device}`, {
      headers: { cookie: cookieHeader(browser) },
    })

    expect(bare.status).toBe(404)
    expect(byHand.status).toBe(500)
    expect(byHand.text).toContain('redirectUri is not configured')
  })

  test('sign-out is local and ends on our page', async ({ open, provider }) => {
    const own = await open()
    const browser = new Browser()
    const code = await showCode(own, browser)
    await enterCode(provider, code)
    await poll(own, browser, code.device)

    const foreign = await browser.navigate(`${own.origin}/logout`, {
      headers: { 'sec-fetch-site': 'cross-site' },
    })
    expect(foreign.text).toContain('Do you want to sign out?')
    expect(foreign.text).toContain('<a href="/">Back to the application</a>')
    expect(await userOf(own, browser)).toBe(provider.user('alex').username)

    // The page's form, by a browser without fetch metadata.
    const bye = await browser.navigate(`${own.origin}/logout`, {
      method: 'POST',
      headers: { 'sec-fetch-site': undefined, origin: own.origin },
    })
    expect(bye.status).toBe(200)
    expect(bye.text).toContain('You are signed out')
    expect(bye.text).toContain('<a href="/login">Sign in</a>')
    expect(await userOf(own, browser)).toBeUndefined()
  })
})
