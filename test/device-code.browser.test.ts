import { deviceCode } from 'identity-web/device-code'
import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { describe, expect, test as base } from '../packages/identity-web/test/support/fixtures.ts'
import { hasChromium } from './chromium.ts'

const screenshots = fileURLToPath(new URL('../.artifacts/device-code/', import.meta.url))

mkdirSync(screenshots, { recursive: true })

const test = base
  .extend('providerOptions', { behaviour: { deviceIntervalSeconds: 1 } })
  .extend('siteOptions', { redirectUri: undefined, signIn: deviceCode() })
  .extend('faults', (): string[] => [])
  .extend(
    'open',
    ({ openPage, site, faults }) =>
      async (path: string, options: BrowserContextOptions = {}): Promise<Page> => {
        const page = await openPage({
          permissions: ['clipboard-read', 'clipboard-write'],
          ...options,
        })
        page.on('pageerror', (error) => faults.push(error.message))
        page.on('console', (message) => {
          // The test site has no icon, which browsers ask for by themselves.
          const isIcon = message.location().url.endsWith('/favicon.ico')
          if (message.type() === 'error' && !isIcon) faults.push(message.text())
        })
        await page.goto(site.origin + path)
        return page
      },
  )

const shoot = (page: Page, name: string): Promise<unknown> =>
  page.screenshot({ path: `${screenshots}${name}.png`, fullPage: true })
const waiting = (page: Page): Promise<unknown> =>
  page.getByText('Waiting for you to enter the code').waitFor()

// What the page's own script does, under the page's own content security policy.
describe.skipIf(!hasChromium)('a sign-in with a code in a real browser', () => {
  test('the user copies the code, enters it in another tab, and the first goes on by itself', async ({
    open,
    site,
    faults,
  }) => {
    const page = await open('/other?a=1')
    await waiting(page)
    const code = await page.locator('#code').innerText()
    await shoot(page, '1-code')

    await page.getByRole('button', { name: 'Copy' }).click()
    await page.getByText('Code copied.').waitFor()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(code)

    const [other] = await Promise.all([
      page.context().waitForEvent('page'),
      page.getByRole('link', { name: /^Open localhost:\d+ \(new tab\)$/ }).click(),
    ])
    expect(await other.evaluate(() => window.opener as unknown)).toBeNull()
    expect(await other.evaluate(() => document.referrer)).toBe('')
    await other.getByLabel('Code').fill(code)
    await other.getByRole('button', { name: 'Next' }).click()
    await other.getByRole('button', { name: /Alex/ }).click()
    await other.getByText('My web app').waitFor()
    await other.getByRole('button', { name: 'Continue' }).click()
    await other.getByText('You are signed in').first().waitFor()

    await page.waitForURL(`${site.origin}/other?a=1`)
    expect(await page.locator('body').innerText()).toContain('Alex Rivera')
    expect(faults.join()).toBe('')
    const left = await page.context().cookies(`${site.origin}/login`)
    expect(left.filter(({ name }) => name.includes('flow'))).toEqual([])
  })

  test('a declined sign-in is said at once, with the focus on the way on', async ({
    open,
    provider,
    faults,
  }) => {
    const page = await open('/')
    await waiting(page)
    await provider.answerDevice(
      `${provider.authority()}/oauth2/v2.0/deviceauth`,
      await page.locator('#code').innerText(),
      { consent: false },
    )

    await page.getByText('The sign-in was declined').waitFor()
    await shoot(page, '2-declined')
    expect(await page.locator('#said').getAttribute('aria-live')).toBe('polite')
    expect(await page.locator('#code').isVisible()).toBe(false)
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Get a new code')
    await page.keyboard.press('Enter')
    await waiting(page)
    expect(faults.join()).toBe('')
  })

  test('a provider that fails is asked again, and a refusal is explained to developers', async ({
    open,
    provider,
  }) => {
    const page = await open('/')
    await waiting(page)
    provider.behave({
      faults: { token: { kind: 'error', error: 'invalid_client', status: 401, codes: [7000218] } },
    })

    await page.getByText('allow public client flows').waitFor()
    await shoot(page, '3-failed')
    expect(await page.locator('section.developer').innerText()).toContain('For developers')
  })

  test('works without scripts, too', async ({ open, provider, site }) => {
    const page = await open('/other', { javaScriptEnabled: false })
    const code = await page.locator('#code').innerText()
    await shoot(page, '4-no-script')
    expect(await page.getByRole('button', { name: 'Copy' }).isVisible()).toBe(false)

    await page.getByRole('button', { name: 'I have entered the code' }).click()
    await page.getByText('You are not signed in yet').waitFor()
    expect(await page.locator('#code').innerText()).toBe(code)
    await provider.answerDevice(`${provider.authority()}/oauth2/v2.0/deviceauth`, code)
    await page.waitForTimeout(1100)
    await page.getByRole('button', { name: 'I have entered the code' }).click()

    await page.waitForURL(`${site.origin}/other`)
  })

  test.for([
    ['dark', { colorScheme: 'dark', viewport: { width: 1000, height: 800 } }],
    ['phone', { colorScheme: 'light', viewport: { width: 320, height: 640 } }],
    ['phone-dark', { colorScheme: 'dark', viewport: { width: 320, height: 640 } }],
  ] as const)('fits: %s', async ([name, options], { open }) => {
    const page = await open('/', options)
    await waiting(page)
    await shoot(page, `5-${name}`)

    const { scrollWidth, innerWidth } = await page.evaluate(() => ({
      scrollWidth: document.documentElement.scrollWidth,
      innerWidth: window.innerWidth,
    }))
    expect(scrollWidth).toBeLessThanOrEqual(innerWidth)
    expect(await page.locator('#code').isVisible()).toBe(true)
  })
})
