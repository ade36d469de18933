import { describe, expect, test as base } from '../support/fixtures.ts'
import type { AuthOptions } from 'identity-web/express'
import type { BrowserResponse } from '../support/browser.ts'
import { Browser } from '../support/site.ts'

const test = base
  .extend('behaviour', { consent: 'skip' })
  .extend('signedOutUsers', (): string[] => [])
  .extend('siteOptions', ({ signedOutUsers }) => (origin: string): AuthOptions => ({
    // The user is large enough for two chunks, so that a sign-out has several cookies to delete.
    onLogin: ({ iss, sub, name = '' }) => ({ iss, sub, name, notes: 'x'.repeat(2500) }),
    onLogout: ({ name = '' }) => void signedOutUsers.push(name),
    postLogoutRedirectUri: `${origin}/bye?a=1&b=ü`,
  }))
  .extend('oidcSite', ({ openSite, provider }) =>
    openSite({ authority: undefined, oidcAuthority: provider.oidcAuthority }),
  )
  .extend(
    'isSignedIn',
    ({ site }) =>
      async (browser: Browser, at: { readonly origin: string } = site): Promise<boolean> => {
        return (await browser.navigate(`${at.origin}/`)).status === 200
      },
  )
  .extend(
    'byLink',
    ({ site }) =>
      (
        browser: Browser,
        headers: Record<string, string | undefined> = {},
      ): Promise<BrowserResponse> =>
        browser.navigate(`${site.origin}/logout`, { headers }),
  )
  .extend(
    'byForm',
    ({ site }) =>
      (
        browser: Browser,
        headers: Record<string, string | undefined> = {},
      ): Promise<BrowserResponse> =>
        browser.navigate(`${site.origin}/logout`, { method: 'POST', headers }),
  )
  .extend('expectQuestion', ({ signedOutUsers }) => (response: BrowserResponse): void => {
    expect(response.status).toBe(200)
    expect(response.setCookies).toEqual([])
    expect(response.text).toContain('Do you want to sign out?')
    expect(response.text).toContain('<form method="post" action="/logout">')
    expect(signedOutUsers).toEqual([])
  })

/** The headers of browsers without fetch metadata (Safari until 16.4). */
const OLD = {
  'sec-fetch-site': undefined,
  'sec-fetch-mode': undefined,
  'sec-fetch-dest': undefined,
}

