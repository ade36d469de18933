import { createServer, type IncomingMessage } from 'node:http'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import type { Page } from 'playwright-core'
import type { SessionClientOptions } from 'identity-web/angular'
import { describe, expect, test as base } from '../packages/identity-web/test/support/fixtures.ts'
import { close, listen, type Site } from '../packages/identity-web/test/support/site.ts'
import { hasChromium } from './chromium.ts'
import type { AngularPage } from './support/angular-page.ts'
import { declareErrors, finishSignIn } from './support/session-client.ts'

declare global {
  /** The page of the tests. */
  interface Window {
    angularPage: AngularPage
  }
}

const IDLE_SECONDS = 1800
/** The tests share two cores with others. */
const PATIENT = { timeout: 30_000 }
const KINDS = ['zoneless', 'zone.js'] as const

const test = base
  .extend('siteOptions', {
    session: { idleTimeoutSeconds: IDLE_SECONDS },
    browser: { sessionView: (user) => ({ name: user.name ?? '' }) },
  })
  /** The page without and with zone.js. */
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
  .extend('bundles', { scope: 'file' }, async ({}) => {
    const page = fileURLToPath(new URL('support/angular-page.ts', import.meta.url))
    const bundle = async (contents: string): Promise<string> => {
      const { outputFiles } = await build({
        stdin: { contents, resolveDir: fileURLToPath(new URL('.', import.meta.url)) },
        bundle: true,
        write: false,
        format: 'esm',
        target: 'es2022',
        // zone.js cannot follow `await`, so the builds of Angular replace it, too.
        supported: { 'async-await': !contents.includes('zone') },
      })
      return outputFiles[0]?.text ?? ''
    }
    const load = `import ${JSON.stringify(page)}`
    return { zoneless: await bundle(load), 'zone.js': await bundle(`import 'zone.js';${load}`) }
  })
  .extend('app', ({ bundles, site }) => {
    declareRoutes(site, bundles)
    return site.app
  })
  .extend('context', async ({ app: _routes, chromium }, { onCleanup }) => {
    const context = await chromium.newContext()
    context.setDefaultTimeout(PATIENT.timeout)
    onCleanup(() => context.close())
    return context
  })
  .extend(
    'openTab',
    ({ context, site }) =>
      async (path = '/zoneless', options: SessionClientOptions<never> = {}) => {
        const tab = await context.newPage()
        await tab.goto(
          `${site.origin}${path}?options=${encodeURIComponent(JSON.stringify(options))}`,
        )
        await tab.waitForFunction(() => 'angularPage' in window)
        return tab
      },
  )
  /** Another origin, whose responses look like those of a guard. */
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
  .extend('foreign', async ({}, { onCleanup }) => {
    const received: IncomingMessage[] = []
    const server = createServer((req, res) => {
      received.push(req)
      // The preflight request after a redirect must succeed.
      res.writeHead(req.method === 'OPTIONS' ? 204 : 401, {
        'content-type': 'application/json',
        'access-control-allow-origin': '*',
        'access-control-allow-headers': '*',
      })
      res.end('{"error":"login_required","loginUrl":"/login?return_to=%2F"}')
    })
    const origin = await listen(server)
    onCleanup(() => close(server))
    return { origin, received }
  })
  /** A tab of a user who has signed in with it. */
  .extend('tab', async ({ openTab }) => {
    const tab = await openTab()
    await signIn(tab)
    return tab
  })

describe.skipIf(!hasChromium).each(KINDS)('a page of Angular with %s', (kind) => {
  test('shows a sign-in, a sign-out and the end of the session in all tabs', async ({
    openTab,
  }) => {
    const tab = await openTab(`/${kind}`)
    const other = await openTab(`/${kind}`)
    await shows(other, 'signed-out:')
    await signIn(tab)
    await shows(other, 'signed-in: Alex Rivera')
    await other.getByText('/logout').waitFor()
    await tab.getByRole('button', { name: 'Sign out' }).click()

    await shows(other, 'signed-out:')
  })

  test('becomes stable, although the session has timers', async ({ openTab }) => {
    const tab = await openTab(`/${kind}`)
    await signIn(tab)
    await tab.evaluate(() => window.angularPage.send('/api/notes', {}, 'POST'))

    expect(
      await tab.evaluate(() =>
        Promise.race([
          window.angularPage.whenStable().then(() => 'stable'),
          new Promise((resolve) => setTimeout(resolve, 3000, 'waits')),
        ]),
      ),
    ).toBe('stable')
  })

  test('warns before the session ends', async ({ clock, openTab }) => {
    const tab = await openTab(`/${kind}`)
    await signIn(tab)
    await tab.getByText('no warning').waitFor()
    clock.advance(IDLE_SECONDS - 60)
    await tab.evaluate(() => dispatchEvent(new Event('online')))

    await tab.getByText('ends soon').waitFor()
  })

  test('signedIn() starts the sign-in, and the user returns to the route', async ({
    openTab,
    site,
  }) => {
    const tab = await openTab(`/${kind}`)
    await shows(tab, 'signed-out:')
    await tab.getByRole('link', { name: 'Account' }).click()
    await choose(tab)
    await tab.getByRole('heading', { name: 'Account' }).waitFor()

    expect(tab.url()).toBe(`${site.origin}/account?tab=1`)
  })
})

