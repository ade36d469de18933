import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { hasChromium } from './chromium.ts'
import { demoTest } from './demo.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const screenshots = `${root}.artifacts/demo/`

mkdirSync(screenshots, { recursive: true })

const test = demoTest([], { PORT: '5300' })

const shoot = (page: Page, name: string): Promise<unknown> =>
  page.screenshot({ path: `${screenshots}${name}.png`, fullPage: true })

describe.skipIf(!hasChromium)('the demo in a real browser', () => {
  test('a person signs in, sees their claims, calls an API with consent on the way, and signs out', async ({
    page,
    url,
  }) => {
    await page.goto(url)
    await shoot(page, '1-picker')
    expect(await page.title()).toMatch(/pick|account|sign in/i)
    await page.getByRole('button', { name: /Alex/ }).click()
    await page.getByRole('button', { name: /accept/i }).click()

    await page.getByRole('heading', { name: /Hello, Alex/ }).waitFor()
    await shoot(page, '2-signed-in')
    expect(new URL(page.url()).pathname).toBe('/')
    expect(await page.getByRole('rowheader', { name: 'sub', exact: true }).count()).toBe(1)

    await page.getByRole('link', { name: 'Call an API' }).click()
    await page.getByText('User.Read').first().waitFor()
    await shoot(page, '3-consent')
    await page.getByRole('button', { name: /accept/i }).click()

    await page.getByText('"displayName"').waitFor()
    await shoot(page, '4-api')
    expect(await page.locator('pre').innerText()).toContain('"displayName": "Alex')

    await page.getByRole('link', { name: 'Home' }).click()
    await page.getByRole('link', { name: 'Sign out' }).click()
    await page.waitForURL(/\/authorize/)
    await shoot(page, '5-signed-out')
    expect((await page.context().cookies(url)).filter(({ name }) => name === 'identity')).toEqual(
      [],
    )
  })

  test('a person who declines the consent sees a calm page and finds a way on', async ({
    page,
    url,
  }) => {
    await page.goto(`${url}/call_api`)
    await page.getByRole('button', { name: /Sam/ }).click()
    await page.getByRole('button', { name: /cancel|decline/i }).click()

    await page.getByRole('heading', { name: 'You were not signed in' }).waitFor()
    await shoot(page, '6-declined')
    expect(await page.getByRole('link', { name: 'Try again' }).count()).toBe(1)
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Try again')
  })
})
