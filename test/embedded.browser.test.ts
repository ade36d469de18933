import { readFileSync } from 'node:fs'
import express from 'express'
import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { SESSION_SECRET } from '../packages/identity-web/test/support/site.ts'
import { test as base } from './support/https-fixtures.ts'
import { hasChromium, launchChromium } from './chromium.ts'
import { serveTab } from './embedded/tab.ts'

const test = base
  // Chromium as it is with the setting "Block third-party cookies".
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
  .extend('strictPage', async ({}, { onCleanup }): Promise<Page> => {
    const browser = await launchChromium(['--test-third-party-cookie-phaseout'])
    onCleanup(() => browser.close())
    return (await browser.newContext({ ignoreHTTPSErrors: true })).newPage()
  })
  .extend('tab', async ({ openHttps, provider }) => {
    const app = express()
    const origin = `https://app.localhost:${await openHttps(app)}`
    provider.register({ redirectUris: [`${origin}/redirect`] })
    const options = {
      authority: provider.authority(),
      clientId: provider.app.clientId,
      clientCredential: provider.app.clientSecret,
      redirectUri: `${origin}/redirect`,
      session: { secret: SESSION_SECRET },
      logger: false,
    } as const
    serveTab(app, options)
    // A cookie that is not partitioned, to see that the browser blocks it.
    app.get('/control', (req, res) => {
      res.cookie('control', '1', { sameSite: 'none', secure: true })
      res.send(req.headers.cookie ?? 'no cookies')
    })
    return { origin }
  })
  .extend('openFrame', ({ openHttps, strictPage, tab }) => async (host: string, path: string) => {
    const app = express()
    app.get('/', (_req, res) => {
      res.send(`<!doctype html><title>Host</title><iframe src="${tab.origin}${path}"></iframe>`)
    })
    await strictPage.goto(`https://${host}:${await openHttps(app)}/`)
    return strictPage.frameLocator('iframe')
  })

describe.skipIf(!hasChromium)('an application in an iframe of another site', () => {
  test('does not get other cookies, because the browser blocks them', async ({
    openFrame,
    strictPage,
  }) => {
    for (let count = 0; count < 2; count++) {
      const frame = await openFrame('teams.localhost', '/control')
      expect(await frame.locator('body').innerText()).toBe('no cookies')
    }
    expect(await strictPage.context().cookies()).toEqual([])
  })

  test('signs in through a pop-up window, and keeps its session in the partition of the site', async ({
    openFrame,
    strictPage,
    tab,
  }) => {
    const frame = await openFrame('teams.localhost', '/tab')
    const opened = strictPage.waitForEvent('popup')
    await frame.getByRole('button', { name: 'Sign in' }).click()
    const popup = await opened
    await popup.getByRole('button', { name: /Alex/ }).click()

    await frame.getByText('Hello, Alex Rivera').waitFor()
    expect(popup.isClosed()).toBe(true)
    // The session continues when the host loads the tab again.
    await strictPage.reload()
    await frame.getByText('Hello, Alex Rivera').waitFor()

    const session = (await strictPage.context().cookies()).filter(({ name }) =>
      name.startsWith('__Host-identity'),
    )
    expect(session.map(({ partitionKey }) => partitionKey)).toEqual(
      session.map(() => 'https://teams.localhost'),
    )
    expect(session.length).toBeGreaterThan(0)

    // Another host does not get the session of this partition.
    const other = await openFrame('other.localhost', '/tab')
    await other.getByRole('button', { name: 'Sign in' }).waitFor()
    // Neither does the application itself. The user has a session at the provider, so its own session starts without a page.
    await strictPage.goto(`${tab.origin}/tab`)
    await strictPage.getByRole('button', { name: 'Sign in' }).waitFor()
    await strictPage.goto(`${tab.origin}/me`)
    await strictPage.getByText('"name":"Alex Rivera"').waitFor()
  })

  test('only redirects to a sign-in that it started', async ({ strictPage, tab, provider }) => {
    await strictPage.goto(`${tab.origin}/tab`)
    const popup = await strictPage.evaluate(async () => {
      const signIn = await fetch('/sign-in', { method: 'POST' })
      return ((await signIn.json()) as { popup: string }).popup
    })
    const own = new URL(popup, tab.origin)
    const visit = async (to: string): Promise<string> => {
      own.searchParams.set('url', to)
      return strictPage.evaluate(async (href) => {
        const { status, type } = await fetch(href, { redirect: 'manual' })
        return type === 'opaqueredirect' ? 'redirect' : String(status)
      }, own.href)
    }
    const url = own.searchParams.get('url') ?? ''
    // The provider would send the browser to the other application, or to a page of its choice.
    const otherClient = new URL(url)
    otherClient.searchParams.set('client_id', 'other')
    const logout = `${provider.authority()}/oauth2/v2.0/logout?post_logout_redirect_uri=https://evil.example/`

    expect(await visit(url)).toBe('redirect')
    for (const foreign of ['https://evil.example/', otherClient.href, logout])
      expect([foreign, await visit(foreign)]).toEqual([foreign, '400'])
  })
})

test.for([
  ['tab.ts', /#region guide\n(.*?)\n *\/\/ #endregion/s, 2],
  ['tab.html', /<script>\n(.*?)\n *<\/script>/s, 4],
  ['callback.html', /<script>\n(.*?)\n *<\/script>/s, 4],
] as const)('docs/embedded.md shows %s', ([name, pattern, indent]) => {
  const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8')
  const [, region = 'nothing'] = pattern.exec(read(`./embedded/${name}`)) ?? []

  const lines = region.split('\n').map((line) => line.replace(' '.repeat(indent), ''))
  expect(read('../docs/embedded.md')).toContain(lines.join('\n'))
})
