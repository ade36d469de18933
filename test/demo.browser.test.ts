import { spawn, type ChildProcess } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hasChromium, launchChromium } from './chromium.ts'
import { printedUrl } from './printed-url.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const screenshots = `${root}.artifacts/demo/`

describe.skipIf(!hasChromium)('the demo in a real browser', () => {
  let demo: ChildProcess
  let browser: Browser
  let url: string

  beforeAll(async () => {
    mkdirSync(screenshots, { recursive: true })
    demo = spawn(process.execPath, ['scripts/demo.mjs'], {
      cwd: root,
      env: { ...process.env, PORT: '5300' },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    url = await printedUrl(demo)
    browser = await launchChromium()
  })
  afterAll(async () => {
    await browser.close()
    demo.kill()
  })

  const shoot = (page: Page, name: string): Promise<unknown> =>
    page.screenshot({ path: `${screenshots}${name}.png`, fullPage: true })

  test('a person signs in, sees their claims, calls an API with consent on the way, and signs out', async () => {
    const page = await browser.newPage()
    await page.goto(url)
    await shoot(page, '1-picker')
    expect(await page.title()).toMatch(/pick|account|sign in/i)
    await page.getByRole('button', { name: /Alex/ }).click()

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

    await page.getByRole('link', { name: 'Back' }).click()
    await page.getByRole('link', { name: 'Sign out' }).click()
    await page.waitForURL(/\/authorize/)
    await shoot(page, '5-signed-out')
    expect((await page.context().cookies(url)).filter(({ name }) => name === 'identity')).toEqual(
      [],
    )
  })

  test('a person who declines the consent sees a calm page and finds a way on', async () => {
    const page = await browser.newPage()
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
