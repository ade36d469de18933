import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { hasChromium, launchChromium } from '../../../test/chromium.js'
import { startDevProvider, type DevProvider } from '../src/index.js'
import { authorizeUrl, claimsOf, redeem } from './support/flow.js'

const DOMAIN = 'fabrikamb2c.onmicrosoft.com'

describe.skipIf(!hasChromium)('the pages of user flows, in Chromium', () => {
  let provider: DevProvider
  let browser: Browser
  let context: BrowserContext
  let page: Page
  let app: Server
  let redirectUri: string
  const complaints: string[] = []

  beforeAll(async () => {
    provider = await startDevProvider()
    app = createServer((_request, response) => {
      response.setHeader('content-type', 'text/html')
      response.end('<title>The app</title><h1>The app</h1>')
    })
    await new Promise<void>((resolve) => app.listen(0, 'localhost', resolve))
    redirectUri = `http://localhost:${(app.address() as AddressInfo).port}/callback`
    browser = await launchChromium()
  }, 30_000)

  beforeEach(async () => {
    provider.reset()
    complaints.length = 0
    context = await browser.newContext()
    page = await context.newPage()
    page.on('console', (message) => {
      const isOurs = message.location().url.startsWith(provider.origin)
      if (message.type() === 'error' && isOurs) complaints.push(message.text())
    })
  })

  afterEach(async () => {
    await context.close()
    if (complaints.length > 0) throw new Error(complaints.join('\n'))
  })

  afterAll(async () => {
    await browser.close()
    await provider.close()
    app.closeAllConnections()
    await new Promise((resolve) => app.close(resolve))
  })

  const visit = (policy: string) =>
    page.goto(
      authorizeUrl(provider, { scope: 'openid', redirect_uri: redirectUri }, `${DOMAIN}/${policy}`)
        .href,
    )

  const arrive = async (): Promise<URLSearchParams> => {
    await page.getByRole('heading', { name: 'The app' }).waitFor()
    return new URL(page.url()).searchParams
  }

  const nameIn = async (params: URLSearchParams, policy: string): Promise<unknown> => {
    const { body } = await redeem(
      provider,
      params.get('code') ?? '',
      { redirect_uri: redirectUri },
      `${DOMAIN}/${policy}`,
    )
    return claimsOf(body.id_token)['name']
  }

  test.each([
    ['#forgotPassword', 'AADB2C90118'],
    ['#cancel', 'AADB2C90091'],
  ])('%s returns to the app', async (button, code) => {
    await visit('B2C_1_susi')
    await page.locator(button).click()

    expect((await arrive()).get('error_description')).toContain(code)
  })

  test('a customer signs up, edits the name with the keyboard, and resets the password', async () => {
    await visit('B2C_1_susi')
    await page.getByRole('button', { name: 'Sign up now' }).click()
    await page.getByLabel('Email address').fill('zoe@new.example')
    await page.getByLabel('Display name').fill('Zoe Quinn')
    await page.keyboard.press('Enter')
    expect(await nameIn(await arrive(), 'B2C_1_susi')).toBe('Zoe Quinn')

    await visit('B2C_1_edit')
    await page.getByLabel('Display name').fill('Zoe Q.')
    await page.keyboard.press('Enter')
    expect(await nameIn(await arrive(), 'B2C_1_edit')).toBe('Zoe Q.')

    await visit('B2C_1_reset')
    await page.getByLabel('Account').selectOption({ label: 'Lee Park (lee@shopper.example)' })
    await page.getByRole('button', { name: 'Continue' }).click()
    expect(await nameIn(await arrive(), 'B2C_1_reset')).toBe('Lee Park')
  })

  test('Cancel works on a page with empty fields', async () => {
    await visit('B2C_1_susi')
    await page.locator('#createAccount').click()
    await page.locator('#cancel').click()

    expect((await arrive()).get('error')).toBe('access_denied')
  })
})
