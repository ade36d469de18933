import { build } from 'esbuild'
import type { Browser, Page } from 'playwright-core'
import { fileURLToPath } from 'node:url'
import { describe, expect, test as base } from '../packages/identity-web/test/support/fixtures.ts'
import { hasChromium, launchChromium } from './chromium.ts'
import { finishSignIn } from './support/session-client.ts'

// A browser keeps the pages that the user leaves, with their scripts, and shows them again for "back". Playwright turns that off.

const CLIENT = fileURLToPath(
  new URL('../packages/identity-web/src/browser/index.ts', import.meta.url),
)

const test = base
  .extend('siteOptions', { browser: { sessionView: (user) => ({ name: user.name ?? '' }) } })
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
  .extend('client', { scope: 'file' }, async ({}) => {
    const { outputFiles } = await build({
      entryPoints: [CLIENT],
      bundle: true,
      write: false,
      format: 'iife',
      globalName: 'client',
    })
    return outputFiles[0]?.text ?? ''
  })
  .extend(
    'keepingBrowser',
    { scope: 'file' },
    // oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
    async ({}, { onCleanup }): Promise<Browser> => {
      const browser = await launchChromium([], ['--disable-back-forward-cache'])
      onCleanup(() => browser.close())
      return browser
    },
  )
  .extend('app', ({ client, site }) => {
    const { app, auth } = site
    app.get('/client.js', (_req, res) => void res.type('js').send(client))
    // The server does not know the user of this page, so every cache can keep it.
    app.get('/client-page', (_req, res) => {
      res.send(`<!doctype html><html lang="en"><title>Notes</title><h1>…</h1>
<script src="/client.js"></script>
<script>
  addEventListener('pageshow', ({ persisted }) => (document.body.dataset.restored = persisted))
  client.createSession().subscribe(({ user }) => {
    document.querySelector('h1').textContent = user ? 'Hello, ' + user.name : 'Nobody is signed in'
  })
</script>`)
    })
    app.get(
      '/server-page',
      auth.loginRequired((_req, res, { user }) => {
        res.send(`<!doctype html><html lang="en"><title>Notes</title><h1>Hello, ${user.name}</h1>`)
      }),
    )
    app.get('/elsewhere', (_req, res) => {
      res.send('<!doctype html><html lang="en"><title>Elsewhere</title><h1>Elsewhere</h1>')
    })
    return site
  })
  /** A tab of a user who has opened a page, and then left it. */
  .extend('leave', ({ app: { origin }, keepingBrowser }, { onCleanup }) => async (path: string) => {
    const context = await keepingBrowser.newContext()
    onCleanup(() => context.close())
    context.setDefaultTimeout(60_000)
    const tab = await context.newPage()
    await tab.goto(`${origin}/server-page`)
    await finishSignIn(tab, heading(tab, 'Hello, Alex Rivera'))
    await tab.goto(origin + path)
    await heading(tab, 'Hello, Alex Rivera').waitFor()
    await tab.goto(`${origin}/elsewhere`)
    return tab
  })

describe.skipIf(!hasChromium)('"back" after a sign-out', () => {
  test('asks the server in a page that the browser has kept', async ({ app, leave }) => {
    const tab = await leave('/client-page')
    // This page has no script that would tell the kept page.
    await signOutInAnotherTab(tab, app.origin)
    // The "load" event of a page that was kept does not come again.
    await tab.goBack({ waitUntil: 'commit' })

    await heading(tab, 'Nobody is signed in').waitFor()
    expect(await tab.locator('body').getAttribute('data-restored')).toBe('true')
  })

  test('shows the same page again while the user is signed in', async ({ leave }) => {
    const tab = await leave('/client-page')
    await tab.goBack({ waitUntil: 'commit' })

    await heading(tab, 'Hello, Alex Rivera').waitFor()
    expect(await tab.locator('body').getAttribute('data-restored')).toBe('true')
  })

  test('does not show a guarded page', async ({ app, leave }) => {
    const tab = await leave('/server-page')
    await signOutInAnotherTab(tab, app.origin)
    await tab.goBack({ waitUntil: 'commit' })

    await tab.getByRole('button', { name: /Alex/ }).waitFor()
    expect(await heading(tab, 'Hello, Alex Rivera').count()).toBe(0)
  })
})

function heading(tab: Page, name: string): ReturnType<Page['getByRole']> {
  return tab.getByRole('heading', { name })
}

async function signOutInAnotherTab(tab: Page, origin: string): Promise<void> {
  const other = await tab.context().newPage()
  await other.goto(`${origin}/logout`)
  await expect.poll(() => cookieNames(other), { timeout: 60_000 }).not.toContain('identity')
  await other.close()
}

async function cookieNames(tab: Page): Promise<string[]> {
  return (await tab.context().cookies()).map(({ name }) => name)
}
