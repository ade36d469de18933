import { mkdir } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { startDevProvider, type DevProvider } from '../src/index.js'
import { ALL_IDENTITY, authorizeUrl, TODO_API } from './support/flow.js'

const PICTURES = fileURLToPath(new URL('../../../.artifacts/dev-provider/', import.meta.url))

let provider: DevProvider
let browser: Browser
let context: BrowserContext
let page: Page
let app: Server
let appOrigin: string
let appBody: URLSearchParams
const visited: string[] = []
const complaints: string[] = []

beforeAll(async () => {
  await mkdir(PICTURES, { recursive: true })
  provider = await startDevProvider()
  app = createServer((request, response) => {
    visited.push(request.url ?? '')
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      // Chromium also requests an icon.
      if (request.method === 'POST') appBody = new URLSearchParams(Buffer.concat(chunks).toString())
      response.setHeader('content-type', 'text/html')
      response.end('<title>The app</title><h1>The app</h1>')
    })
  })
  await new Promise<void>((resolve) => app.listen(0, 'localhost', resolve))
  appOrigin = `http://localhost:${(app.address() as AddressInfo).port}`
  browser = await chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}, 30_000)

beforeEach(async () => {
  provider.reset()
  complaints.length = 0
  await open()
})

afterEach(async () => {
  await context.close()
  // The console shows when a page violates its own Content-Security-Policy.
  if (complaints.length > 0) throw new Error(complaints.join('\n'))
})

afterAll(async () => {
  await browser.close()
  await provider.close()
  app.closeAllConnections()
  await new Promise((resolve) => app.close(resolve))
})

async function open(options: Parameters<Browser['newContext']>[0] = {}): Promise<void> {
  context = await browser.newContext({ viewport: { width: 900, height: 760 }, ...options })
  page = await context.newPage()
  page.on('console', (message) => {
    const isOurs = message.location().url.startsWith(provider.origin)
    // A page with the status 400 and a missing icon are expected.
    if (message.type() === 'error' && isOurs && !/Failed to load/.test(message.text())) {
      complaints.push(message.text())
    }
  })
}

const url = (params: Record<string, string> = {}): string =>
  authorizeUrl(provider, { redirect_uri: `${appOrigin}/callback`, ...params }).href

const picture = (name: string) =>
  page.screenshot({ path: `${PICTURES}${name}.png`, fullPage: true })

/** Waits until the browser is back at the app. */
async function arriveAtApp(): Promise<boolean> {
  await page.getByRole('heading', { name: 'The app' }).waitFor()
  return page.url().startsWith(appOrigin)
}

const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim() ?? '')

const SCOPE = `${ALL_IDENTITY} User.Read Mail.Send ${TODO_API}/Todos.ReadWrite`

test('the keyboard is enough to choose an account and consent', async () => {
  await page.goto(url({ scope: SCOPE }))
  expect(await page.title()).toContain('Choose an account')
  expect(await focused()).toContain('Alex Rivera')
  await page.keyboard.press('Tab')
  expect(await focused()).toContain('Robin Chen')
  await picture('1-picker')
  await page.keyboard.press('Enter')

  await page.getByRole('heading', { name: 'Permissions requested' }).waitFor()
  expect(await page.getByRole('listitem').count()).toBe(7)
  await picture('2-consent')
  await page.keyboard.press('Enter')

  expect(await arriveAtApp()).toBe(true)
  expect(new URL(page.url()).searchParams.has('code')).toBe(true)
})

test('Cancel on the consent page returns an error to the app', async () => {
  await page.goto(url({ scope: SCOPE, response_mode: 'form_post' }))
  await page.getByRole('button', { name: 'Alex Rivera' }).click()
  await page.getByRole('button', { name: 'Cancel' }).click()

  expect(await arriveAtApp()).toBe(true)
  expect(appBody.get('error')).toBe('access_denied')
})

test('form_post submits itself', async () => {
  await page.goto(url({ response_mode: 'form_post' }))
  await page.getByRole('button', { name: 'Alex Rivera' }).click()

  expect(await arriveAtApp()).toBe(true)
  expect(appBody.get('code')).toBeTruthy()
  expect(page.url()).toBe(`${appOrigin}/callback`)
})

test('form_post has a button without scripts', async () => {
  await context.close()
  await open({ javaScriptEnabled: false })
  await page.goto(url({ response_mode: 'form_post' }))
  await page.getByRole('button', { name: 'Alex Rivera' }).click()
  await picture('3-form-post')
  await page.getByRole('button', { name: 'Continue' }).click()

  expect(await arriveAtApp()).toBe(true)
  expect(appBody.get('code')).toBeTruthy()
})

