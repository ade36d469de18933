import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import express, { type Express } from 'express'
import { Auth } from 'identity-web/express'
import { describe, expect, test as base } from '../packages/identity-web/test/support/fixtures.ts'
import { openWorkshop } from '../packages/identity-web/test/client/credential/openssl.ts'
import { SESSION_SECRET } from '../packages/identity-web/test/support/site.ts'
import { hasChromium } from './chromium.ts'

/** A request that the site received. */
interface Received {
  readonly hasSession: boolean
  readonly from: string | string[] | undefined
  readonly origin: string | undefined
  readonly status: number
}

// The headers that a browser sends, and when it sends cookies, are rules of the browser itself. The cookie has
// `SameSite=None`, so that forms of every site send it and only the check protects the site.

const test = base
  .extend('providerOptions', { scope: 'file' }, { host: '127.0.0.1' })
  .extend('behaviour', { consent: 'skip' })
  /** The origins of the site and of the pages that attack it, and the requests that the site received. */
  .extend('sites', { scope: 'file' }, async ({ fileProvider: { provider } }, { onCleanup }) => {
    const servers: Server[] = []
    onCleanup(() => {
      for (const server of servers) server.close().closeAllConnections()
    })
    const written: string[] = []
    /** The users whose views the session endpoint made. */
    const views: string[] = []
    const received: Received[] = []
    const workshop = openWorkshop()
    workshop.certificate('site')
    const tls = { cert: workshop.text('site.pem'), key: workshop.text('site.key') }
    workshop.close()
    const serve = async (app: Express): Promise<number> => {
      const server = createServer(tls, app)
      servers.push(server)
      await new Promise<void>((resolve) => server.listen(0, resolve))
      return (server.address() as AddressInfo).port
    }
    const app = express()
    const own = `https://app.localhost:${await serve(app)}`
    const port = await serve(express().use((_req, res) => void res.send('<title>Attack</title>')))
    const sibling = `https://blog.app.localhost:${port}`
    const evil = `https://127.0.0.1:${port}`
    const trusted = `https://trusted.app.localhost:${port}`
    app.use((req, res, next) => {
      const { cookie, origin, 'sec-fetch-site': from } = req.headers
      const hasSession = cookie?.includes('__Host-identity-') === true
      res.on('finish', () => {
        if (req.path !== '/notes' && req.path !== '/session') return
        received.push({ hasSession, from, origin, status: res.statusCode })
      })
      next()
    })
    const auth = new Auth(app, {
      authority: provider.authority(),
      clientId: provider.app.clientId,
      clientCredential: provider.app.clientSecret,
      redirectUri: `${own}/redirect`,
      responseMode: 'form_post',
      session: { secret: SESSION_SECRET, cookie: { sameSite: 'none' } },
      trustedOrigins: [trusted],
      browser: {
        sessionView({ name }) {
          views.push(name ?? '')
          return { name }
        },
      },
      logger: {},
    })
    app.get(
      ['/', '/silent'],
      auth.loginRequired((req, res, { user }) => {
        if (req.path === '/silent') res.set('referrer-policy', 'no-referrer')
        res.send(`<title>Notes</title>Hello, ${user.name ?? ''}`)
      }),
    )
    app.post(
      '/notes',
      auth.loginRequired((_req, res, { user }) => {
        written.push(user.name ?? '')
        res.send('<title>Written</title>')
      }),
    )
    return { own, sibling, evil, trusted, written, views, received }
  })
  /** A page of a user who is signed in at the site. */
  .extend('page', async ({ openPage, provider, sites: { own, written, views, received } }) => {
    provider.register({ redirectUris: [`${own}/redirect`] })
    const page = await openPage({ ignoreHTTPSErrors: true })
    page.setDefaultTimeout(30_000)
    await page.goto(own)
    await page.getByRole('button', { name: /Alex/ }).click()
    await page.waitForURL(`${own}/`)
    written.length = 0
    views.length = 0
    received.length = 0
    return page
  })
  /** Submits a form of the current page to the site. */
  .extend('submitForm', ({ page, sites: { own } }) => async (): Promise<void> => {
    const sent = page.waitForResponse(`${own}/notes`)
    await page.evaluate((action) => {
      const form = Object.assign(document.createElement('form'), { action, method: 'post' })
      document.body.append(form)
      form.submit()
    }, `${own}/notes`)
    await sent
    await page.waitForLoadState()
  })
  /** Sends a request of a script on the current page to the site. The script sees the response only if CORS allows it. */
  .extend(
    'send',
    ({ page, sites: { own } }) =>
      (mode: RequestMode): Promise<string> =>
        page.evaluate(
          async ([url, requestMode]) => {
            try {
              const response = await fetch(url, {
                method: 'POST',
                mode: requestMode,
                credentials: 'include',
                body: new URLSearchParams({ text: 'attack' }),
              })
              return response.type
            } catch {
              return 'failed'
            }
          },
          [`${own}/notes`, mode] as const,
        ),
  )

