import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startDevProvider, type DevProvider } from 'identity-web-dev'
import type { Browser as Chromium, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { hasChromium, launchChromium } from '../../../../test/chromium.ts'
import { NBF, claimsChallenge, startApi, startChallengingApi } from '../support/api.ts'
import { Browser, type BrowserResponse } from '../support/browser.ts'
import { SESSION_SECRET, sendToCallback, createClock, signIn } from '../support/site.ts'
import { requestedClaims } from '../support/steps.ts'
import type { NextBuild } from './hosts/next.ts'
import { forward } from './hosts/told.ts'

const HOUR = 3600

const FAILS_LATER = {
  within: 'a token',
  later: expect.stringContaining('The response to this request has been sent') as string,
}

/** What the router of Next.js sends in the background. */
const ROUTER = {
  accept: '*/*',
  rsc: '1',
  // Where it is: at the start.
  'next-router-state-tree': encodeURIComponent('["",{"children":["__PAGE__",{}]}]'),
  'sec-fetch-mode': 'cors',
  'sec-fetch-dest': 'empty',
} as const
const PREFETCH = { ...ROUTER, 'next-router-prefetch': '1' } as const
const IN_OLD_BROWSERS = { ...ROUTER, 'sec-fetch-mode': undefined, 'sec-fetch-dest': undefined }

/**
 * What Next.js has and no other framework: renders, server actions, a router in the browser, the proxy.
 *
 * @param basePath - Of the configuration that it was built with.
 * @param isBrief - Whether to test only a sign-in, a refresh in the proxy and a server action.
 */
export function nextCases(
  name: string,
  build: () => NextBuild,
  {
    basePath = '',
    isBrief = false,
  }: { readonly basePath?: string; readonly isBrief?: boolean } = {},
): void {
  const clock = createClock()
  let provider: DevProvider
  beforeAll(async () => {
    provider = await startDevProvider({ now: clock.now })
  })
  afterAll(() => provider.close())
  beforeEach(() => provider.reset())

  /** Serves the application for all tests of a block. */
  function serve(environment: Readonly<Record<string, string>> = {}): { readonly origin: string } {
    const site = { origin: '' }
    let end = async (): Promise<void> => undefined
    beforeAll(async () => {
      const folder = mkdtempSync(join(tmpdir(), 'identity-web-next-'))
      const file = join(folder, 'clock')
      let target = new URL('http://localhost')
      let moved = ''
      const front = await forward(
        () => target,
        () => {
          const before = moved
          moved = String(Math.round((clock.now() - Date.now()) / 1000) * 1000)
          // Not while others read it.
          if (moved !== before) writeFileSync(file, moved)
          return ['x-moved', moved]
        },
      )
      const server = await build().start({
        CLOCK_FILE: file,
        IDENTITY_AUTHORITY: provider.authority(),
        IDENTITY_CLIENT_ID: provider.app.clientId,
        IDENTITY_CLIENT_SECRET: provider.app.clientSecret ?? '',
        IDENTITY_REDIRECT_URI: `${front.origin}${basePath}/auth/redirect`,
        IDENTITY_SESSION_SECRET: SESSION_SECRET,
        ...environment,
      })
      target = server.url
      site.origin = front.origin + basePath
      end = async () => {
        await front.close()
        await server.close()
        rmSync(folder, { recursive: true })
      }
    }, 60_000)
    afterAll(() => end())
    return site
  }

  const flows = ({ setCookies }: BrowserResponse): string[] =>
    setCookies.filter((cookie) => cookie.startsWith('identity-flow-'))
  const refreshes = (): number =>
    provider.requests.filter(({ grantType }) => grantType === 'refresh_token').length

  /** Goes the way of a page that begins a sign-in: by the login route to the provider, and back. */
  async function goThrough(browser: Browser, answer: BrowserResponse): Promise<BrowserResponse> {
    const away = await browser.navigate(answer.location ?? '')
    return sendToCallback(browser, await provider.signIn(away.location ?? '', {}))
  }

  describe(`${name}, with the proxy`, () => {
    const site = serve()

    async function signedIn(path = '/me'): Promise<Browser> {
      return signIn(site, provider, { path })
    }

    test('a page and its layout read the user, or nobody', async () => {
      const browser = await signedIn()

      const page = await browser.navigate(`${site.origin}/account`)
      const form = await new Browser().navigate(`${site.origin}/form`)

      expect(headerOf(page)).toBe('Alex Rivera')
      expect(shown(page)).toMatchObject({ user: 'Alex Rivera' })
      expect(page.headers['cache-control']).toMatch(/private.*no-store/)
      expect([form.status, headerOf(form)]).toEqual([200, 'nobody'])
    })

    test('a guarded page leads to the login route, and from there back to itself with its query', async () => {
      const browser = new Browser()

      const answer = await browser.navigate(`${site.origin}/account?tab=2`)
      const back = await goThrough(browser, answer)

      expect(answer.status).toBe(307)
      expect(answer.location).toMatch(new RegExp(`^${site.origin}/auth/login\\?return_to=`))
      expect(flows(answer)).toEqual([])
      expect(back.location).toBe(`${basePath}/account?tab=2`)
      expect(shown(await browser.navigate(`${site.origin}/account?tab=2`))).toMatchObject({
        user: 'Alex Rivera',
      })
    })

    test('a session is renewed before the render, which has the new one, and so has the browser', async () => {
      provider.behave({ reuseDetection: true })
      const browser = await signedIn()
      const before = shown(await browser.navigate(`${site.origin}/account`)) as Shown

      // Twice: the second time with the refresh token that the first one brought.
      for (let time = 0; time < 2; time++) {
        clock.advance(HOUR + 600)
        const count = refreshes()
        const page = await browser.navigate(`${site.origin}/account`)

        const { claims } = shown(page) as Shown
        expect(claims.exp * 1000).toBeGreaterThan(clock.now())
        expect(claims.exp).toBeGreaterThan(before.claims.exp)
        expect(refreshes()).toBe(count + 1)
        expect(page.setCookies.some((cookie) => cookie.startsWith('identity='))).toBe(true)
      }
    })

    test('a server action knows its user, or leads them to sign-in and consent and back to its page', async () => {
      const browser = new Browser()
      const post = async (): Promise<BrowserResponse> => {
        const page = await browser.navigate(`${site.origin}/form`)
        return postForm(browser, `${site.origin}/form`, page)
      }

      const stranger = await post()
      await goThrough(browser, stranger)
      const stepUp = await post()
      const sent = stepUp.location?.includes('/auth/login')
        ? (await goThrough(browser, stepUp), await post())
        : stepUp

      expect(stranger.status).toBe(303)
      expect(new URL(stranger.location ?? '').searchParams.get('return_to')).toBe(
        `${basePath}/form`,
      )
      expect(flows(stranger)).toEqual([])
      expect(Object.fromEntries(new URL(sent.location ?? '', site.origin).searchParams)).toEqual({
        by: 'Alex Rivera',
        text: 'hello',
        scopes: 'User.Read',
      })
    })

    async function consented(): Promise<Browser> {
      const browser = await signedIn()
      await goThrough(browser, await browser.navigate(`${site.origin}/keeping`))
      return browser
    }

    test.for(['page', 'page-throws', 'component', 'member'])(
      'a credential that the application keeps fails after the response: %s',
      async (by) => {
        const browser = await consented()

        const page = await browser.navigate(`${site.origin}/keeping?by=${by}`)
        const kept = await new Browser().navigate(`${site.origin}/kept`)

        expect(page.text.includes('<pre>kept</pre>')).toBe(by !== 'page-throws')
        expect(kept.json()).toEqual(FAILS_LATER)
      },
    )

    test.for(['responds', 'throws'])(
      'a credential that the application keeps fails after an action that %s',
      async (end) => {
        const browser = await consented()
        const url = `${site.origin}/keeping/form?end=${end}`

        const answer = await postForm(browser, url, await browser.navigate(url))
        const kept = await new Browser().navigate(`${site.origin}/kept`)

        expect(answer.status).toBe(end === 'throws' ? 500 : 200)
        expect(kept.json()).toEqual(FAILS_LATER)
      },
    )

    test('the proxy also runs for the home page', async () => {
      const home = site.origin + (basePath === '' ? '/' : '')
      const browser = await signedIn()
      clock.advance(HOUR + 600)

      const due = await browser.navigate(home)
      const signedOut = await browser.navigate(`${home}?state=signed-out.other`)

      expect(due.setCookies.some((cookie) => cookie.startsWith('identity='))).toBe(true)
      // The route of the page after a sign-out, which removes the state from the URL.
      expect([signedOut.status, signedOut.location]).toEqual([302, home])
    })

    if (isBrief) return

    test('a guarded page below loading.tsx redirects in a response with the status 200, the proxy with 302', async () => {
      const page = await new Browser().navigate(`${site.origin}/slow`)
      const path = await new Browser().navigate(`${site.origin}/guarded`)

      expect([page.status, page.location, path.status]).toEqual([200, undefined, 302])
      const [, url] =
        /<meta [^>]*http-equiv="refresh" content="1;url=([^"]*)"/.exec(page.text) ?? []
      expect(unescape(url ?? '')).toMatch(/\/auth\/login\?return_to=%2Fslow/)
      expect(page.text).not.toContain('secret')
    })

    test('the proxy warns about rewrites that lead past its guarded paths', async () => {
      const rewritten = await new Browser().navigate(`${site.origin}/unnoticed`)

      const { warnings } = (
        await new Browser().navigate(`${site.origin}/seen-by-proxy`)
      ).json() as {
        readonly warnings: readonly string[]
      }

      expect([rewritten.status, shown(rewritten)]).toEqual([200, 'behind the proxy'])
      expect(warnings.filter((warning) => warning.startsWith('next.config'))).toEqual([
        expect.stringContaining(
          'next.config rewrites /unnoticed to /guarded. The option loginRequired of auth.createProxy()',
        ),
      ])
    })

    test('a page with scopes gets consent on the way, a token, and what Next.js gives it', async () => {
      const browser = await signedIn()

      const answer = await browser.navigate(`${site.origin}/mail/inbox?unread=1`)
      const back = await goThrough(browser, answer)
      const page = await browser.navigate(`${site.origin}/mail/inbox?unread=1`)

      expect(flows(answer)).toEqual([])
      expect(back.location).toBe(`${basePath}/mail/inbox?unread=1`)
      expect(shown(page)).toMatchObject({ folder: 'inbox', unread: '1', scopes: ['Mail.Read'] })
    })

    test('an access token is refreshed before the render, also where it is long and comes in chunks', async () => {
      provider.behave({ reuseDetection: true, consent: 'skip' })
      const browser = await signedIn('/me')
      await goThrough(browser, await browser.navigate(`${site.origin}/mail/inbox`))

      for (let time = 0; time < 2; time++) {
        clock.advance(HOUR + 600)
        const page = await browser.navigate(`${site.origin}/mail/inbox`)

        expect([page.status, shown(page)]).toMatchObject([200, { scopes: ['Mail.Read'] }])
        expect((shown(page) as { expiresInSeconds: number }).expiresInSeconds).toBeGreaterThan(
          HOUR - 300,
        )
      }
    })

    test('the login route leads to the home page of the application', async () => {
      const browser = new Browser()
      const away = await browser.navigate(`${site.origin}/auth/login`)
      const back = await sendToCallback(
        browser,
        await provider.signIn(away.location ?? '', { as: 'alex' }),
      )

      expect(back.location).toBe(basePath === '' ? '/' : basePath)
    })

    test('an API that wants other claims becomes a step-up of the page, since no render can refresh', async () => {
      provider.behave({ consent: 'skip' })
      const api = await startChallengingApi()
      const page = `${site.origin}/calling?api=${encodeURIComponent(api.url)}`
      const browser = await signedIn()
      await goThrough(browser, await browser.navigate(page))

      const answer = await browser.navigate(page)
      const away = await browser.navigate(answer.location ?? '')
      await sendToCallback(browser, await provider.signIn(away.location ?? '', {}))

      expect(answer.location).toContain(`${site.origin}/auth/login?return_to=`)
      expect(requestedClaims(away)).toMatchObject(NBF)
      expect(refreshes()).toBe(0)
      expect(shown(await browser.navigate(page))).toBe(200)
    })

    test('a step-up to no avail is an error of the page, and no circle', async () => {
      provider.behave({ consent: 'skip' })
      const api = await startApi(() => claimsChallenge(NBF))
      const page = `${site.origin}/calling?api=${encodeURIComponent(api.url)}`
      const browser = await signedIn()
      await goThrough(browser, await browser.navigate(page))
      await goThrough(browser, await browser.navigate(page))

      const answer = await browser.navigate(page)

      expect([answer.status, answer.location]).toEqual([500, undefined])
    })

    test('a route with fetchCache = force-cache stores neither tokens nor responses of an API', async () => {
      provider.behave({ consent: 'skip' })
      const api = await startApi()
      const path = `${site.origin}/cached?api=${encodeURIComponent(api.url)}`
      const browser = await signedIn()

      const answers = [await browser.navigate(path), await browser.navigate(path)]
      clock.advance(HOUR + 600)
      answers.push(await browser.navigate(path))

      expect(answers.map((answer) => answer.json())).toEqual([
        { call: 1 },
        { call: 2 },
        { call: 3 },
      ])
      expect(new Set(api.calls.map(({ token }) => token)).size).toBe(2)
      expect(build().storedFetches()).toEqual([])
    })

    test('a static route that is rendered at its first request fails, and stores no sign-in', async () => {
      const path = `${site.origin}/static/one`

      const answers = [
        await new Browser().navigate(path),
        await new Browser().navigate(path),
        await (await signedIn()).navigate(path),
      ]

      expect(answers.map(({ status }) => status)).toEqual([500, 500, 500])
      expect(answers.map(({ location }) => location)).toEqual([undefined, undefined, undefined])
      expect(answers.flatMap(flows)).toEqual([])
    })

    test('many requests of an expired session cause one refresh', async () => {
      const browser = await signedIn()
      clock.advance(HOUR + 600)

      const paths = ['/account', '/me', '/account', '/form', '/me', '/account']
      const answers = await Promise.all(paths.map((path) => browser.navigate(site.origin + path)))

      expect(answers.map(({ status }) => status)).toEqual(paths.map(() => 200))
      expect(refreshes()).toBe(1)
    })

    test.each(['/account', '/auth/login', '/guarded', '/me'])(
      'the router in the browser begins no sign-in by asking for %s',
      async (path) => {
        for (const headers of [ROUTER, PREFETCH, IN_OLD_BROWSERS]) {
          const answer = await followRouter(new Browser(), site.origin + path, headers)

          expect(flows(answer)).toEqual([])
          expect(answer.location ?? '').not.toContain(provider.authority())
        }
      },
    )

    test('no link that is prefetched signs anybody out, and a click on it does', async () => {
      const browser = await signedIn()

      for (const headers of [ROUTER, PREFETCH]) {
        const answer = await followRouter(browser, `${site.origin}/auth/logout`, headers)
        expect(answer.status).toBe(204)
      }
      expect(browser.cookies.has('identity')).toBe(true)
      await browser.navigate(`${site.origin}/auth/logout`)
      expect(browser.cookies.has('identity')).toBe(false)
    })

    test('a sign-out is not undone by a renewal on the way to it', async () => {
      const browser = await signedIn()
      clock.advance(HOUR + 600)

      await browser.navigate(`${site.origin}/auth/logout`)

      expect(browser.cookies.has('identity')).toBe(false)
      expect(browser.cookies.has('identity-tokens')).toBe(false)
    })

    test('a server action runs for its own page, and not for another site', async () => {
      const browser = await signedIn('/me')
      const page = await browser.navigate(`${site.origin}/form`)
      const post = async (headers: Record<string, string | undefined>): Promise<BrowserResponse> =>
        postForm(browser, `${site.origin}/form`, page, headers)
      const fetchMetadata = { 'sec-fetch-mode': undefined, 'sec-fetch-dest': undefined }
      const old = { ...fetchMetadata, 'sec-fetch-site': undefined }

      const first = await post({})
      if (first.location?.includes('/auth/login')) await goThrough(browser, first)
      const own = [await post({}), await post(old)]
      const others = [
        await post({ 'sec-fetch-site': 'same-site' }),
        await post({ 'sec-fetch-site': 'cross-site', cookie: cookiesOf(browser) }),
        // Next.js itself checks an Origin, but accepts a request without one.
        await post({ ...old, origin: undefined }),
        await post({ origin: 'https://evil.example', cookie: cookiesOf(browser) }),
      ]

      for (const answer of own)
        expect([answer.status, answer.location]).toEqual([
          303,
          expect.stringContaining('/sent?by=Alex'),
        ])
      for (const answer of others)
        expect([answer.status, answer.location]).toEqual([500, undefined])
    })

    test('the proxy rejects a post of another site to its guarded paths', async () => {
      const browser = await signedIn()
      const headers = { 'sec-fetch-site': 'same-site', 'content-type': 'text/plain' }

      const answer = await browser.navigate(`${site.origin}/guarded`, { method: 'POST', headers })

      expect([answer.status, answer.headers['content-type']]).toEqual([
        403,
        'text/html; charset=utf-8',
      ])
      expect(answer.text).toContain('This request was not accepted')
    })

    test('the proxy keeps strangers from paths, in whatever way they are written', async () => {
      for (const path of ['/guarded', '/guarded?a=1', '/%67uarded']) {
        const answer = await new Browser().navigate(site.origin + path)
        expect([answer.status, answer.location]).toEqual([
          302,
          expect.stringContaining(`${site.origin}/auth/login?return_to=`),
        ])
        expect(flows(answer)).toEqual([])
      }
      const script = await new Browser().script(`${site.origin}/guarded`)
      const user = await (await signedIn()).navigate(`${site.origin}/guarded`)

      expect([script.status, script.json()]).toMatchObject([401, { error: 'login_required' }])
      expect([user.status, shown(user)]).toEqual([200, 'behind the proxy'])
    })

    test('the application’s own part of the proxy sees the user and the new cookies', async () => {
      const browser = await signedIn()
      clock.advance(HOUR + 600)
      const old = browser.cookies.get('identity')?.value

      const answer = (await browser.navigate(`${site.origin}/seen-by-proxy`)).json()

      const cookie = browser.cookies.get('identity')?.value
      expect(cookie).not.toBe(old)
      expect(answer).toMatchObject({
        user: 'Alex Rivera',
        cookies: expect.stringContaining(`identity=${cookie}`),
      })
    })

    test('the page that a client names itself counts for nothing', async () => {
      const answer = await new Browser().navigate(`${site.origin}/account`, {
        headers: { 'x-identity-path': '//evil.example/' },
      })

      const { searchParams } = new URL(answer.location ?? '')
      expect(searchParams.get('return_to')).toBe(`${basePath}/account`)
    })

    test('a route handler that throws is answered by Next.js, and says nothing', async () => {
      const browser = await signedIn('/me')

      const answer = await browser.navigate(`${site.origin}/failing`)

      expect(answer.status).toBe(500)
      expect(answer.text).not.toContain('from the handler')
    })
  })

  describe.skipIf(!hasChromium)(`${name}, in a real browser`, () => {
    const site = serve()
    let chromium: Chromium
    beforeAll(async () => {
      chromium = await launchChromium()
    })
    afterAll(() => chromium.close())

    const open = async (): Promise<Page> => (await chromium.newContext()).newPage()
    /** Looks at the links, until all of them are prefetched. */
    async function showLinks(page: Page): Promise<void> {
      const prefetched = ['/account', '/guarded', '/auth/logout'].map((path) =>
        page.waitForResponse((response) => response.url().includes(`${path}?_rsc=`)),
      )
      await page.goto(`${site.origin}/links`)
      await Promise.all(prefetched)
    }
    const pick = async (page: Page): Promise<void> => {
      expect(new URL(page.url()).origin).toBe(provider.origin)
      await page.getByRole('button', { name: /Alex/ }).click()
      if (provider.behaviour.consent === 'ask') {
        await page.getByRole('button', { name: 'Accept' }).click()
      }
    }

    test.runIf(isBrief)(
      'forbidden.tsx shows a rejection by a page or an action with the status 403',
      async () => {
        const page = await open()
        await page.goto(`${site.origin}/approvals`)
        await pick(page)
        await page.waitForURL(`${site.origin}/approvals`)

        const acted = page.waitForResponse((response) => response.request().method() === 'POST')
        await page.getByRole('button', { name: 'Approve' }).click()
        const shownByAction = await page.locator('p[role=alert]').innerText()
        const opened = await page.goto(`${site.origin}/approvals/all`)
        const shownByPage = await page.locator('p[role=alert]').innerText()

        expect([(await acted).status(), opened?.status()]).toEqual([403, 403])
        expect([shownByAction, shownByPage]).toEqual(['forbidden', 'forbidden'])
      },
    )

    if (isBrief) return

    test.each(['Account', 'Guarded'])(
      'the prefetched link %s begins no sign-in, and a click on it does',
      async (link) => {
        const page = await open()
        await showLinks(page)
        expect(await page.context().cookies()).toEqual([])

        await page.getByRole('link', { name: link }).click()
        await page.waitForURL(`${provider.origin}/**`)
        await pick(page)
        await page.waitForURL(`${site.origin}/${link.toLowerCase()}`)

        expect(await page.locator('header').innerText()).toBe('Alex Rivera')
      },
    )

    test('a prefetched link signs nobody out, and a click on it does', async () => {
      const page = await open()
      await page.goto(`${site.origin}/account`)
      await pick(page)
      await page.waitForURL(`${site.origin}/account`)

      await showLinks(page)
      await page.reload()
      expect(await page.locator('header').innerText()).toBe('Alex Rivera')

      const ended = page.waitForResponse((response) => response.url().includes('/v2.0/logout'))
      await page.getByRole('link', { name: 'Sign out' }).click()
      await ended
      await page.goto(`${site.origin}/links`)
      expect(await page.locator('header').innerText()).toBe('nobody')
    })

    test('a server action that is called by script leads to sign-in, and back to its page', async () => {
      provider.behave({ consent: 'skip' })
      const page = await open()
      await page.goto(`${site.origin}/form`)

      await page.locator('input[name=text]').fill('hello')
      await page.locator('input[name=text]').press('Enter')
      await page.waitForURL(`${provider.origin}/**`)
      await pick(page)
      await page.waitForURL(`${site.origin}/form`)
      await page.locator('input[name=text]').fill('hello again')
      await page.locator('input[name=text]').press('Enter')
      await page.waitForURL(`${site.origin}/sent**`)

      expect(new URL(page.url()).searchParams.get('text')).toBe('hello again')
    })

    test('error.tsx finds the code of a rejection by a page or an action in the digest', async () => {
      const page = await open()
      await page.goto(`${site.origin}/approvals`)
      await pick(page)
      await page.waitForURL(`${site.origin}/approvals`)

      await page.getByRole('button', { name: 'Approve' }).click()
      const shownByAction = await page.locator('p[role=alert]').innerText()
      await page.goto(`${site.origin}/approvals/all`)
      const shownByPage = await page.locator('p[role=alert]').innerText()

      expect([shownByAction, shownByPage]).toEqual(['access_denied', 'access_denied'])
    })
  })

  if (isBrief) return

  describe(`${name}, without the proxy`, () => {
    const site = serve({ WITHOUT_PROXY: '1' })

    test('a render refreshes nothing that it could not store: the user signs in again', async () => {
      provider.behave({ reuseDetection: true, consent: 'skip' })
      const browser = await signIn(site, provider, { path: '/me' })
      await goThrough(browser, await browser.navigate(`${site.origin}/mail/inbox`))
      expect((await browser.navigate(`${site.origin}/mail/inbox`)).status).toBe(200)

      clock.advance(HOUR + 600)
      const page = await browser.navigate(`${site.origin}/mail/inbox`)
      const open = await browser.navigate(`${site.origin}/form`)

      expect(page.status).toBe(307)
      expect(page.location).toContain(`${site.origin}/auth/login?return_to=`)
      expect([open.status, headerOf(open)]).toEqual([200, 'nobody'])
      expect(refreshes()).toBe(0)
      expect([...page.setCookies, ...open.setCookies]).toEqual([])
    })

    test('a route handler renews, since it can store what it gets', async () => {
      provider.behave({ reuseDetection: true })
      const browser = await signIn(site, provider, { path: '/me' })

      for (let time = 0; time < 2; time++) {
        clock.advance(HOUR + 600)
        const answer = await browser.navigate(`${site.origin}/me`)
        expect([answer.status, answer.json()]).toEqual([200, { user: 'Alex Rivera' }])
        expect(answer.setCookies.some((cookie) => cookie.startsWith('identity='))).toBe(true)
      }
    })

    test('a token that is still good is used by a render, though it is due', async () => {
      provider.behave({ consent: 'skip' })
      const browser = await signIn(site, provider, { path: '/me' })
      await goThrough(browser, await browser.navigate(`${site.origin}/mail/inbox`))

      clock.advance(HOUR - 200)
      const page = await browser.navigate(`${site.origin}/mail/inbox`)

      expect([page.status, shown(page)]).toMatchObject([200, { scopes: ['Mail.Read'] }])
      expect(refreshes()).toBe(0)
    })

    test('a server action comes back to the page that called it, by its referrer', async () => {
      const browser = new Browser()
      const page = await browser.navigate(`${site.origin}/form`)

      const answer = await postForm(browser, `${site.origin}/form`, page)

      const { searchParams } = new URL(answer.location ?? '')
      expect(searchParams.get('return_to')).toBe(`${basePath}/form`)
    })

    test('a guarded page, which does not know its path, leads back to the start', async () => {
      const answer = await new Browser().navigate(`${site.origin}/account`)

      expect(new URL(answer.location ?? '').searchParams.get('return_to')).toBe(`${basePath}/`)
    })
  })

  describe(`${name}, without the proxy, whose application checks accounts`, () => {
    const folder = mkdtempSync(join(tmpdir(), 'identity-web-next-'))
    afterAll(() => rmSync(folder, { recursive: true }))
    const account = join(folder, 'account')
    const site = serve({ WITHOUT_PROXY: '1', ACCOUNT_FILE: account })

    test('a render notices a closed account, and a copy of its cookie is then rejected everywhere', async () => {
      writeFileSync(account, 'Alex Renamed')
      const browser = await signIn(site, provider, { path: '/me' })
      const copy = (): Browser => {
        const copied = new Browser()
        for (const [cookie, value] of browser.cookies) copied.cookies.set(cookie, value)
        return copied
      }
      const page = async (path: string): Promise<BrowserResponse> =>
        copy().navigate(`${site.origin}${path}`)

      // The proxy or a route handler gets a minute to check the user first, because it can store the result.
      clock.advance(630)
      expect(shown(await page('/account'))).toMatchObject({ user: 'Alex Rivera' })
      expect(headerOf(await page('/form'))).toBe('Alex Rivera')
      clock.advance(60)
      expect(shown(await page('/account'))).toMatchObject({ user: 'Alex Renamed' })
      expect(headerOf(await page('/form'))).toBe('Alex Renamed')

      writeFileSync(account, 'closed')
      clock.advance(660)
      const rejected = await page('/account')
      expect([rejected.status, shown(rejected)]).toEqual([500, null])
      expect(headerOf(await page('/form'))).toBe('nobody')
      expect((await page('/me')).status).toBe(403)

      writeFileSync(account, 'Alex Again')
      expect((await page('/account')).status).toBe(500)
      expect(headerOf(await page('/form'))).toBe('nobody')
      expect((await page('/me')).status).toBe(403)
      expect(refreshes()).toBe(0)
    })
  })

  describe(`${name}, with sessions in a store`, () => {
    const site = serve({ WITHOUT_PROXY: '1', SESSIONS_IN_MEMORY: '1' })

    test('a render renews, since the store keeps it', async () => {
      provider.behave({ reuseDetection: true })
      const browser = await signIn(site, provider, { path: '/me' })

      for (let time = 1; time <= 2; time++) {
        clock.advance(HOUR + 600)
        const page = await browser.navigate(`${site.origin}/account`)
        expect([page.status, shown(page)]).toMatchObject([200, { user: 'Alex Rivera' }])
        expect(refreshes()).toBe(time)
      }
    })
  })

  describe(`${name}, without a configuration`, () => {
    const site = serve({ IDENTITY_CLIENT_ID: '' })

    test('a guarded page leads to the login route, which does not show the configuration in production', async () => {
      const answer = await new Browser().navigate(`${site.origin}/account`)
      const page = await new Browser().navigate(answer.location ?? '')

      expect(answer.location).toBe(`${site.origin}/auth/login`)
      expect(page.status).toBe(503)
      expect(page.text).not.toContain('clientId')
    })
  })
}

