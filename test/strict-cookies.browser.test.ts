import { createServer } from 'node:http'
import express from 'express'
import { Auth, type AuthOptions } from 'identity-web/express'
import type { Page } from 'playwright-core'
import { describe, expect, test as base } from '../packages/identity-web/test/support/fixtures.ts'
import { close, listen, SESSION_SECRET } from '../packages/identity-web/test/support/site.ts'
import { hasChromium } from './chromium.ts'

/** A request that the site received: its path, `Sec-Fetch-Site`, and whether it had the session cookie. */
type Received = readonly [path: string, from: string, hasSession: boolean]

/** A site on localhost. The provider and the page with the links are on 127.0.0.1, which is another site. */
interface StrictSite {
  readonly origin: string
  /** A page of another site with links to the pages of this site. */
  readonly mail: string
  readonly received: Received[]
}

// Which cookies a browser sends is a rule of the browser itself. A provider that redirects without a page hides the problem, so
// the provider shows its pages here.

const test = base
  .extend('providerOptions', { host: '127.0.0.1' })
  .extend('behaviour', { consent: 'skip' })
  .extend('openStrict', ({ provider }, { onCleanup }) => {
    const servers: ReturnType<typeof createServer>[] = []
    onCleanup(async () => void (await Promise.all(servers.map(close))))
    return async (options: AuthOptions = {}): Promise<StrictSite> => {
      const app = express()
      const server = createServer(app)
      servers.push(server)
      const origin = await listen(server)
      const received: Received[] = []
      app.use((req, _res, next) => {
        const { cookie = '', 'sec-fetch-site': from = '-' } = req.headers
        if (req.hostname === 'localhost' && req.path !== '/favicon.ico') {
          received.push([req.path, from, /(^|; )identity=/.test(cookie)])
        }
        next()
      })
      app.get('/mail', (_req, res) => {
        const paths = ['/notes', '/open', '/logout', '/leave', '/notes?a=1#end']
        const links = paths.map((path) => `<a href="${origin}${path}">${path}</a>`)
        res.send(`<title>Mail</title>${links.join(' ')}<iframe name="frame"></iframe>`)
      })
      const auth = new Auth(app, {
        authority: provider.authority(),
        clientId: provider.app.clientId,
        clientCredential: provider.app.clientSecret,
        redirectUri: `${origin}/redirect`,
        session: { secret: SESSION_SECRET, cookie: { name: 'identity', sameSite: 'strict' } },
        logger: {},
        ...options,
      })
      app.get(
        '/notes',
        auth.loginRequired((_req, res, { user }) => {
          res.send(`<title>Notes</title>Notes of ${user.name ?? ''} <a href="/logout">Sign out</a>`)
        }),
      )
      app.get(
        '/leave',
        auth.loginRequired((req, res) => auth.logout(req, res)),
      )
      app.get('/open', async (req, res) => {
        res.send(`<title>Open</title>User: ${(await auth.getUser(req))?.name ?? 'nobody'}`)
      })
      return { origin, mail: `${origin.replace('localhost', '127.0.0.1')}/mail`, received }
    }
  })

/** Opens the notes, and signs in on the pages of the provider. */
async function signInOnPages(page: Page, { origin, received }: StrictSite): Promise<void> {
  await page.goto(`${origin}/notes`)
  const account = page.getByRole('button', { name: /Alex/ })
  await account.waitFor()
  received.length = 0
  await account.click()
  await page.getByText('Notes of Alex Rivera').waitFor()
  expect(page.url()).toBe(`${origin}/notes`)
}

const bodyOf = (page: Page): Promise<string> => page.locator('body').innerText()

