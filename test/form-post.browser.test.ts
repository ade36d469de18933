import { describe, expect, test as base } from '../packages/identity-web/test/support/fixtures.ts'
import { hasChromium } from './chromium.ts'

const test = base
  // Another site than localhost, so that the post is a cross-site one.
  .extend('providerOptions', { host: '127.0.0.1' })
  .extend('siteOptions', { responseMode: 'form_post' })

// Whether a browser brings the flow's cookie along is a matter of its own rules (SameSite, Secure on localhost).
describe.skipIf(!hasChromium)('a form post across sites in a real browser', () => {
  test('signs in and stays signed in', async ({ page, site, provider }) => {
    await page.goto(`${site.origin}/other`)
    expect(new URL(page.url()).hostname).toBe('127.0.0.1')

    await page.getByRole('button', { name: /Alex/ }).click()
    await page.getByRole('button', { name: /accept/i }).click()
    await page.waitForURL(`${site.origin}/other`)
    expect(await page.locator('body').innerText()).toContain('Alex Rivera')

    await page.goto(`${site.origin}/`)
    expect(await page.locator('body').innerText()).toContain('Alex Rivera')
    expect(provider.requests.filter(({ endpoint }) => endpoint === 'token')).toHaveLength(1)
  })
})