describe.skipIf(!hasChromium)('the interceptor', () => {
  test.for(['/api/echo', 'api/echo', 'ORIGIN/api/echo', '//HOST/api/echo'])(
    'adds the header to a request of the own origin with %s',
    async (form, { tab, site }) => {
      const { origin, host } = new URL(site.origin)
      const url = form.replace('ORIGIN', origin).replace('HOST', host)

      expect(await send(tab, url)).toEqual({ csrf: '1' })
    },
  )

  test('does not touch a request to another origin, whatever its response says', async ({
    tab,
    foreign,
  }) => {
    expect(await send(tab, `${foreign.origin}/api`)).toEqual({
      name: 'HttpErrorResponse',
      status: 401,
    })
    expect(foreign.received.map(({ method, headers }) => [method, headers['x-csrf']])).toEqual([
      ['GET', undefined],
    ])
  })

  test('does not touch a relative URL if the base of the document is another origin', async ({
    foreign,
    tab,
  }) => {
    await tab.evaluate((href) => {
      document.querySelector('base')!.href = href
    }, `${foreign.origin}/`)

    expect(await send(tab, 'api')).toMatchObject({ status: 401 })
    expect(foreign.received.map(({ headers }) => headers['x-csrf'])).toEqual([undefined])
  })

  test('a response after a redirect to another origin is not that of a guard', async ({
    foreign,
    tab,
  }) => {
    const url = `/redirect-to?url=${encodeURIComponent(`${foreign.origin}/api`)}`

    expect(await send(tab, url)).toEqual({ name: 'HttpErrorResponse', status: 401 })
  })

  test('reads a blob of the page', async ({ tab }) => {
    const result = await tab.evaluate(() =>
      window.angularPage.send(URL.createObjectURL(new Blob(['{"in":"blob"}']))),
    )

    expect(result).toEqual({ in: 'blob' })
  })

  test('passes the parts of a stream on', async ({ tab }) => {
    const parts = await tab.evaluate(() => window.angularPage.stream('/api/stream'))

    expect(parts[0]).toBe('data: 1\n\n')
    expect(parts.at(-1)).toBe('data: 1\n\ndata: 2\n\n')
  })

  test('an EventSource of the own origin works with a guard', async ({ tab }) => {
    const first = await tab.evaluate(
      () =>
        new Promise<string>((resolve) => {
          const source = new EventSource('/api/stream')
          source.addEventListener('message', ({ data }: MessageEvent<string>) => {
            source.close()
            resolve(data)
          })
          source.addEventListener('error', () => resolve('error'))
        }),
    )

    expect(first).toBe('1')
  })

  test('an invalid URL is an error of the request', async ({ tab }) => {
    expect(await send(tab, 'http://')).toMatchObject({ name: 'TypeError' })
  })

  test.for(['json', 'text', 'blob', 'arraybuffer'])(
    'a request for %s fails with LoginRequired after the session has ended, and all tabs show it',
    async (responseType, { context, tab }) => {
      await context.clearCookies({ name: 'identity' })

      expect(await send(tab, '/api/notes', { responseType }, 'POST')).toEqual({
        name: 'LoginRequired',
        code: 'login_required',
      })
      await shows(tab, 'expired:')
    },
  )

  test('a request that needs consent fails with LoginRequired, although the user is signed in', async ({
    tab,
  }) => {
    expect(await send(tab, '/api/mails')).toEqual({
      name: 'LoginRequired',
      code: 'interaction_required',
    })
    await shows(tab, 'signed-in: Alex Rivera')
  })

  test.for([
    ['/api/upstream-401', 401],
    ['/api/imitated-401', 401],
    ['/api/foreign-url-401', 401],
    ['/api/html-401', 401],
    ['/api/403', 403],
    ['/api/500', 500],
  ] as const)('does not change the error of %s', async ([path, status], { tab }) => {
    expect(await send(tab, path)).toEqual({ name: 'HttpErrorResponse', status })
  })

  test('goes to the sign-in by itself only with the option, and not in a loop', async ({
    openTab,
  }) => {
    const tab = await openTab('/zoneless', { onLoginRequired: 'redirect' })
    await shows(tab, 'signed-out:')
    await tab.evaluate(() => void window.angularPage.send('/api/notes', {}, 'POST'))
    await tab.getByRole('button', { name: /Alex/ }).waitFor()
    await tab.goBack()
    await shows(tab, 'signed-out:')

    expect(await send(tab, '/api/notes', {}, 'POST')).toEqual({
      name: 'LoginRequired',
      code: 'login_required',
    })
  })
})