describe.skipIf(!hasChromium)('a SameSite=Strict session in a real browser', () => {
  test.for(['query', 'form_post'] as const)(
    'starts after the provider showed a page (%s), without an entry of the history',
    async (responseMode, { openPage, openStrict, provider }) => {
      const strict = await openStrict({ responseMode })
      const lax = await openStrict({
        responseMode,
        session: { secret: SESSION_SECRET, cookie: { name: 'identity' } },
      })
      const page = await openPage()
      const other = await openPage()

      await signInOnPages(page, strict)
      await signInOnPages(other, lax)

      // The first request of the callback does not have the cookies. The second one is caused by the page of this origin.
      expect(strict.received).toEqual([
        ['/redirect', 'cross-site', false],
        ['/redirect', 'same-origin', false],
        ['/notes', 'same-origin', true],
      ])
      expect(lax.received.at(-1)).toEqual(['/notes', 'cross-site', true])
      expect(await page.evaluate(() => history.length)).toBe(
        await other.evaluate(() => history.length),
      )
      expect(provider.requests.filter(({ endpoint }) => endpoint === 'token')).toHaveLength(2)
    },
  )

  test('continues for fetch, for a reload, and for the next page', async ({ page, openStrict }) => {
    const site = await openStrict()
    await signInOnPages(page, site)
    site.received.length = 0

    const status = await page.evaluate(async () => (await fetch('/notes')).status)
    const reloaded = page.waitForEvent('load')
    await page.evaluate(() => location.reload())
    await reloaded
    await page.goto(`${site.origin}/open`)

    expect(status).toBe(200)
    expect(site.received.map(([, , hasSession]) => hasSession)).toEqual([true, true, true])
    expect(await bodyOf(page)).toBe('User: Alex Rivera')
  })

  test('starts when the provider redirects without a page', async ({ page, openStrict }) => {
    const site = await openStrict()
    await signInOnPages(page, site)
    await page.context().clearCookies({ domain: 'localhost' })
    site.received.length = 0

    await page.goto(`${site.origin}/notes`)
    await page.getByText('Notes of Alex Rivera').waitFor()

    // The user opened the page, so the browser sends all cookies with every redirect. This hides the problem.
    expect(site.received).toEqual([
      ['/notes', 'none', false],
      ['/redirect', 'none', false],
      ['/notes', 'none', true],
    ])
  })

  test('is visible after a link of another site, by one page', async ({ page, openStrict }) => {
    const site = await openStrict()
    await signInOnPages(page, site)
    await page.goto(site.mail)
    site.received.length = 0
    const entries = await page.evaluate(() => history.length)

    await page.getByRole('link', { name: '/notes', exact: true }).click()
    await page.getByText('Notes of Alex Rivera').waitFor()

    expect(site.received).toEqual([
      ['/notes', 'cross-site', false],
      ['/notes', 'same-origin', true],
    ])
    expect(await page.evaluate(() => history.length)).toBe(entries + 1)
    await page.goBack()
    expect(await page.title()).toBe('Mail')

    // The URL keeps its query and its fragment.
    await page.getByRole('link', { name: '/notes?a=1#end' }).click()
    await page.getByText('Notes of Alex Rivera').waitFor()
    expect(page.url()).toBe(`${site.origin}/notes?a=1#end`)
    // This page has no guard. It shows what the browser sends without the page in between.
    await page.goto(site.mail)
    await page.getByRole('link', { name: '/open' }).click()
    expect(await bodyOf(page)).toBe('User: nobody')
  })

  test('is visible after a link in a browser without scripts', async ({ openPage, openStrict }) => {
    const site = await openStrict()
    const page = await openPage({ javaScriptEnabled: false })
    await signInOnPages(page, site)
    await page.goto(site.mail)

    await page.getByRole('link', { name: '/notes', exact: true }).click()
    await page.getByText('Notes of Alex Rivera').waitFor()

    expect(page.url()).toBe(`${site.origin}/notes`)
  })

  test('a visitor without a session gets one page, and then signs in', async ({
    page,
    openStrict,
  }) => {
    const site = await openStrict()
    await page.goto(site.mail)

    await page.getByRole('link', { name: '/notes', exact: true }).click()
    await page.getByRole('button', { name: /Alex/ }).waitFor()

    expect(site.received).toEqual([
      ['/notes', 'cross-site', false],
      ['/notes', 'same-origin', false],
    ])
  })

  test('a link, a frame and a script of another site change nothing', async ({
    page,
    openStrict,
  }) => {
    const site = await openStrict()
    await signInOnPages(page, site)
    await page.goto(site.mail)
    site.received.length = 0

    // The logout route asks. So does a handler that signs out, although its page opened with the session.
    for (const path of ['/logout', '/leave']) {
      await page.getByRole('link', { name: path }).click()
      await page.getByText('Do you want to sign out?').waitFor()
      await page.goto(site.mail)
    }
    site.received.length = 0
    const framed = page.waitForResponse(`${site.origin}/notes`)
    await page.evaluate((url) => void window.open(url, 'frame'), `${site.origin}/notes`)
    const status = (await framed).status()
    await page.evaluate(
      (url) => fetch(url, { mode: 'no-cors', credentials: 'include' }).then(() => undefined),
      `${site.origin}/notes`,
    )

    expect(status).toBe(401)
    expect(site.received).toEqual([
      ['/notes', 'cross-site', false],
      ['/notes', 'cross-site', false],
    ])
    await page.goto(`${site.origin}/open`)
    expect(await bodyOf(page)).toBe('User: Alex Rivera')

    // A link of the own page signs out at once, also after a link of another site.
    await page.goto(site.mail)
    await page.getByRole('link', { name: '/notes', exact: true }).click()
    await page.getByRole('link', { name: 'Sign out' }).click()
    await page.waitForURL(`${site.origin}/`)
    await page.goto(`${site.origin}/open`)
    expect(await bodyOf(page)).toBe('User: nobody')
  })
})
