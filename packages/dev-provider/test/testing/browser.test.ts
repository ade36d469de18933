import { createServer, type IncomingHttpHeaders } from 'node:http'
import express from 'express'
import { Hono } from 'hono'
import { Auth, type AuthOptions } from 'identity-web/express'
import { Auth as HonoAuth } from 'identity-web/hono'
import { startDevProvider } from 'identity-web-dev'
import { browser, sessionFor } from 'identity-web-dev/testing'
import { runningProviders } from '../../src/running-providers.js'
import { close, listen } from '../../../identity-web/test/support/server.js'
import { describe, expect, test as base, vi } from '../support/fixtures.js'

const SECRET = 'a session secret of at least 32 characters'

const test = base.extend('openApp', ({ provider }, { onCleanup }) => {
  const closing: (() => Promise<void>)[] = []
  onCleanup(async () => void (await Promise.all(closing.map((end) => end()))))
  return async (options: AuthOptions = {}) => {
    const app = express()
    const seen: { url: string; method: string; headers: IncomingHttpHeaders }[] = []
    app.use(({ url, method, headers }, _res, next) => {
      seen.push({ url: url.split('?')[0] ?? '', method, headers })
      next()
    })
    const server = createServer(app)
    const origin = await listen(server)
    closing.push(() => close(server))
    const auth = new Auth(app, {
      authority: provider.authority(),
      clientId: provider.app.clientId,
      clientCredential: provider.app.clientSecret,
      redirectUri: `${origin}/auth/redirect`,
      session: { secret: SECRET },
      logger: false,
      ...options,
    })
    app.get('/', (_req, res) => void res.send('home'))
    app.get(
      '/orders',
      auth.loginRequired((_req, res, { user }) => void res.send(`Hello, ${user.name}`)),
    )
    app.post(
      '/orders',
      express.urlencoded(),
      auth.loginRequired((req, res) => res.redirect(303, `/orders?saved=${req.body.item}`)),
    )
    app.put(
      '/api',
      express.json(),
      auth.loginRequired((req, res) => void res.json(req.body)),
    )
    app.get('/to-provider', (_req, res) => res.redirect(provider.origin))
    app.get('/loop', (_req, res) => res.redirect('/loop'))
    app.get('/fails', (_req, res) => void res.status(500).send('broken'))
    app.get('/cookies', (_req, res) => {
      res.append('set-cookie', 'first=1; Path=/; HttpOnly; SameSite=Strict; Max-Age=60')
      res.append('set-cookie', 'scoped=1; Path=/api')
      res.append('set-cookie', 'foreign=1; Domain=other.example')
      res.append('set-cookie', '__Host-wrong=1; Path=/api; Secure')
      res.append('set-cookie', 'gone=1; Max-Age=0')
      res.send('set')
    })
    return { auth, origin, seen }
  }
})