describe.skipIf(!hasChromium)('requests of other sites in a real browser', () => {
  test('the form_post callback, which comes from the site of the provider, signs in', async ({
    page,
  }) => {
    expect(await page.locator('body').innerText()).toBe('Hello, Alex Rivera')
  })

  describe.each([
    // Chromium blocks third-party cookies here, so a script of another site acts without the session.
    ['another site', 'evil', 'cross-site', { hasSession: false, status: 401 }],
    ['a sibling subdomain', 'sibling', 'same-site', { hasSession: true, status: 403 }],
  ] as const)('%s', (_name, name, from, byScript) => {
    test('cannot write by a form', async ({ page, sites, submitForm }) => {
      await page.goto(sites[name])

      await submitForm()

      expect(sites.received).toEqual([{ hasSession: true, from, origin: sites[name], status: 403 }])
      expect(sites.written).toEqual([])
      expect(await page.locator('h1').innerText()).toBe('This request was not accepted')
    })

    test.for(['no-cors', 'cors'] as const)(
      'cannot write by a fetch (%s)',
      async (mode, { page, sites, send }) => {
        await page.goto(sites[name])

        await send(mode)

        expect(sites.received).toEqual([{ from, origin: sites[name], ...byScript }])
        expect(sites.written).toEqual([])
      },
    )

    test('does not reach the session by a fetch, an image, a script, a frame, a link or a form', async ({
      page,
      sites,
    }) => {
      const url = `${sites.own}/session`
      await page.goto(sites[name])

      const read = await page.evaluate(async (session) => {
        const results: string[] = []
        for (const mode of ['cors', 'no-cors'] as const) {
          for (const method of ['GET', 'POST']) {
            const options: RequestInit = { method, mode, credentials: 'include' }
            const result = fetch(session, options).then((response) => response.text())
            results.push(await result.catch(() => ''))
          }
        }
        for (const kind of ['img', 'script', 'iframe'] as const) {
          await new Promise((resolve) => {
            const element = document.createElement(kind)
            element.addEventListener('load', resolve)
            element.addEventListener('error', resolve)
            element.src = session
            document.body.append(element)
          })
        }
        return results
      }, url)
      // The browser shows the response, and no script can read it.
      const link = await page.goto(url, { referer: `${sites[name]}/` })
      await page.goto(sites[name])
      const posted = page.waitForResponse(url)
      await page.evaluate((action) => {
        const form = Object.assign(document.createElement('form'), { action, method: 'post' })
        document.body.append(form)
        form.submit()
      }, url)
      await posted

      expect(read).toEqual(['', '', '', ''])
      expect(link?.status()).toBe(403)
      // The browser blocks the fetches of CORS only after the request.
      expect(sites.received.map(({ status }) => status)).toEqual(
        Array.from(sites.received, () => 403),
      )
      expect(sites.received.length).toBeGreaterThanOrEqual(9)
      expect(sites.views).toEqual([])
    })

    test('cannot write by a form in a sandboxed iframe', async ({ page, sites }) => {
      await page.goto(sites[name])
      const sent = page.waitForResponse(`${sites.own}/notes`)

      await page.evaluate((action) => {
        const frame = document.createElement('iframe')
        frame.setAttribute('sandbox', 'allow-scripts allow-forms allow-top-navigation')
        frame.srcdoc = `<form method="post" target="_top" action="${action}"></form><script>document.forms[0].submit()</script>`
        document.body.append(frame)
      }, `${sites.own}/notes`)
      await sent

      expect(sites.received).toEqual([
        { hasSession: true, origin: 'null', from: 'cross-site', status: 403 },
      ])
      expect(sites.written).toEqual([])
    })
  })

  test.for(['/', '/silent'])(
    'the own page %s can write by form and by fetch',
    async (path, { page, sites, send, submitForm }) => {
      await page.goto(sites.own + path)
      expect(await send('cors')).toBe('basic')
      await submitForm()

      expect(sites.received.map(({ from, status }) => [from, status])).toEqual([
        ['same-origin', 200],
        ['same-origin', 200],
      ])
      expect(sites.written).toEqual(['Alex Rivera', 'Alex Rivera'])
    },
  )

  test('the own page reads its session and extends it', async ({ page, sites }) => {
    const bodies = await page.evaluate(async () => {
      const responses = [await fetch('/session'), await fetch('/session', { method: 'POST' })]
      return Promise.all(responses.map(async (response) => (await response.json()) as unknown))
    })

    for (const body of bodies) expect(body).toMatchObject({ user: { name: 'Alex Rivera' } })
    expect(sites.received.map(({ from, status }) => [from, status])).toEqual([
      ['same-origin', 200],
      ['same-origin', 200],
    ])
  })

  test('a trusted origin can write', async ({ page, sites, send }) => {
    await page.goto(sites.trusted)

    expect(await send('no-cors')).toBe('opaque')

    expect(sites.received).toEqual([
      { hasSession: true, from: 'same-site', origin: sites.trusted, status: 200 },
    ])
    expect(sites.written).toEqual(['Alex Rivera'])
  })
})
