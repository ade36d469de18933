import type { SignInResult } from 'identity-web-dev'
import { memoryStore } from 'identity-web'
import { createWebAuth } from '../../src/web/create-web-auth.ts'
import { describe, expect, test as base } from '../support/fixtures.ts'
import { Browser, sendToCallback, SESSION_SECRET } from '../support/site.ts'
import type { BrowserResponse } from '../support/browser.ts'
import { continued, isContinuePage } from '../support/strict.ts'

const cookie = { sameSite: 'strict' } as const
const FROM_LINK = { 'sec-fetch-site': 'cross-site' }

const test = base
  .extend('behaviour', { consent: 'skip' })
  .extend('siteOptions', { session: { secret: SESSION_SECRET, cookie } })
  /** Sends an authorization response to the callback, and does what its page does. */
  .extend(
    'complete',
    () =>
      async (browser: Browser, response: SignInResult): Promise<BrowserResponse> =>
        continued(browser, response, await sendToCallback(browser, response)),
  )
  .extend('signedIn', async ({ site, complete }) => {
    const browser = new Browser()
    await complete(browser, await site.startSignIn(browser))
    return browser
  })
  .extend(
    'link',
    ({ site }) =>
      (browser: Browser, path: string, headers = {}) =>
        browser.navigate(site.origin + path, { headers: { ...FROM_LINK, ...headers } }),
  )

