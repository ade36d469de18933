import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { test as base } from '../../packages/dev-provider/test/support/fixtures.ts'
import { hasChromium } from '../chromium.ts'
import { expectPicture } from '../screenshots/picture.ts'
import { SMALL } from '../screenshots/windows.ts'
import { finishSignIn } from '../support/session-client.ts'
import { freePort, installExample, type Project } from './support/project.ts'
import { envFile, settingsOf } from './support/serve.ts'

const RENDERED = ['vue-rendered', 'svelte-rendered']
const APPS = ['react19', 'react18', 'vue', 'svelte', ...RENDERED]
const IDLE_SECONDS = 1200
const PATIENT = { timeout: 60_000 }

/** Moves the clock of the server forward by the seconds in a file. */
const CLOCK = `import { readFileSync } from 'node:fs'
const real = Date.now
Date.now = () => real() + 1000 * Number(readFileSync('seconds', 'utf8'))
`

const test = base
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
  .extend('project', { scope: 'file' }, ({}): Project => {
    const project = installExample('browser')
    project.run(['npm', 'run', 'build'])
    return project
  })
  .extend('site', { scope: 'file' }, async ({ project, fileProvider }, { onCleanup }) => {
    const port = await freePort()
    const url = `http://localhost:${port}`
    project.write('clock.mjs', CLOCK)
    project.write('seconds', '0')
    project.write('.env', envFile(settingsOf(fileProvider.provider, `${url}/redirect`)))
    const server = await project.start(['npm', 'start'], `${url}/login`, {
      PORT: String(port),
      NODE_OPTIONS: `--import ${project.folder}/clock.mjs`,
    })
    onCleanup(() => server.close())
    return { url }
  })
  /** A context whose tabs share their cookies. */
  .extend('context', async ({ chromium, provider: _reset }, { onCleanup }) => {
    const context = await chromium.newContext()
    context.setDefaultTimeout(PATIENT.timeout)
    onCleanup(() => context.close())
    return context
  })
  .extend('openTab', ({ context, site }) => async (path: string) => {
    const tab = await context.newPage()
    await tab.clock.install()
    await tab.goto(site.url + path)
    return tab
  })
  /** Lets time pass for the server, for the provider and for the tabs. */
  .extend('pass', ({ clock, project }, { onCleanup }) => {
    let passed = 0
    onCleanup(() => project.write('seconds', '0'))
    return async (seconds: number, ...tabs: Page[]) => {
      passed += seconds
      project.write('seconds', String(passed))
      clock.advance(seconds)
      for (const tab of tabs) await tab.clock.fastForward(seconds * 1000)
    }
  })

