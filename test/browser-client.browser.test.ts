import { build } from 'esbuild'
import type { Express, Request, Response } from 'express'
import type { BrowserContext, Locator, Page } from 'playwright-core'
import type { SessionClientOptions } from 'identity-web/browser'
import { describe, expect, test as base } from '../packages/identity-web/test/support/fixtures.ts'
import { close, listen, type Site } from '../packages/identity-web/test/support/site.ts'
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import { renderToString } from 'react-dom/server'
import { application, type View } from './support/application.tsx'
import { declareErrors, finishSignIn } from './support/session-client.ts'
import { hasChromium } from './chromium.ts'

const IDLE_SECONDS = 1800

/** A request that the site has received. */
interface Received {
  readonly method: string
  readonly path: string
  readonly csrf: string | undefined
}

declare global {
  /** The page of the tests. */
  interface Window {
    client: typeof import('identity-web/browser')
    session: import('identity-web/browser').Session<{ readonly name: string }>
    statuses: string[]
    warnings: string[]
  }
}

const test = base
  .extend('siteOptions', {
    session: { idleTimeoutSeconds: IDLE_SECONDS },
    browser: { sessionView: (user) => ({ name: user.name ?? '' }) },
  })
  /** The client, as bundlers build it. */
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
  .extend('bundle', { scope: 'file' }, async ({}) => {
    const { outputFiles } = await build({
      entryPoints: [
        fileURLToPath(new URL('../packages/identity-web/src/browser/index.ts', import.meta.url)),
      ],
      bundle: true,
      minify: true,
      write: false,
      format: 'iife',
      globalName: 'client',
      target: 'es2022',
    })
    return outputFiles[0]?.text ?? ''
  })
  /** The requests for the session and for the endpoints. */
  .extend('received', (): Received[] => [])
  /** A component of React, for the server and for the browser. */
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
  .extend('hydration', { scope: 'file' }, async ({}) => {
    const { outputFiles } = await build({
      entryPoints: [fileURLToPath(new URL('support/hydrate.tsx', import.meta.url))],
      bundle: true,
      write: false,
      format: 'iife',
      jsx: 'automatic',
      // The development build of React reports differences.
      define: { 'process.env.NODE_ENV': '"development"' },
    })
    return outputFiles[0]?.text ?? ''
  })
  .extend('app', ({ bundle, hydration, site }) => {
    declareRoutes(site, bundle)
    declareReact(site, hydration)
    return site.app
  })
  /** A context whose tabs share their cookies. */
  .extend(
    'context',
    async ({ app: _routes, chromium, received }, { onCleanup }): Promise<BrowserContext> => {
      const context = await chromium.newContext()
      context.setDefaultTimeout(30_000)
      context.on('request', (request) => {
        const { pathname: path } = new URL(request.url())
        if (!/^\/(session|api)/.test(path)) return
        received.push({ method: request.method(), path, csrf: request.headers()['x-csrf'] })
      })
      onCleanup(() => context.close())
      return context
    },
  )
  /** Opens a tab with a page of the client. Its timers run when the test advances its clock. */
  .extend(
    'openTab',
    ({ context, site }) =>
      async (path = '/app', options: SessionClientOptions<never> = {}) => {
        const tab = await context.newPage()
        await tab.clock.install()
        await tab.goto(
          `${site.origin}${path}${path.includes('?') ? '&' : '?'}options=${encodeURIComponent(JSON.stringify(options))}`,
        )
        return tab
      },
  )
  /** A tab of a user who has signed in with it. */
  .extend('tab', async ({ openTab }) => {
    const tab = await openTab()
    await signIn(tab)
    return tab
  })
  /** Lets time pass for the server and for the tabs, as if the computer slept. */
  .extend('pass', ({ clock }) => async (seconds: number, ...tabs: Page[]) => {
    clock.advance(seconds)
    for (const tab of tabs) await tab.clock.fastForward(seconds * 1000)
  })