describe('another site', () => {
  test.for([
    ['a link', { 'sec-fetch-site': 'cross-site' }],
    ['a link, in an old browser', { ...OLD, referer: 'https://evil.example/page' }],
    ['a link with an invalid referrer', { ...OLD, referer: 'nonsense' }],
    ['a link without a referrer, in an old browser', OLD],
    ['a link of a sibling subdomain', { 'sec-fetch-site': 'same-site' }],
  ] as const)(
    'cannot sign a user out by %s, which shows a question',
    async ([, headers], { byLink, expectQuestion, isSignedIn, signedIn }) => {
      const response = await byLink(signedIn, headers)

      expectQuestion(response)
      expect(await isSignedIn(signedIn)).toBe(true)
    },
  )

  test.for([
    ['a form', { 'sec-fetch-site': 'cross-site' }],
    ['a form of a sibling subdomain', { 'sec-fetch-site': 'same-site' }],
    ['a form without an origin, in an old browser', OLD],
    ['a form, in an old browser', { ...OLD, origin: 'https://evil.example' }],
    ['a form in a sandbox', { ...OLD, origin: 'null' }],
    ['a form of a URL that starts like ours', { ...OLD, origin: 'own.evil.example' }],
  ] as const)(
    'cannot sign a user out by %s, even with the cookie',
    async ([, headers], { site, byForm, expectQuestion, isSignedIn, signedIn }) => {
      const cookie = [...signedIn.cookies].map(([name, { value }]) => `${name}=${value}`).join('; ')
      const origin = (headers as { origin?: string }).origin?.replace('own', site.origin)

      const response = await byForm(signedIn, { ...headers, cookie, ...(origin && { origin }) })

      expectQuestion(response)
      expect(await isSignedIn(signedIn)).toBe(true)
    },
  )

  test('cannot sign a user out by an image or a frame', async ({
    expectQuestion,
    byLink,
    isSignedIn,
    signedIn,
  }) => {
    for (const dest of ['image', 'iframe']) {
      expectQuestion(
        await byLink(signedIn, { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': dest }),
      )
    }

    expect(await isSignedIn(signedIn)).toBe(true)
  })

  test('cannot show the question in an iframe for clickjacking', async ({ byLink }) => {
    const response = await byLink(new Browser(), { 'sec-fetch-site': 'cross-site' })

    expect(response.headers['content-security-policy']).toContain("frame-ancestors 'none'")
  })
})

describe('the question whether to sign out', () => {
  test('is answered by its button', async ({ site, byLink, byForm, isSignedIn, signedIn }) => {
    await byLink(signedIn, { 'sec-fetch-site': 'cross-site' })

    const response = await byForm(signedIn, { origin: site.origin })

    expect(response.status).toBe(303)
    expect(await isSignedIn(signedIn)).toBe(false)
  })

  test('is answered by its button also in an old browser', async ({
    site,
    byLink,
    byForm,
    isSignedIn,
    signedIn,
  }) => {
    const question = await byLink(signedIn, { ...OLD, referer: 'https://evil.example/' })
    // A page without referrer sends `Origin: null` with its forms (Fetch Standard, "append a request Origin header").
    const isSilent = question.headers['referrer-policy'] === 'no-referrer'

    const response = await byForm(signedIn, { ...OLD, origin: isSilent ? 'null' : site.origin })

    expect(response.status).toBe(303)
    expect(await isSignedIn(signedIn)).toBe(false)
  })
})

describe('a sign-out', () => {
  test.for([
    ['by a link of the application', { 'sec-fetch-site': 'same-origin' }],
    ['typed by the user', { 'sec-fetch-site': 'none' }],
    ['in an old browser', { ...OLD, referer: 'own/page' }],
  ] as const)('works %s', async ([, headers], { site, byLink, isSignedIn, signedIn }) => {
    const referer = (headers as { referer?: string }).referer?.replace('own', site.origin)

    const response = await byLink(signedIn, { ...headers, ...(referer && { referer }) })

    expect(response.status).toBe(302)
    expect(await isSignedIn(signedIn)).toBe(false)
  })

  test.for([
    ['prefetched', 'prefetch'],
    ['prerendered', 'prefetch;prerender'],
    ['loaded for an anonymous preview', 'prefetch;anonymous-client-ip'],
  ] as const)(
    'does not happen when its link is %s',
    async ([, purpose], { byLink, isSignedIn, signedOutUsers, signedIn }) => {
      const response = await byLink(signedIn, { 'sec-purpose': purpose })

      // Browsers discard a response with this status, so a click on the link loads the page again.
      expect(response.status).toBe(503)
      expect(response.setCookies).toEqual([])
      expect(signedOutUsers).toEqual([])
      expect(await isSignedIn(signedIn)).toBe(true)
    },
  )

  test('works by a form of the application', async ({ site, byForm, isSignedIn, signedIn }) => {
    const response = await byForm(signedIn, { origin: site.origin })

    expect(response.status).toBe(303)
    expect(await isSignedIn(signedIn)).toBe(false)
  })

  test(
    'works after a middleware paused the request',
    { timeout: 5000 },
    async ({ openSite, isSignedIn }) => {
      const site = await openSite()
      site.app.post('/paused', (req, res, next) => {
        req.pause()
        site.auth.logout(req, res).catch(next)
      })
      const browser = await site.signIn()

      const response = await browser.navigate(`${site.origin}/paused`, {
        method: 'POST',
        headers: { origin: site.origin, 'content-type': 'application/x-www-form-urlencoded' },
        body: 'a=1',
      })

      expect(response.status).toBe(303)
      expect(await isSignedIn(browser, site)).toBe(false)
    },
  )

  test('works by a form of the application in an old browser', async ({
    site,
    byForm,
    isSignedIn,
    signedIn,
  }) => {
    const response = await byForm(signedIn, { ...OLD, origin: site.origin })

    expect(response.status).toBe(303)
    expect(await isSignedIn(signedIn)).toBe(false)
  })

  test('deletes every cookie and every chunk, with the attributes that they have', async ({
    site,
    byLink,
  }) => {
    const browser = await site.signIn({ path: '/token' })
    const names = [...browser.cookies.keys()].toSorted()

    const response = await byLink(browser)

    expect(names).toEqual(['identity', 'identity-tokens', 'identity.1'])
    expect([...browser.cookies.keys()]).toEqual([])
    for (const cookie of response.setCookies) {
      expect(cookie).toMatch(/^identity[\w.-]*=; Path=\/; Max-Age=0; HttpOnly; SameSite=Lax$/)
    }
  })

  test('sends the user hint and the return URL to the provider', async ({
    site,
    provider,
    byLink,
  }) => {
    const browser = await site.signIn()

    const { location = '' } = await byLink(browser)

    const target = new URL(location)
    expect(target.origin + target.pathname).toBe(`${provider.authority()}/oauth2/v2.0/logout`)
    expect(target.searchParams.get('post_logout_redirect_uri')).toBe(`${site.origin}/bye?a=1&b=ü`)
    expect(target.searchParams.get('client_id')).toBe(provider.app.clientId)
    expect(target.searchParams.get('logout_hint')).toMatch(/^O\./)
    expect(target.searchParams.has('id_token_hint')).toBe(false)
    // Encoded as one parameter: its query must not become part of the URL of the provider.
    expect(target.searchParams.has('b')).toBe(false)
    expect(location).toMatch(/^[!-~]+$/)
  })

  test('at a provider without login_hint sends the ID token as the hint', async ({
    oidcSite,
    provider,
  }) => {
    const browser = await oidcSite.signIn()

    const { location = '' } = await browser.navigate(`${oidcSite.origin}/logout`)

    const hint = new URL(location).searchParams.get('id_token_hint') ?? ''
    const claims = JSON.parse(
      Buffer.from(hint.split('.')[1] ?? '', 'base64url').toString(),
    ) as object
    expect(claims).toMatchObject({ aud: provider.app.clientId, name: 'Alex Rivera' })
    expect(new URL(location).searchParams.has('logout_hint')).toBe(false)
  })

  test('returns from the provider to the application', async ({ oidcSite }) => {
    const browser = await oidcSite.signIn()
    const { location = '' } = await browser.navigate(`${oidcSite.origin}/logout`)

    const response = await fetch(location, { redirect: 'manual' })

    const landing = new URL(response.headers.get('location') ?? '')
    expect(landing.origin + landing.pathname).toBe(`${oidcSite.origin}/`)
    expect([...landing.searchParams.keys()]).toEqual(['state'])
  })

  test('reports the user to the application once', async ({ byLink, signedOutUsers, signedIn }) => {
    await byLink(signedIn)
    await byLink(signedIn)

    expect(signedOutUsers).toEqual(['Alex Rivera'])
  })

  test('without a session also ends the session at the provider, without a hint, and does not call onLogout', async ({
    site,
    signedOutUsers,
  }) => {
    const { status, location = '' } = await new Browser().navigate(`${site.origin}/logout`)

    expect(status).toBe(302)
    const { pathname, searchParams } = new URL(location)
    expect(pathname).toMatch(/\/oauth2\/v2\.0\/logout$/)
    expect([...searchParams.keys()].toSorted()).toEqual([
      'client_id',
      'post_logout_redirect_uri',
      'state',
    ])
    expect(signedOutUsers).toEqual([])
  })

  test.for([
    ['a link', 'GET'],
    ['a form', 'POST'],
  ] as const)(
    'without a session by %s of another site shows a question, so that it cannot end the session at the provider',
    async ([, method], { site, expectQuestion }) => {
      const headers = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }

      expectQuestion(await new Browser().navigate(`${site.origin}/logout`, { method, headers }))
    },
  )

  test('without a session does not let the application redirect to any URL, also not through the provider', async ({
    openSite,
  }) => {
    const open = await openSite()
    open.app.get('/leave', (req, res) => open.auth.logout(req, res, req.query['url'] as string))

    const { location = '' } = await new Browser().navigate(
      `${open.origin}/leave?url=https://evil.example`,
    )

    expect(new URL(location).searchParams.get('post_logout_redirect_uri')).toBe(`${open.origin}/`)
    expect(open.logs.join()).toContain('did not redirect to https://evil.example')
  })

  test('does not read the landing page from its URL', async ({ site, signedIn }) => {
    const query = 'post_logout_redirect_uri=https://evil.example&return_to=//evil.example'

    const { location = '' } = await signedIn.navigate(`${site.origin}/logout?${query}`)

    expect(location).not.toContain('evil')
  })
})

describe('a sign-out when something fails', () => {
  test.for([
    ['returns 500', { kind: 'status', status: 500 }],
    ['hangs', { kind: 'hang' }],
    ['closes the connection', { kind: 'drop' }],
    ['returns a web page', { kind: 'html' }],
  ] as const)(
    'still happens here when the provider %s',
    async ([, fault], { oidcSite, provider, openSite }) => {
      const browser = await oidcSite.signIn()
      // A process that has not yet contacted the provider, as after a deployment.
      const fresh = await openSite(() => ({
        authority: undefined,
        oidcAuthority: provider.oidcAuthority,
        redirectUri: `${oidcSite.origin}/redirect`,
        timeoutSeconds: 0.3,
      }))
      provider.behave({ faults: { metadata: fault } })

      const response = await browser.navigate(`${fresh.origin}/logout`)

      expect(response.status).toBe(200)
      expect(response.text).toContain('You are signed out')
      expect([...browser.cookies.keys()]).toEqual([])
      expect(fresh.logs.join()).toContain('The user is signed out here, but not at the provider.')
    },
  )

  test('still happens here when onLogout throws', async ({ openSite, isSignedIn }) => {
    const failing = await openSite(() => ({
      onLogout: () => Promise.reject(new Error('The database is down.')),
    }))
    const browser = await failing.signIn()

    await browser.navigate(`${failing.origin}/logout`)

    expect(await isSignedIn(browser, failing)).toBe(false)
  })

  test.for([
    ['development', 'onLogout failed. The user is signed out nevertheless. Error: Ann is unknown.'],
    ['production', 'onLogout failed. The user is signed out nevertheless. Error (at '],
  ] as const)('in %s says where onLogout threw', async ([environment, start], { openSite }) => {
    const failing = await openSite(() => ({
      environment,
      session: { secret: 'a-secret-of-thirty-two-characters' },
      onLogout: () => Promise.reject(new Error('Ann is unknown.')),
    }))
    const browser = await failing.signIn()

    await browser.navigate(`${failing.origin}/logout`)

    const line = failing.logs.find((text) => text.includes('onLogout')) ?? ''
    expect(line).toContain(start)
    expect(line).toContain('logout.test.ts')
    expect(line.includes('Ann')).toBe(environment === 'development')
  })

  test('still happens here when the tokens are lost', async ({ oidcSite }) => {
    const browser = await oidcSite.signIn()
    browser.cookies.delete('identity-tokens')

    const response = await browser.navigate(`${oidcSite.origin}/logout`)

    expect(response.status).toBe(302)
    expect([...browser.cookies.keys()]).toEqual([])
  })
})

describe('a response that changes the session is slower than', () => {
  test.for([
    ['a sign-out', 302],
    ['a sign-in as somebody else', 200],
  ] as const)('%s, so it does not restore the session', async ([, status], { site }) => {
    const { app, auth, origin } = site
    let hold: (send: () => void) => void = () => undefined
    for (const name of ['before', 'after']) {
      app.get(
        `/${name}`,
        auth.loginRequired(async (req, res, { user }) => {
          if (name === 'before') await auth.updateUser(req, { ...user, name: 'changed' })
          await new Promise<void>((resolve) => hold(resolve))
          if (name === 'after') await auth.updateUser(req, { ...user, name: 'changed' })
          res.send('late')
        }),
      )
    }
    for (const name of ['before', 'after']) {
      const browser = await site.signIn()
      const isStarted = new Promise<() => void>((resolve) => (hold = resolve))

      const slow = browser.navigate(`${origin}/${name}`)
      const send = await isStarted
      await browser.navigate(`${origin}/logout`)
      if (status === 200) await site.signIn({ as: 'robin' }, browser)
      send()

      expect([(await slow).text, (await slow).setCookies]).toEqual(['late', []])
      const home = await browser.navigate(`${origin}/`)
      expect([home.status, home.text.includes('Robin')]).toEqual([status, status === 200])
    }
  })
})