describe.skipIf(!hasChromium).each(APPS)('%s', (app) => {
  test('signs in from a deep link, and returns to it without a request for the session', async ({
    openTab,
  }) => {
    const tab = await openTab(`/${app}/notes/7?view=all`)
    await tab.getByRole('heading', { name: 'Welcome' }).waitFor()
    await tab.evaluate(() => (location.hash = 'last'))
    const asked: string[] = []
    tab.on('request', (request) => {
      if (request.url().endsWith('/session')) asked.push(request.method())
    })
    await signIn(tab)

    expect(tab.url()).toMatch(new RegExp(`/${app}/notes/7\\?view=all#last$`))
    expect(asked).toEqual([])
  })

  test('warns all tabs, and "Stay signed in" extends the session', async ({ openTab, pass }) => {
    const tab = await openTab(`/${app}/`)
    await signIn(tab)
    const other = await openTab(`/${app}/`)
    await pass(IDLE_SECONDS - 100, tab, other)
    for (const each of [tab, other]) await each.getByRole('alert').waitFor()

    await tab.getByRole('button', { name: 'Stay signed in' }).click()
    for (const each of [tab, other]) await each.getByRole('alert').waitFor({ state: 'detached' })
    await pass(IDLE_SECONDS - 200, tab, other)
    await save(tab, 'Still here')
    await tab.getByText('Saved: Still here').waitFor()
  })

  test('keeps what the user has typed when the session expires', async ({ openTab, pass }) => {
    const tab = await openTab(`/${app}/`)
    await signIn(tab)
    await tab.getByRole('textbox', { name: 'Note' }).fill('Water the plants')
    await pass(IDLE_SECONDS + 1, tab)
    await tab.getByText('Your session has ended.').waitFor()
    await tab.getByRole('button', { name: 'Save' }).click()
    await tab.getByText('Sign in in another tab').waitFor()

    await signIn(await openTab(`/${app}/`))
    await tab.getByRole('heading', { name: 'Hello, Alex Rivera' }).waitFor()
    await tab.getByRole('button', { name: 'Save' }).click()
    await tab.getByText('Saved: Water the plants').waitFor()
  })

  test('a sign-out reaches all tabs', async ({ openTab }) => {
    const tab = await openTab(`/${app}/`)
    await signIn(tab)
    const other = await openTab(`/${app}/`)
    await other.getByRole('heading', { name: 'Hello, Alex Rivera' }).waitFor()
    await tab.getByRole('button', { name: 'Sign out' }).click()

    await other.getByRole('heading', { name: 'Welcome' }).waitFor()
    await save(other, 'Too late')
    await other.getByText('Sign in in another tab').waitFor()
  })

  test('says that the browser is offline, and recovers', async ({ context, openTab }) => {
    const tab = await openTab(`/${app}/`)
    await signIn(tab)
    await context.setOffline(true)
    await tab.getByText('You are offline.').waitFor()
    expect(await tab.getByRole('heading').innerText()).toBe('Hello, Alex Rivera')

    await context.setOffline(false)
    await tab.getByText('You are offline.').waitFor({ state: 'detached' })
  })
})

// The other pages look the same.
test.runIf(hasChromium)('looks like its picture', async ({ openPage, pass, site }) => {
  const tab = await openPage({ ...SMALL, baseURL: site.url })
  await tab.clock.install()
  await tab.goto('/react19/')
  await signIn(tab)
  await pass(IDLE_SECONDS - 100, tab)
  await tab.getByRole('alert').waitFor()

  await expectPicture(tab, 'examples/browser/screenshot.png')
})

describe.skipIf(!hasChromium).each(RENDERED)('%s, before and after its script runs', (app) => {
  test('shows the user, and keeps the page of the server', async ({ context, openTab, site }) => {
    const earlier = await openTab(`/${app}/`)
    await signIn(earlier)
    const tab = await context.newPage()
    const problems: string[] = []
    tab.on('console', (message) => problems.push(message.text()))
    tab.on('pageerror', (error) => problems.push(String(error)))
    const asked: string[] = []
    tab.on('request', (request) => asked.push(new URL(request.url()).pathname))
    let runScript: () => void = () => undefined
    const isHeld = new Promise<void>((resolve) => (runScript = resolve))
    await tab.route('**/assets/*.js', async (route) => {
      await isHeld
      await route.continue()
    })

    await tab.goto(`${site.url}/${app}/`, { waitUntil: 'commit' })
    const heading = tab.getByRole('heading', { name: 'Hello, Alex Rivera' })
    await heading.waitFor()
    await heading.evaluate((element) => element.setAttribute('data-of-server', ''))
    runScript()
    // Only the script can save a note.
    await tab.waitForLoadState('load')
    await save(tab, 'Hydrated')
    await tab.getByText('Saved: Hydrated').waitFor()

    expect(await heading.getAttribute('data-of-server')).toBe('')
    expect(problems).toEqual([])
    expect(asked).not.toContain('/session')
    await tab.getByRole('button', { name: 'Sign out' }).click()
    for (const each of [tab, earlier])
      await each.getByRole('heading', { name: 'Welcome' }).waitFor()
  })
})

async function signIn(tab: Page): Promise<void> {
  await tab.getByRole('button', { name: 'Sign in' }).click()
  await finishSignIn(tab, tab.getByRole('heading', { name: 'Hello, Alex Rivera' }))
}

async function save(tab: Page, note: string): Promise<void> {
  await tab.getByRole('textbox', { name: 'Note' }).fill(note)
  await tab.getByRole('button', { name: 'Save' }).click()
}
