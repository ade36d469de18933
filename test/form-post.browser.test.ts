import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startDevProvider, type DevProvider } from 'identity-web-dev'
import { startSite, type Site } from '../packages/identity-web/test/support/site.ts'
import { hasChromium, launchChromium } from './chromium.ts'

// Whether a browser brings the flow's cookie along is a matter of its own rules (SameSite, Secure on localhost).
describe.skipIf(!hasChromium)('a form post across sites in a real browser', () => {
  let provider: DevProvider
  let site: Site
  let browser: Browser

  beforeAll(async () => {
    // Another site than localhost, so that the post is a cross-site one.
    provider = await startDevProvider({ host: '127.0.0.1' })
    site = await startSite(provider, () => ({ responseMode: 'form_post' }))
    browser = await launchChromium()
  })
  afterAll(async () => {
    await browser.close()
    await site.close()
    await provider.close()
  })

  test('signs in and stays signed in', async () => {
    const page = await browser.newPage()
    await page.goto(`${site.origin}/other`)
    expect(new URL(page.url()).hostname).toBe('127.0.0.1')

    await page.getByRole('button', { name: /Alex/ }).click()
    await page.waitForURL(`${site.origin}/other`)
    expect(await page.locator('body').innerText()).toContain('Alex Rivera')

    await page.goto(`${site.origin}/`)
    expect(await page.locator('body').innerText()).toContain('Alex Rivera')
    expect(provider.requests.filter(({ endpoint }) => endpoint === 'token')).toHaveLength(1)
  })
})