test('an account of another tenant is rejected, and the user can choose another one', async () => {
  await page.goto(url())
  await page.getByText('Accounts of other tenants').click()
  await picture('4-elsewhere')
  await page.getByRole('button', { name: 'Jo Tanaka' }).click()
  await page.getByText('AADSTS50020').waitFor()
  await picture('5-rejected')
  await page.getByRole('button', { name: 'Use another account' }).click()
  await page.getByRole('button', { name: 'Alex Rivera' }).click()

  expect(await arriveAtApp()).toBe(true)
})

test('sign-out asks for the account and confirms the sign-out', async () => {
  for (const name of ['Alex Rivera', 'Robin Chen']) {
    await page.goto(url({ prompt: 'select_account' }))
    await page.getByRole('button', { name }).click()
    expect(await arriveAtApp()).toBe(true)
  }
  await page.goto(`${provider.authority()}/oauth2/v2.0/logout`)
  await picture('6-sign-out')
  await page.getByRole('button', { name: 'Robin Chen' }).click()
  await page.getByRole('heading', { name: 'You signed out' }).waitFor()
  await picture('7-signed-out')

  await page.goto(
    `${provider.authority()}/oauth2/v2.0/logout?post_logout_redirect_uri=${appOrigin}/`,
  )
  expect(await arriveAtApp()).toBe(true)
})

test('the sign-out picker can lead back to the app', async () => {
  for (const name of ['Alex Rivera', 'Robin Chen']) {
    await page.goto(url({ prompt: 'select_account' }))
    await page.getByRole('button', { name }).click()
    expect(await arriveAtApp()).toBe(true)
  }
  await page.goto(
    `${provider.authority()}/oauth2/v2.0/logout?post_logout_redirect_uri=${appOrigin}/`,
  )
  await page.getByRole('button', { name: 'Robin Chen' }).click()

  expect(await arriveAtApp()).toBe(true)
})

test('front-channel sign-out notifies the app and returns to it', async () => {
  const other = await startDevProvider({
    config: {
      apps: [
        { ...provider.app, frontChannelLogoutUri: `${appOrigin}/front-channel?from=provider` },
      ],
    },
  })
  await page.goto(authorizeUrl(other, { redirect_uri: `${appOrigin}/callback` }).href)
  await page.getByRole('button', { name: 'Alex Rivera' }).click()
  expect(await arriveAtApp()).toBe(true)
  const sid = new URL(page.url()).searchParams.get('session_state')
  visited.length = 0
  await page.goto(
    `${other.authority()}/oauth2/v2.0/logout?post_logout_redirect_uri=${appOrigin}/bye`,
  )

  await page.waitForURL(`${appOrigin}/bye`)
  expect(visited).toContain(`/front-channel?from=provider&sid=${sid}`)
  await other.close()
})

test('a user enters and approves a device code', async () => {
  const response = await fetch(`${provider.authority()}/oauth2/v2.0/devicecode`, {
    method: 'POST',
    body: new URLSearchParams({ client_id: provider.app.clientId, scope: SCOPE }),
  })
  const device = (await response.json()) as { user_code: string; verification_uri: string }
  await page.goto(device.verification_uri)
  await page.getByLabel('Code').fill('WRONG')
  await page.keyboard.press('Enter')
  await page.getByText('That code did not work').waitFor()
  await picture('8-device-code')
  await page.getByLabel('Code').fill(device.user_code)
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByRole('button', { name: 'Alex Rivera' }).click()
  await page.getByText('on another device').waitFor()
  await page.getByRole('button', { name: 'Continue' }).click()

  await page.getByRole('heading', { name: 'You are signed in' }).waitFor()
  expect(await page.title()).toContain('You are signed in')
})

test('permissions for administrators and errors have pages', async () => {
  await page.goto(url({ scope: 'openid Directory.Read.All' }))
  await page.getByRole('button', { name: 'Alex Rivera' }).click()
  await page.getByRole('heading', { name: 'Administrator approval needed' }).waitFor()
  await picture('9-admin')
  await page.goto(url({ redirect_uri: 'https://evil.example/' }))
  await page.getByText('AADSTS50011').waitFor()
  await picture('10-error')
  expect(await page.title()).toContain('The request failed')
})

test('pages fit a dark phone screen', async () => {
  await context.close()
  await open({ viewport: { width: 360, height: 640 }, colorScheme: 'dark' })
  await page.goto(url({ scope: SCOPE }))
  await picture('11-dark-picker')
  await page.getByRole('button', { name: 'Kim Larsen' }).click()
  await page.getByRole('heading', { name: 'Permissions requested' }).waitFor()
  await picture('12-dark-consent')
  await page.goto(provider.origin)
  await picture('13-home')

  const isTooWide = await page.evaluate(
    () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
  )
  expect(isTooWide).toBe(false)
})