describe('browser', () => {
  test('signs in on the way to a page', async ({ openApp }) => {
    const { origin } = await openApp()
    const alex = browser(origin, { as: 'alex' })

    const page = await alex.get('/orders')

    expect([page.status, await page.text()]).toEqual([200, 'Hello, Alex Rivera'])
    expect([page.url, page.redirected, alex.url]).toEqual([
      `${origin}/orders`,
      true,
      `${origin}/orders`,
    ])
  })

  test('signs in at a provider in another process, whose page shows the accounts', async ({
    openApp,
    provider,
  }) => {
    const { origin } = await openApp()
    runningProviders().delete(provider.origin)

    const page = await browser(origin).signIn({ as: 'robin', path: '/orders' })
    const stranger = browser(origin).signIn({ as: 'nobody', path: '/orders' })

    await expect(stranger).rejects.toThrow(/does not offer the account 'nobody'.*alex@contoso/)
    expect(await page.text()).toBe('Hello, Robin Chen')
    runningProviders().set(provider.origin, provider)
  })

  test('stays on the page of the provider without an account', async ({ openApp, provider }) => {
    const { origin } = await openApp()

    const page = await browser(origin).get('/orders')

    expect(new URL(page.url).origin).toBe(provider.origin)
    expect(await page.text()).toContain('Alex Rivera')
  })

  test('sends what browsers send', async ({ openApp }) => {
    const { origin, seen } = await openApp()
    const alex = browser({ origin, as: 'alex' })

    await alex.get('/orders')
    const saved = await alex.post('/orders', { item: 'a book' })

    const headersOf = (url: string, method = 'GET') =>
      seen.find((request) => request.url === url && request.method === method)?.headers
    expect(saved.url).toBe(`${origin}/orders?saved=a%20book`)
    expect(headersOf('/orders')).toMatchObject({
      'sec-fetch-site': 'none',
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': 'document',
      accept: expect.stringContaining('text/html') as string,
    })
    expect(headersOf('/orders')?.origin).toBeUndefined()
    // Another port of localhost belongs to the same site, but not to the same origin.
    expect(headersOf('/auth/redirect')).toMatchObject({ 'sec-fetch-site': 'same-site' })
    expect(headersOf('/orders', 'POST')).toMatchObject({ origin, 'sec-fetch-site': 'same-origin' })
  })

  test('sends requests of scripts', async ({ openApp, provider }) => {
    const { origin } = await openApp()
    const alex = browser(origin, { as: 'alex' })
    const unauthenticated = await alex.fetch('/orders')
    await alex.signIn({ path: '/orders' })

    const body = JSON.stringify({ done: true })
    const headers = { 'content-type': 'application/json' }
    const response = await alex.fetch('/api', { method: 'PUT', body, headers })

    expect(unauthenticated.status).toBe(401)
    expect(await response.json()).toEqual({ done: true })
    expect((await alex.fetch('/orders', { credentials: 'omit' })).status).toBe(401)
    await expect(alex.fetch('/to-provider')).rejects.toThrow(
      `A script cannot follow the redirect from /to-provider to ${provider.origin}`,
    )
    expect((await alex.fetch('/to-provider', { redirect: 'manual' })).status).toBe(302)
  })

  test('keeps and sends cookies as browsers do', async ({ openApp }) => {
    const { origin, seen } = await openApp()
    const visitor = browser(origin)

    await visitor.get('/cookies')
    await visitor.get('/')
    await visitor.fetch('/api')

    expect(visitor.cookies.map(({ name }) => name).toSorted()).toEqual(['first', 'scoped'])
    const [first] = visitor.cookies
    expect(first).toMatchObject({ domain: 'localhost', httpOnly: true, sameSite: 'Strict' })
    expect(first?.expires).toBeGreaterThan(Date.now() / 1000 + 50)
    expect(seen.find(({ url }) => url === '/')?.headers.cookie).toBe('first=1')
    expect(seen.find(({ url }) => url === '/api')?.headers.cookie).toMatch(/scoped=1.*first=1/)
  })

  test('signs out of the application and of the provider', async ({ openApp, provider }) => {
    const { origin } = await openApp()
    const alex = browser(origin, { as: 'alex' })
    await alex.signIn({ path: '/orders' })

    const page = await alex.signOut()

    expect([page.url, await page.text()]).toEqual([`${origin}/`, 'home'])
    expect((await alex.get('/orders', { redirect: 'manual' })).status).toBe(302)
    const paths = provider.requests.map(({ endpoint }) => endpoint)
    expect(paths).toContain('logout')
  })

  test('posts the authorization response with responseMode form_post', async ({ openApp }) => {
    const { origin, seen } = await openApp({ responseMode: 'form_post' })

    const page = await browser(origin, { as: 'alex' }).get('/orders')

    expect(page.url).toContain(origin)
    expect(seen.some(({ url, method }) => url === '/auth/redirect' && method === 'POST')).toBe(true)
  })

  test('presses other buttons', async ({ openApp, provider }) => {
    const { origin } = await openApp({ authority: undefined, b2c: provider.b2c })
    const mia = browser(origin)

    const canceled = await mia.signIn({ as: 'mia', press: 'cancel', path: '/orders' })
    const created = await mia.signIn({ press: 'sign-up', name: 'New Nick', path: '/orders' })

    expect([canceled.url, await canceled.text()]).toEqual([`${origin}/`, 'home'])
    expect(await created.text()).toBe('Hello, New Nick')
    await expect(
      browser(origin).signIn({ as: 'mia', press: 'forgot-password', path: '/' }),
    ).rejects.toThrow('this sign-in did not show that button')
  })

  test('starts with the session of sessionFor', async ({ openApp }) => {
    const { auth, origin } = await openApp()
    const alex = browser(origin)
    alex.addCookies((await sessionFor({ auth }, { as: 'alex' })).cookies)

    expect(await (await alex.get('/orders')).text()).toBe('Hello, Alex Rivera')
    expect((await alex.post('/orders', { item: 'pen' })).url).toBe(`${origin}/orders?saved=pen`)
  })

  test('opens an application without a port', async ({ provider }) => {
    provider.register({ redirectUris: ['https://shop.example/redirect'] })
    const app = new Hono()
    const auth = new HonoAuth(app, {
      authority: provider.authority(),
      clientId: provider.app.clientId,
      clientCredential: provider.app.clientSecret,
      redirectUri: 'https://shop.example/redirect',
      session: { secret: SECRET },
      logger: false,
    })
    app.get(
      '/',
      auth.loginRequired((c, { user }) => c.text(`Hello, ${user.name}`)),
    )
    app.get('/strict', (c) =>
      c.body('', { headers: { 'set-cookie': 'strict=1; SameSite=Strict' } }),
    )
    const callbacks: (string | null)[][] = []
    const kim = browser({
      origin: 'https://shop.example',
      as: 'kim',
      app: (request) => {
        const { pathname } = new URL(request.url)
        const { headers } = request
        if (pathname === '/redirect')
          callbacks.push([headers.get('sec-fetch-site'), headers.get('cookie')])
        return app.fetch(request)
      },
    })
    await kim.get('/strict')

    const page = await kim.get('/')

    expect(await page.text()).toBe('Hello, Kim Larsen')
    expect(kim.cookies.some(({ name }) => name === '__Host-identity')).toBe(true)
    expect((await kim.fetch('/')).status).toBe(200)
    // The provider is another site, so that its redirect does not carry a strict cookie.
    expect(callbacks).toEqual([['cross-site', expect.stringMatching(/^__Host-identity-flow-/)]])
  })

  test('trusts the provider on this machine with https', async ({ openApp }) => {
    const secure = await startDevProvider({ tls: true })
    const page = await browser(secure.origin).get('/')
    await openApp()

    expect(page.status).toBe(200)
    await secure.close()
  })

  test('says why a sign-in does not start', async ({ openApp }) => {
    const { origin } = await openApp()

    await expect(browser(origin).signIn()).rejects.toThrow(
      '/ did not redirect to the provider. The application responded with 200.',
    )
    await expect(browser(origin).signIn({ path: '/fails' })).rejects.toThrow('responded with 500')
    await expect(browser(origin).get('/loop')).rejects.toThrow('The browser sent 30 requests')
    expect(() => browser('localhost')).toThrow("The origin 'localhost' is not a URL")
  })

  test('says where a sign-in stopped', async ({ openApp, provider }) => {
    const { origin } = await openApp({ clientId: '00000000-0000-4000-8000-000000000000' })

    await expect(browser(origin).signIn({ as: 'alex', path: '/orders' })).rejects.toThrow(
      /stopped at the page "error".*700016/,
    )
    expect(provider.origin).toBeTruthy()
  })

  test('is not available in production', () => {
    vi.stubEnv('NODE_ENV', 'production')

    expect(() => browser()).toThrow('NODE_ENV is "production"')
  })
})
