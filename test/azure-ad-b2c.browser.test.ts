import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect } from 'vitest'
import { hasChromium } from './chromium.ts'
import { demoTest } from './demo.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const screenshots = `${root}.artifacts/azure-ad-b2c/`

mkdirSync(screenshots, { recursive: true })

const test = demoTest(['azure-ad-b2c'], { PORT: '5400' }).extend(
  'shoot',
  ({ page }) =>
    (name: string): Promise<unknown> =>
      page.screenshot({ path: `${screenshots}${name}.png`, fullPage: true }),
)

describe.skipIf(!hasChromium)('Azure AD B2C in a real browser', () => {
  test('a person who forgot their password sets a new one and is on the page that they wanted', async ({
    page,
    url,
    shoot,
  }) => {
    await page.goto(`${url}/?wanted=1`)
    await shoot('1-sign-in')
    await page.getByText(/forgot your password/i).click()
    await page.getByLabel('Account').selectOption({ label: 'Mia Santos (mia@shopper.example)' })
    await shoot('2-reset')
    await page.getByRole('button', { name: /continue/i }).click()

    await page.getByRole('heading', { name: /Hello, Mia/ }).waitFor()
    await shoot('3-signed-in')
    expect(page.url()).toBe(`${url}/?wanted=1`)
    expect(await page.getByRole('row', { name: /tfp/ }).innerText()).toContain('B2C_1_reset')
  })

  test('a person edits their profile, and sees the new name in the session that they left', async ({
    page,
    url,
    shoot,
  }) => {
    await page.goto(url)
    await page.getByRole('button', { name: /Lee/ }).click()
    await page.getByRole('link', { name: 'Edit your profile' }).click()
    await page.getByLabel(/display name/i).fill('Lee P.')
    await shoot('4-edit')
    await page.getByRole('button', { name: /continue/i }).click()

    await page.getByRole('heading', { name: 'Hello, Lee P.' }).waitFor()
    expect(page.url()).toBe(`${url}/`)
    expect(await page.getByRole('row', { name: /tfp/ }).innerText()).toContain('B2C_1_susi')
  })

  test('a person who gives up editing is back, unchanged', async ({ page, url }) => {
    await page.goto(url)
    await page.getByRole('button', { name: /Mia/ }).click()
    await page.getByRole('link', { name: 'Edit your profile' }).click()
    await page.getByRole('button', { name: /cancel/i }).click()

    await page.getByRole('heading', { name: /Hello, Mia/ }).waitFor()
    expect(page.url()).toBe(`${url}/`)
  })
})