interface Shown {
  readonly claims: { readonly exp: number }
}

const unescape = (html: string): string => html.replaceAll('&quot;', '"').replaceAll('&amp;', '&')

/** What a page shows, as JSON. */
function shown({ text }: BrowserResponse): unknown {
  return JSON.parse(unescape(/<pre>(.*?)<\/pre>/s.exec(text)?.[1] ?? 'null'))
}

function headerOf({ text }: BrowserResponse): string | undefined {
  return /<header>(.*?)<\/header>/.exec(text)?.[1]
}

/** Asks as the router does: redirects of its own are followed, with the same headers. */
async function followRouter(
  browser: Browser,
  url: string,
  headers: Readonly<Record<string, string | undefined>>,
): Promise<BrowserResponse> {
  let answer = await browser.send(`${url}?_rsc=1`, { headers })
  // To the address that has the digest of its headers.
  if (answer.location?.includes('_rsc=') === true) {
    answer = await browser.send(new URL(answer.location, url).href, { headers })
  }
  expect(answer.location ?? '').not.toContain('_rsc=')
  return answer
}

function cookiesOf({ cookies }: Browser): string {
  return [...cookies].map(([name, { value }]) => `${name}=${value}`).join('; ')
}

/** Posts the form of a page as a browser without scripts does. */
function postForm(
  browser: Browser,
  url: string,
  page: BrowserResponse,
  headers: Readonly<Record<string, string | undefined>> = {},
): Promise<BrowserResponse> {
  const action = /name="(\$ACTION_ID_[^"]+)"/.exec(page.text)?.[1] ?? ''
  const boundary = 'boundary'
  const part = (name: string, value: string): string =>
    `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
  return browser.navigate(url, {
    method: 'POST',
    headers: {
      'content-type': `multipart/form-data; boundary=${boundary}`,
      origin: new URL(url).origin,
      referer: url,
      ...headers,
    },
    body: `${part(action, '')}${part('text', 'hello')}--${boundary}--\r\n`,
  })
}