describe.skipIf(!hasChromium)('signedIn() in a browser', () => {
  test('does not redirect again and again if the browser does not keep the cookie', async ({
    context,
    site,
  }) => {
    const tab = await context.newPage()
    const errors: string[] = []
    tab.on('pageerror', ({ message }) => errors.push(message))
    tab.on('console', (message) => errors.push(message.text()))
    await tab.goto(`${site.origin}/account`)
    await tab.getByRole('button', { name: /Alex/ }).waitFor()
    await tab.goto(`${site.origin}/account`)

    await expect.poll(() => errors.join(), PATIENT).toContain('login_required')
    expect(tab.url()).toMatch(site.origin)
  })

  test('redirects again at once if the user has signed in and out meanwhile', async ({
    context,
    site,
  }) => {
    const tab = await context.newPage()
    // Within 10 seconds, a browser that does not keep the cookie gets an error.
    await tab.clock.setFixedTime(Date.now())
    const visit = async (): Promise<void> => {
      await tab.goto(`${site.origin}/account`)
      await choose(tab)
      await tab.getByRole('heading', { name: 'Account' }).waitFor()
    }
    await visit()
    await context.clearCookies()
    await visit()

    expect(tab.url()).toBe(`${site.origin}/account`)
  })

  test('fails with the error of the session if the server cannot be reached', async ({
    openTab,
  }) => {
    const tab = await openTab('/zoneless', { path: '/api/500' })

    expect(await tab.evaluate(() => window.angularPage.navigate('/account'))).toMatchObject({
      name: 'SessionError',
    })
  })
})

function send(tab: Page, url: string, options: object = {}, method = 'GET'): Promise<unknown> {
  return tab.evaluate(([to, given, by]) => window.angularPage.send(to, given, by), [
    url,
    options,
    method,
  ] as const)
}

async function signIn(tab: Page): Promise<void> {
  await tab.getByRole('button', { name: 'Sign in' }).click()
  await choose(tab)
  await shows(tab, 'signed-in: Alex Rivera')
  await tab.waitForFunction(() => 'angularPage' in window)
}

/** Chooses the account on the page of the provider. */
function choose(tab: Page): Promise<void> {
  return finishSignIn(tab, tab.locator('output').getByText('signed-in'))
}

async function shows(tab: Page, text: string): Promise<void> {
  await tab.locator('output').getByText(text).waitFor()
}

function declareRoutes({ app, auth }: Site, bundles: Readonly<Record<string, string>>): void {
  app.get(['/zoneless', '/zone.js', '/account'], ({ path }, res) => {
    const kind = path === '/account' ? 'zoneless' : path.slice(1)
    res.send(`<!doctype html><html lang="en"><title>Angular</title><base href="/"><app-root></app-root>
<script type="module" src="/bundles/${kind}"></script>`)
  })
  app.get('/bundles/:kind', ({ params }, res) => void res.type('js').send(bundles[params.kind]))
  app.get('/api/echo', (req, res) => void res.json({ csrf: req.headers['x-csrf'] }))
  app.get('/redirect-to', ({ query }, res) => res.redirect(query['url'] as string))
  app.post(
    '/api/notes',
    auth.loginRequired((_req, res) => void res.json({ saved: true })),
  )
  app.get(
    '/api/mails',
    auth.loginRequired({ scopes: ['Mail.Read'] }, (_req, res) => void res.json([])),
  )
  app.get(
    '/api/stream',
    auth.loginRequired((_req, res) => {
      res.type('text/event-stream').write('data: 1\n\n')
      setTimeout(() => res.end('data: 2\n\n'), 300)
    }),
  )
  declareErrors(app)
}