describe('the page that continues after a link of another site', () => {
  test('does not contain the URL, so a link cannot write into it', async ({ link }) => {
    const page = await link(new Browser(), '/other?a="><script>alert(1)</script>')

    expect(isContinuePage(page)).toBe(true)
    expect(page.text).not.toContain('alert')
    expect(page.text).toContain('href=""')
    expect(page.text).toContain('content="0"')
    expect(page.headers['cache-control']).toBe('private, no-store')
    // A referrer would let the next request pass as one of an own page.
    expect(page.headers['referrer-policy']).toBe('no-referrer')
  })

  test('cannot be framed, and runs only its own script', async ({ link }) => {
    const policy = String((await link(new Browser(), '/other')).headers['content-security-policy'])
    const framed = await link(new Browser(), '/other', { 'sec-fetch-dest': 'iframe' })

    expect(policy).toContain("default-src 'none'")
    expect(policy).toMatch(/script-src 'nonce-\w+'/)
    expect(policy).toContain("frame-ancestors 'none'")
    expect(isContinuePage(framed)).toBe(false)
  })

  test.for(['https://evil.example/', '//evil.example', '/\\evil.example', 'javascript:alert(1)'])(
    'leads to this origin only, and not to %s',
    async (target, { link }) => {
      const path = `/login?continue=1&return_to=${encodeURIComponent(target)}`

      const page = await link(new Browser(), path)

      expect(isContinuePage(page)).toBe(true)
      expect(page.text).toContain('<a id="next" href="/" class="primary">')
      expect(page.text).toContain('content="0;url=/"')
      expect(page.text).not.toContain('evil')
    },
  )

  test('is sent once, even if a proxy says that every request is cross-site', async ({ link }) => {
    const browser = new Browser()
    const page = await link(browser, '/other')
    const marker = page.setCookies.map((line) => line.split(';', 1)[0]).join('; ')

    const again = await link(browser, '/other', { cookie: marker })

    expect(isContinuePage(page)).toBe(true)
    expect(page.setCookies.join()).toMatch(/^identity-linked=1;.*SameSite=Strict/)
    expect(again.location).toContain('/oauth2/v2.0/authorize')
  })

  test.for([
    ['a form', { method: 'POST' }, {}],
    ['HEAD', { method: 'HEAD' }, {}],
    ['a script', {}, { 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' }],
    ['an image', {}, { 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' }],
    ['a frame', {}, { 'sec-fetch-dest': 'iframe' }],
    ['a prefetch', {}, { 'sec-purpose': 'prefetch' }],
    ['a sibling subdomain, whose requests have the cookie', {}, { 'sec-fetch-site': 'same-site' }],
  ] as const)('is not for %s', async ([, options, headers], { site }) => {
    site.app.all(
      '/always',
      site.auth.loginRequired({ challenge: 'redirect' }, (_req, res) => void res.send('in')),
    )
    for (const path of ['/other', '/always', '/login?continue=1']) {
      const response = await new Browser().navigate(site.origin + path, {
        ...options,
        headers: { ...FROM_LINK, ...headers },
      })

      expect([path, isContinuePage(response)]).toEqual([path, false])
      expect(response.setCookies.join()).not.toContain('identity-linked')
    }
  })

  test('comes from the login route, if a render can only redirect', async ({ site, provider }) => {
    const web = createWebAuth(
      {
        authority: provider.authority(),
        clientId: provider.app.clientId,
        redirectUri: `${site.origin}/redirect`,
        session: { secret: SESSION_SECRET, cookie },
        logger: false,
      },
      {},
    )
    const header = (): undefined => undefined
    const render = { method: 'GET', url: '/other', delivery: 'throw', header } as never

    const response = await web.guard({})(render, () => undefined)
    const loginUrl = new URL(response?.headers.get('location') ?? '', site.origin)
    const browser = new Browser()
    const page = await browser.navigate(loginUrl.href, { headers: FROM_LINK })
    const again = await browser.navigate(loginUrl.href)

    expect(isContinuePage(page)).toBe(true)
    expect(/<a id="next" href="([^"]*)"/.exec(page.text)?.[1]).toBe('/other')
    expect(again.location).toContain('/oauth2/v2.0/authorize')
  })

  test('does not start with SameSite=Lax', async ({ openSite, browser }) => {
    const site = await openSite()
    const response = await site.startSignIn(browser)

    expect((await sendToCallback(browser, response)).location).toBe('/')
    const page = await new Browser().navigate(`${site.origin}/other`, { headers: FROM_LINK })
    expect(page.location).toContain('/oauth2/v2.0/authorize')
  })
})

describe('a sign-out by a link of another site', () => {
  test('is asked about, also by a guarded page that signs out', async ({
    site,
    signedIn,
    link,
  }) => {
    site.app.get(
      '/leave',
      site.auth.loginRequired((req, res) => site.auth.logout(req, res)),
    )
    const own = await link(signedIn, '/logout')
    const first = await link(signedIn, '/leave')
    const second = await signedIn.navigate(`${site.origin}/leave`)

    expect(own.text).toContain('Do you want to sign out?')
    expect(isContinuePage(first)).toBe(true)
    expect(second.text).toContain('Do you want to sign out?')
    const foreign = { referer: `${site.origin}.evil.example/` }
    const third = await signedIn.navigate(`${site.origin}/leave`, { headers: foreign })
    expect(third.text).toContain('Do you want to sign out?')
    expect((await signedIn.navigate(`${site.origin}/`)).status).toBe(200)
    // The page that the user came to can sign the user out.
    const headers = { referer: `${site.origin}/other` }
    expect((await signedIn.navigate(`${site.origin}/leave`, { headers })).status).toBe(302)
  })
})

describe('the callback with SameSite=Strict cookies', () => {
  test('does not redeem the code before it has the cookies, and ends the previous session', async ({
    openSite,
    provider,
    complete,
  }) => {
    const site = await openSite({
      session: { secret: SESSION_SECRET, cookie, store: memoryStore() },
    })
    const browser = new Browser()
    await complete(browser, await site.startSignIn(browser))
    const thief = new Browser()
    for (const [name, value] of browser.cookies) thief.cookies.set(name, value)
    const response = await site.startSignIn(browser, { path: '/login', as: 'robin' })
    const before = provider.requests.length

    const page = await sendToCallback(browser, response)
    const requests = provider.requests.length - before
    const back = await continued(browser, response, page)

    expect([isContinuePage(page), requests]).toEqual([true, 0])
    expect([back.status, back.location]).toEqual([302, '/'])
    // Without the cookies, the callback could not end the session that the browser had.
    expect((await thief.navigate(`${site.origin}/`)).status).toBe(302)
  })

  test.for(['query', 'form_post'] as const)(
    'does not sign a visitor in with the authorization response of an attacker (%s)',
    async (responseMode, { openSite, complete }) => {
      const site = await openSite({ responseMode, session: { secret: SESSION_SECRET, cookie } })
      const response = await site.startSignIn(new Browser(), { as: 'robin' })
      const victim = new Browser()

      const result = await complete(victim, response)

      expect(result.location).toContain('/oauth2/v2.0/authorize')
      expect(victim.cookies.has('identity')).toBe(false)
    },
  )

  test('rejects the state of another application without the page', async ({ link }) => {
    const response = await link(new Browser(), '/redirect?code=a&state=b')

    expect([response.status, isContinuePage(response)]).toEqual([400, false])
  })

  test('escapes the parameters of a form', async ({ openSite, browser }) => {
    const site = await openSite({
      responseMode: 'form_post',
      session: { secret: SESSION_SECRET, cookie },
    })
    const { url, form = {} } = await site.startSignIn(browser)
    const attack = '"><script>alert(1)</script>'

    const page = await browser.postCrossSite(url.href, { ...form, [attack]: attack })

    expect(isContinuePage(page)).toBe(true)
    expect(page.text).not.toContain('<script>alert')
    // The form must send its origin, and no other site may learn the URL.
    expect(page.headers['referrer-policy']).toBe('same-origin')
  })

  test('works in a browser without fetch metadata', async ({ site, browser }) => {
    const headers = {
      'sec-fetch-site': undefined,
      'sec-fetch-mode': undefined,
      'sec-fetch-dest': undefined,
    }
    const { url } = await site.startSignIn(browser)

    const page = await browser.navigate(url.href, { headers })
    const back = await browser.navigate(url.href, { headers })

    expect(isContinuePage(page)).toBe(true)
    expect(back.location).toBe('/')
  })

  test('does not show the page again to a browser without cookies', async ({ site }) => {
    const { url } = await site.startSignIn(new Browser())
    const headers = { 'sec-fetch-site': undefined }

    const response = await new Browser().navigate(url.href, { headers })

    expect(isContinuePage(response)).toBe(false)
  })

  test('a replayed response returns a signed-in user to the page', async ({ site, complete }) => {
    const browser = new Browser()
    const response = await site.startSignIn(browser, { path: '/other' })
    await complete(browser, response)

    const back = await complete(browser, response)

    expect(back.location).toBe('/other')
  })
})