describe.skipIf(!hasChromium)('the client in a real browser', () => {
  test('signs in, and returns to the page with its query and fragment', async ({
    openTab,
    site,
    received,
  }) => {
    const tab = await openTab('/app?tab=2')
    await status(tab, 'signed-out')
    await tab.evaluate(() => (location.hash = 'details'))
    await signIn(tab)

    expect(tab.url()).toMatch(`${site.origin}/app?tab=2&`)
    expect(tab.url()).toMatch(/#details$/)
    expect(await tab.evaluate(() => window.session.current)).toEqual({
      status: 'signed-in',
      user: { name: 'Alex Rivera' },
    })
    expect(received.filter(({ path }) => path === '/session')).toEqual([
      { method: 'GET', path: '/session', csrf: '1' },
      { method: 'GET', path: '/session', csrf: '1' },
    ])
  })

  test('sends no request if the server has put the session into the page', async ({
    openTab,
    received,
    tab: first,
  }) => {
    await first.close()
    received.length = 0
    const tab = await openTab('/rendered')

    expect(await tab.evaluate(() => window.statuses)).toEqual(['signed-in'])
    expect(received).toEqual([])
    expect(await tab.evaluate(() => window.session.secondsLeft())).toBeGreaterThan(
      IDLE_SECONDS - 60,
    )
  })

  test('all tabs show a sign-in, an extension and a sign-out', async ({ openTab, pass, tab }) => {
    const other = await openTab()
    await status(other, 'signed-in')
    await pass(IDLE_SECONDS - 60, tab, other)
    // The clocks of the tabs do not advance at the same moment, so a tab can warn twice.
    const lastWarning = (page: Page) => page.evaluate(() => window.warnings.at(-1))
    await expect.poll(() => lastWarning(other), PATIENT).toBe('soon')
    await expect.poll(() => lastWarning(tab), PATIENT).toBe('soon')

    await tab.evaluate(() => window.session.extend())
    await expect.poll(() => lastWarning(other), PATIENT).toBe('over')
    expect(await lastWarning(tab)).toBe('over')
    expect(await other.evaluate(() => window.session.secondsLeft())).toBeGreaterThan(
      IDLE_SECONDS - 60,
    )

    await tab.evaluate(() => void window.session.logout())
    await status(other, 'signed-out')
    await tab.waitForURL((url) => url.pathname !== '/app')

    const third = await openTab()
    await signIn(third)
    await status(other, 'signed-in')
  })

  test('asks the server before it warns, because other requests extend the session', async ({
    clock,
    context,
    pass,
    received,
    site,
    tab,
  }) => {
    clock.advance(IDLE_SECONDS / 2 + 60)
    // The guard of a page starts the idle time again.
    await context.request.get(`${site.origin}/guarded`)
    received.length = 0
    await tab.clock.fastForward((IDLE_SECONDS - 60) * 1000)
    await expect.poll(() => received, PATIENT).toHaveLength(1)
    expect(await tab.evaluate(() => window.warnings)).toEqual([])

    // Nothing extends it now.
    await pass(IDLE_SECONDS - 60, tab)
    await expect.poll(() => tab.evaluate(() => window.warnings), PATIENT).toHaveLength(1)
  })

  test('a system clock that is set back does not hide the end of the session', async ({
    clock,
    tab,
  }) => {
    await tab.clock.setSystemTime(Date.now() - 86_400_000)
    clock.advance(IDLE_SECONDS + 1)
    await tab.clock.fastForward((IDLE_SECONDS + 1) * 1000)

    await status(tab, 'expired')
  })

  test('nothing that the user has typed is lost when the session expires', async ({
    openTab,
    pass,
    received,
    tab,
  }) => {
    await tab.locator('#note').fill('Water the plants')
    await pass(IDLE_SECONDS + 1, tab)
    await status(tab, 'expired')
    received.length = 0

    const error = await tab.evaluate(() =>
      window.session
        .fetch('/api/notes', {
          method: 'POST',
          body: document.querySelector<HTMLInputElement>('#note')!.value,
        })
        .then(
          () => undefined,
          (found: unknown) =>
            found instanceof window.client.LoginRequired && {
              code: found.code,
              url: found.loginUrl,
            },
        ),
    )
    expect(error).toMatchObject({ code: 'login_required' })
    expect(received.filter(({ path }) => path === '/api/notes')).toEqual([
      { method: 'POST', path: '/api/notes', csrf: '1' },
    ])

    // The user signs in in another tab, and continues here.
    await signIn(await openTab())
    await status(tab, 'signed-in')
    const saved = await tab.evaluate(async () => {
      const body = document.querySelector<HTMLInputElement>('#note')!.value
      return (await window.session.fetch('/api/notes', { method: 'POST', body })).json() as unknown
    })
    expect(saved).toEqual({ saved: 'Water the plants' })
  })

  test('offline keeps the last state and says so', async ({ context, tab }) => {
    await context.setOffline(true)
    await expect
      .poll(() => tab.evaluate(() => window.session.current.error?.code), PATIENT)
      .toBe('offline')
    expect(
      await tab.evaluate(() => [window.session.current.status, window.session.current.user]),
    ).toEqual(['signed-in', { name: 'Alex Rivera' }])
    expect(
      await tab.evaluate(() => window.session.get().catch((error: Error) => error.message)),
    ).toBe('/session cannot be reached.')

    await context.setOffline(false)
    await expect
      .poll(() => tab.evaluate(() => window.session.current), PATIENT)
      .toEqual({ status: 'signed-in', user: { name: 'Alex Rivera' } })
  })

  test('a tab that the user comes back to asks the server again, but not each time', async ({
    received,
    tab,
  }) => {
    received.length = 0
    await tab.evaluate(() => dispatchEvent(new Event('focus')))
    await tab.clock.fastForward(31_000)
    await tab.evaluate(async () => {
      dispatchEvent(new Event('focus'))
      document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
      // It shares the request.
      await window.session.get()
    })
    await tab.evaluate(() => dispatchEvent(new Event('focus')))

    expect(received).toHaveLength(1)
  })

  describe('session.fetch', () => {
    test('does not touch other responses', async ({ tab }) => {
      const results = await tab.evaluate(async () => {
        const paths = [
          '/api/upstream-401',
          '/api/imitated-401',
          '/api/foreign-url-401',
          '/api/html-401',
          '/api/403',
          '/api/500',
        ]
        return Promise.all(paths.map(async (path) => (await window.session.fetch(path)).status))
      })

      expect(results).toEqual([401, 401, 401, 401, 403, 500])
    })

    test('sends the header only to the own origin, and rejects with the errors of fetch', async ({
      tab,
    }) => {
      const server = createServer((req, res) => {
        const { 'access-control-request-headers': asked = '' } = req.headers
        res.writeHead(401, {
          'access-control-allow-origin': '*',
          'access-control-expose-headers': '*',
          asked,
          csrf: req.headers['x-csrf'] ?? 'none',
        })
        res.end('{"error":"login_required","loginUrl":"/login"}')
      })
      const foreign = await listen(server)
      const result = await tab.evaluate(async (url) => {
        const response = await window.session.fetch(url)
        return [response.status, response.headers.get('csrf'), response.headers.get('asked')]
      }, foreign)
      await close(server)

      expect(result).toEqual([401, 'none', ''])
      await expect(tab.evaluate((url) => window.session.fetch(url), foreign)).rejects.toThrow(
        'Failed to fetch',
      )
    })

    test('rejects with the sign-in for consent, although the user is signed in', async ({
      provider,
      tab,
    }) => {
      const url = await tab.evaluate(async () => {
        const error: unknown = await window.session
          .fetch('/api/mails')
          .catch((found: unknown) => found)
        if (!(error instanceof window.client.LoginRequired)) return 'no error'
        void window.session.login(error)
        return error.code
      })
      expect(url).toBe('interaction_required')

      await tab.getByRole('button', { name: /accept/i }).click()
      await status(tab, 'signed-in')
      expect(
        await tab.evaluate(async () => (await window.session.fetch('/api/mails')).status),
      ).toBe(200)
      expect(
        provider.requests.filter(({ endpoint }) => endpoint === 'token').length,
      ).toBeGreaterThan(1)
    })

    test('goes to the sign-in by itself only with the option, and not in a loop', async ({
      openTab,
    }) => {
      const tab = await openTab('/app', { onLoginRequired: 'redirect' })
      await status(tab, 'signed-out')
      await tab.evaluate(() => void window.session.fetch('/api/notes', { method: 'POST' }))
      await tab.getByRole('button', { name: /Alex/ }).waitFor()
      await tab.goBack()
      await status(tab, 'signed-out')

      const again = await tab.evaluate(() =>
        window.session.fetch('/api/notes', { method: 'POST' }).catch((error: Error) => error.name),
      )
      expect(again).toBe('LoginRequired')
    })

    test('goes to the consent by itself right after a sign-in', async ({ openTab }) => {
      const tab = await openTab('/app', { onLoginRequired: 'redirect' })
      await status(tab, 'signed-out')
      await tab.evaluate(() => void window.session.fetch('/api/notes', { method: 'POST' }))
      await finishSignIn(tab, signedIn(tab))

      await tab.evaluate(() => void window.session.fetch('/api/mails'))

      await tab.getByRole('button', { name: /accept/i }).waitFor()
    })
  })

  test('signs out below the headers of Helmet', async ({ context, openTab, tab: first }) => {
    await first.close()
    const tab = await openTab('/helmet')
    await status(tab, 'signed-in')
    await tab.evaluate(() => void window.session.logout())
    await tab.waitForURL((url) => url.pathname !== '/helmet')

    const names = (await context.cookies()).map(({ name }) => name)
    expect(names.filter((name) => name === 'identity')).toEqual([])
  })

  test('does not go to another origin for a sign-in', async ({ tab }) => {
    const go = (loginUrl: string): Promise<string> =>
      tab.evaluate(
        (url) =>
          window.session.login({ loginUrl: url }).then(
            () => 'went',
            (error: Error) => error.message,
          ),
        loginUrl,
      )

    expect(await go('https://evil.example/login')).toBe(
      'https://evil.example/login has another origin.',
    )
    expect(await go('javascript:alert(1)')).toBe('javascript:alert(1) has another origin.')
  })

  test('says what to change if a response is not a session', async ({ openTab }) => {
    const tab = await openTab('/app')
    const errorOf = (path: string): Promise<string> =>
      tab.evaluate(async (at) => {
        const broken = window.client.createSession({ path: at })
        const error: unknown = await broken.get().catch((found: unknown) => found)
        const { current } = broken
        if (!(error instanceof window.client.SessionError)) return 'no error'
        return `${error.code} ${current.status} ${String(current.error === error)} ${error.message}`
      }, path)
    const hint =
      'Set Auth({ browser }) and createSession({ path }). In development, forward this path to the server.'

    expect(await errorOf('/missing')).toBe(
      `configuration loading true /missing returned 404. ${hint}`,
    )
    expect(await errorOf('/app')).toBe(
      `configuration loading true /app returned no session. ${hint}`,
    )
    expect(await errorOf('/elsewhere')).toBe(
      `configuration loading true /elsewhere returned a redirect. ${hint}`,
    )
    expect(await errorOf('/api/403')).toBe(
      'configuration loading true /api/403 returned 403. Open the page at the origin of redirectUri, or add its origin to Auth({ trustedOrigins }).',
    )
    expect(await errorOf('/api/500')).toBe('unavailable loading true /api/500 returned 500.')
  })

  test('asks again after 30 seconds if the server is not available', async ({
    openTab,
    received,
  }) => {
    const tab = await openTab('/app', { path: '/api/500' })
    await expect
      .poll(() => tab.evaluate(() => window.session.current.error?.code), PATIENT)
      .toBe('unavailable')
    received.length = 0
    await tab.clock.fastForward(30_000)

    await expect
      .poll(() => received, PATIENT)
      .toEqual([{ method: 'GET', path: '/api/500', csrf: '1' }])
  })

  test('React takes over the page of the server without a change', async ({
    context,
    site,
    tab,
  }) => {
    await tab.close()
    const page = await context.newPage()
    const errors: string[] = []
    page.on('console', (message) => {
      if (message.type() !== 'info' && message.type() !== 'log') errors.push(message.text())
    })
    page.on('pageerror', (error) => errors.push(error.message))
    await page.goto(`${site.origin}/react`)
    await page.locator('p[data-ready]').waitFor()

    expect(
      await page.evaluate(() => document.querySelector('p') === Reflect.get(window, 'before')),
    ).toBe(true)
    expect(await page.locator('p').innerText()).toBe('signed-in: Alex Rivera')
    expect(errors).toEqual([])
    await tab.context().clearCookies({ name: 'identity' })
    await page.getByRole('button').click()
    await page.getByText('expired: nobody').waitFor()
  })
})

/** The tests share two cores with others. */
const PATIENT = { timeout: 30_000 }

async function signIn(tab: Page): Promise<void> {
  await status(tab, ['signed-out', 'expired'])
  await tab.evaluate(() => void window.session.login())
  await finishSignIn(tab, signedIn(tab))
}

function signedIn(tab: Page): Locator {
  return tab.getByText('signed-in', { exact: true })
}

async function status(tab: Page, expected: string | readonly string[]): Promise<void> {
  const names = new RegExp(`^(${[expected].flat().join('|')})$`)
  await tab.locator('output').getByText(names).waitFor()
}

function declareRoutes({ app, auth }: Site, bundle: string): void {
  const show = (res: Response, initial: unknown): void => void res.send(pageOf(initial))
  declarePublic(app, bundle, show)
  app.get('/rendered', async (req, res) => show(res, await auth.browserSession(req)))
  app.get(
    '/guarded',
    auth.loginRequired((_req, res) => void res.send('in')),
  )
  app.post(
    '/api/notes',
    auth.loginRequired(async (req, res) => void res.json({ saved: await textOf(req) })),
  )
  app.get(
    '/api/mails',
    auth.loginRequired({ scopes: ['Mail.Read'] }, (_req, res) => void res.json([])),
  )
}

function declareReact({ app, auth }: Site, script: string): void {
  app.get('/react.js', (_req, res) => void res.type('js').send(script))
  app.get('/react', async (req, res) => {
    const session = await auth.browserSession<View>(req)
    res.send(`<!doctype html><html lang="en"><title>React</title><div id="root">${renderToString(application(session))}</div>
<script>
  window.before = document.querySelector('p')
  window.initial = ${JSON.stringify(session)}
</script>
<script src="/react.js"></script>`)
  })
}

function declarePublic(
  app: Express,
  bundle: string,
  show: (res: Response, initial: unknown) => void,
): void {
  app.get('/client.js', (_req, res) => void res.type('js').send(bundle))
  app.get('/app', (_req, res) => show(res, null))
  app.get('/helmet', (_req, res) => {
    res.set('content-security-policy', "form-action 'self'").set('referrer-policy', 'no-referrer')
    show(res, null)
  })
  app.get('/elsewhere', (_req, res) => res.redirect('/app'))
  declareErrors(app)
}

function pageOf(initial: unknown): string {
  return `<!doctype html><html lang="en"><title>Notes</title><label>Note <input id="note"></label><output></output>
<script src="/client.js"></script>
<script>
  window.client = client
  const options = JSON.parse(new URLSearchParams(location.search).get('options') ?? '{}')
  var session = client.createSession({ ...options, initial: ${JSON.stringify(initial)} })
  window.statuses = []
  window.warnings = []
  session.subscribe(({ status }) => {
    statuses.push(status)
    document.querySelector('output').textContent = status
  })
  session.onExpiring(({ secondsLeft, canExtend }) => {
    warnings.push(secondsLeft <= 60 && canExtend ? 'soon' : 'wrong')
    return () => warnings.push('over')
  })
</script>`
}

async function textOf(req: Request): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of req) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}
